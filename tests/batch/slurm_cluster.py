# SPDX-License-Identifier: Apache-2.0
"""A SLURM of one machine, of the test's own: munged, slurmctld and slurmd in namespaces that end with it."""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from folder import skip

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "scontrol", "squeue", "scancel", "sinfo")
IN_NAMESPACE = "UTVEI_IN_NAMESPACE"
NAME = "localhost"  # known to every resolver
CONFIG = """ClusterName=test
SlurmctldHost={name}(127.0.0.1)
SlurmUser=root
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
AuthType=auth/munge
AuthInfo=socket={path}/socket/munge,cred_expire=5
StateSaveLocation={path}/state
SlurmdSpoolDir={path}/spool
SlurmctldPidFile={path}/slurmctld.pid
SlurmdPidFile={path}/slurmd.pid
SlurmctldLogFile={path}/slurmctld.log
SlurmdLogFile={path}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=10000,batch_sched_delay=0,bf_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=5
OverTimeLimit=0
NodeName={name} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=main Nodes={name} Default=YES MaxTime=INFINITE State=UP
"""


def enter_namespaces():
    """Whatever happens to the test, its daemons and jobs end with it; hosts have no name that resolvers do not know."""
    lacking = [program for program in PROGRAMS if not shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin")]
    if lacking:
        skip(f"no {', '.join(lacking)} (slurm-wlm, munge)")
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    namespaces = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--uts"]
    if IN_NAMESPACE in os.environ:
        socket.sethostname(NAME)
        return
    tried = subprocess.run([*namespaces, "true"], capture_output=True, text=True, check=False)
    if os.geteuid() != 0 or tried.returncode != 0:
        skip(f"no rights to start daemons in namespaces of its own (needs root) {tried.stderr.strip()}")
    os.environ[IN_NAMESPACE] = "yes"
    os.execvp(namespaces[0], [*namespaces, sys.executable, "-B", *sys.argv])


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Cluster:
    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.path = Path(self.temporary.name)
        self.path.chmod(0o755)  # munge and slurmd want folders that everybody may enter
        for name, mode in (("state", 0o755), ("spool", 0o755), ("key", 0o700), ("socket", 0o755)):
            (self.path / name).mkdir()
            (self.path / name).chmod(mode)
        (self.path / "key/key").write_bytes(os.urandom(1024))
        (self.path / "key/key").chmod(0o400)
        (self.path / "slurm.conf").write_text(CONFIG.format(name=NAME, path=self.path, ports=free_ports(2)), encoding="utf-8")
        os.environ["SLURM_CONF"] = str(self.path / "slurm.conf")
        self.daemons = []
        self.start("munged", "--foreground", f"--key-file={self.path}/key/key", f"--socket={self.path}/socket/munge",
                   f"--pid-file={self.path}/socket/pid", f"--seed-file={self.path}/key/seed", f"--log-file={self.path}/key/log")
        self.wait(lambda: (self.path / "socket/munge").exists(), "munged does not start")
        self.start("slurmctld", "-D")
        self.start("slurmd", "-D")
        self.wait(lambda: "idle" in self.say("sinfo", "--noheader", "--format=%T"), "the node does not come up")
        return self

    def __exit__(self, *_):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            daemon.wait()
        self.temporary.cleanup()

    def start(self, *words):
        with open(self.path / f"{words[0]}.out", "wb") as out:
            self.daemons.append(subprocess.Popen(words, stdout=out, stderr=out))

    def wait(self, is_so, complaint, seconds=30):
        until = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > until or any(daemon.poll() is not None for daemon in self.daemons):
                logs = "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-1500:]}" for log in sorted(self.path.glob("*.out")))
                raise AssertionError(f"{complaint}\n{logs}")
            time.sleep(0.05)

    @staticmethod
    def say(*words):
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout

    def states(self, job):
        """Of each task of an array; of others one."""
        return re.findall(r"JobState=(\w+)", self.say("scontrol", "show", "job", job))

    def restarts(self, job):
        return sum(map(int, re.findall(r"Restarts=(\d+)", self.say("scontrol", "show", "job", job))))

    def wait_for(self, jobs, folder, seconds=120):
        """Until all have ended; that they ended well."""
        running = {"PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "REQUEUED"}
        self.wait(lambda: not running & {state for job in jobs for state in self.states(job)}, f"jobs {jobs} do not end", seconds)
        logs = "\n".join(f"{log.name}:\n{log.read_text()}" for log in sorted(folder.glob("*.log")))
        states = {job: self.states(job) for job in jobs}
        assert all(state == "COMPLETED" for each in states.values() for state in each) and all(states.values()), f"{states}\n{logs}"
        return logs
