# SPDX-License-Identifier: Apache-2.0
"""Batches by the ranks of an MPI job: the same results, whoever dies.

usage: mpi.py CASE UTVEI UTVEI-MPI SOURCE        exit code 77: something that the case needs is missing
"""
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from folder import BatchFolder, differences, skip

LONG = {"persons": 40000, "draws": 30, "people_per_unit": 20000}  # some seconds
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
               "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}
HOSTS = {"utvei-a": "10.213.7.1", "utvei-b": "10.213.7.2"}


def ranks_of(program):
    """The processes that run it now."""
    found = subprocess.run(["pgrep", "-f", f"^{program} batch"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


class Job:
    """A batch by three ranks of one thread each."""

    def __init__(self, folder, program, out, action, file="ways.yaml", launcher=("mpirun",)):
        command = [*launcher, "-np", "3", program, "batch", action, file, "--out", out, "--threads", "1"]
        self.process = subprocess.Popen(command, cwd=folder.path, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, expect=0):
        try:
            out, err = self.process.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        code = self.process.returncode
        assert code == expect if isinstance(expect, int) else code in expect, f"exit code {code}\n{out}{err}"
        return out, err


def wait_for_units(folder, out, number):
    until = time.monotonic() + 120
    while len(folder.units(f"{out}/units")) < number:
        assert time.monotonic() < until, "no units come"
        time.sleep(0.005)


def same_as_run(program, mpi_program, source):
    with BatchFolder(program, source) as folder:
        folder.run_each()
        out, err = Job(folder, mpi_program, "ranks", "run").end()
        assert err.count("ways: 48 units") + out.count("ways: 48 units") == 1, f"one rank reports\n{out}{err}"
        folder.expect_same("ranks")
        folder.batch("run", out="alone")
        assert [unit.read_bytes() for unit in folder.units("ranks/units")] == [unit.read_bytes() for unit in folder.units("alone/units")]
        out, err = Job(folder, mpi_program, "ranks", "resume").end()
        assert "0 simulated, 48 were there" in out + err, out + err


def errors_once(program, mpi_program, source):
    with BatchFolder(program, source) as folder:
        _, err = Job(folder, mpi_program, "ranks", "run", "nothing.yaml").end(expect=4)
        assert err.count("there is no file") == 1, err
        folder.write("wrong.yaml", (folder.path / "ways.yaml").read_text().replace("hazard_ratio,", "hazard_ration,"))
        _, err = Job(folder, mpi_program, "ranks", "run", "wrong.yaml").end(expect=3)
        assert err.count("did you mean `hazard_ratio`") == folder.batch("run", file="wrong.yaml", expect=3).stderr.count("did you mean `hazard_ratio`"), err
        _, err = Job(folder, mpi_program, "ranks", "plan").end(expect=2)
        assert err.count("not for several processes") == 1, err


def killed(program, mpi_program, source):
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        for attempt in range(3):
            job = Job(folder, mpi_program, "ranks", "run" if attempt == 0 else "resume")
            there = len(folder.units("ranks/units"))
            wait_for_units(folder, "ranks", there + 3)
            os.kill(random.choice(ranks_of(mpi_program)), signal.SIGKILL)
            _, err = job.end(expect=range(1, 256))
            assert "signal 9" in err, err
        Job(folder, mpi_program, "ranks", "resume").end()
        folder.expect_same("ranks")


def stopped(program, mpi_program, source):
    """What a cluster sends before the time is over, to each rank."""
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        job = Job(folder, mpi_program, "ranks", "run")
        wait_for_units(folder, "ranks", 3)
        for pid in ranks_of(mpi_program):
            os.kill(pid, signal.SIGUSR1)
        _, err = job.end(expect=6)
        assert err.count("nothing was left half-written") == 1, err
        there = len(folder.units("ranks/units"))
        assert not [path for path in (folder.path / "ranks/units").rglob("*.part")], "somebody stopped in the middle of a file"
        out, err = Job(folder, mpi_program, "ranks", "resume").end()
        assert f"{there} were there" in out + err, f"{there}: {out}{err}"
        folder.expect_same("ranks")


def slurm_script(program, mpi_program, source):
    """The job of ranks as SLURM would start it; `scontrol` is a stand-in that notes what it is asked."""
    with BatchFolder(program, source, persons=20000, draws=10, people_per_unit=5000) as folder:
        folder.run_each()
        folder.command("batch", "script", "slurm", "ways.yaml", "--out", "ranks", "--ranks", "3", "--ranks-per-node", "3", "--time", "01:00:00", "--threads", "1", "-o", "slurm")
        text = (folder.path / "slurm/ways.mpi.sbatch").read_text()
        assert all(f"#SBATCH --{line}\n" in text for line in ("ntasks=3", "ntasks-per-node=3", "cpus-per-task=1", "requeue", "signal=B:USR1@300")), text
        (folder.path / "bin").mkdir()
        (folder.path / "bin/scontrol").write_text(f'#!/bin/sh\necho "scontrol $*" >>"{folder.path}/asked"\n', encoding="utf-8")
        (folder.path / "bin/scontrol").chmod(0o755)
        environment = {**ENVIRONMENT, "PATH": f"{folder.path}/bin:{os.environ['PATH']}", "UTVEI_MPI": mpi_program, "UTVEI_LAUNCH": "mpirun -np 3",
                       "SLURM_JOB_ID": "17"}

        def start():
            return subprocess.Popen([folder.path / "slurm/ways.mpi.sbatch"], cwd=folder.path, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

        job = start()
        wait_for_units(folder, "ranks", 3)
        job.send_signal(signal.SIGUSR1)
        text, _ = job.communicate()
        assert job.returncode == 0 and (folder.path / "asked").read_text() == "scontrol requeue 17\n", text
        job = start()
        text, _ = job.communicate()
        assert job.returncode == 0 and "were there" in text, text
        folder.expect_same("ranks")


NATIONAL = """utvei: scenario/1
extends: baseline.yaml
name: national
measures:
  - name: help
    who: {state: no_known_status}
    found_after: {median: 2 months}
    lasts: {median: 5 months}
    places: {total: 300}
    queue: {gives_up_after: {median: 9 months}}
    allocate: {every: 1 month}
    effects: [{transition: "no_known_status -> work", hazard_ratio: 1.6, assumed: true}]
"""
NATIONAL_BATCH = """utvei: batch/1
name: ways
scenarios: [national.yaml]
names: "{scenario}"
set: {population.persons: 60000}
draws: 8
people_per_unit: 10000
"""


def people_over_ranks(program, mpi_program, source):
    """People of one country who wait for the same places, divided among the ranks; one is killed, then all are to stop."""
    with BatchFolder(program, source) as folder:
        folder.write("national.yaml", NATIONAL)
        folder.write("ways.yaml", NATIONAL_BATCH)
        folder.command("run", "national.yaml", "--set", "population.persons=60000", "--set", "draws=8", "--out", "direct", "--quiet")
        folder.batch("run", out="alone")
        assert len(folder.units("alone/units")) == 8, "all people of a draw are one unit"
        job = Job(folder, mpi_program, "ranks", "run")
        wait_for_units(folder, "ranks", 1)
        os.kill(random.choice(ranks_of(mpi_program)), signal.SIGKILL)
        _, err = job.end(expect=range(1, 256))
        assert "signal 9" in err, err
        job = Job(folder, mpi_program, "ranks", "resume")
        there = len(folder.units("ranks/units"))
        wait_for_units(folder, "ranks", there + 1)
        for pid in ranks_of(mpi_program)[:1]:
            os.kill(pid, signal.SIGUSR1)
        _, err = job.end(expect=6)
        assert err.count("nothing was left half-written") == 1, err
        there = len(folder.units("ranks/units"))
        assert there < 8, "it was told to stop before the end"
        out, err = Job(folder, mpi_program, "ranks", "resume").end()
        assert f"{8 - there} simulated, {there} were there" in out + err, f"{there}: {out}{err}"
        assert [unit.read_bytes() for unit in folder.units("ranks/units")] == [unit.read_bytes() for unit in folder.units("alone/units")]
        assert not folder.left_over("ranks/units"), folder.left_over("ranks/units")
        found = differences(folder.path / "ranks/national.h5", folder.path / "direct/national.h5")
        assert not found, found[:5]


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


class TwoHosts:
    """Two network namespaces with a cable between them."""

    def __enter__(self):
        if os.geteuid() != 0 or not shutil.which("ip") or run("ip", "netns", "add", "utvei-a").returncode != 0:
            skip("no rights to make network namespaces")
        words = ("ip netns add utvei-b", "ip link add utvei-a type veth peer name utvei-b",
                 *(f"{line}" for name, address in HOSTS.items() for line in (
                     f"ip link set {name} netns {name}", f"ip -n {name} address add {address}/24 dev {name}",
                     f"ip -n {name} link set {name} up", f"ip -n {name} link set lo up")))
        for line in words:
            done = run(*line.split())
            if done.returncode != 0:
                self.__exit__()
                skip(f"{line}: {done.stderr.strip()}")
        return self

    def __exit__(self, *_):
        for name in HOSTS:
            for pid in run("ip", "netns", "pids", name).stdout.split():
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    pass
            run("ip", "netns", "delete", name)


def two_hosts(program, mpi_program, source):
    """Open MPI over a cable, and one of the machines is gone."""
    with TwoHosts(), BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        folder.write("agent.sh", "#!/bin/sh\nhost=$1; shift\ncase $host in\n" + "".join(
            f'{address}) exec ip netns exec {name} setsid sh -c "$*" ;;\n' for name, address in HOSTS.items()) + "esac\nexit 1\n")
        (folder.path / "agent.sh").chmod(0o755)
        mca = {"plm_rsh_agent": str(folder.path / "agent.sh"), "btl": "tcp,self", "oob_tcp_if_include": "10.213.7.0/24", "btl_tcp_if_include": "10.213.7.0/24"}
        launcher = ["ip", "netns", "exec", "utvei-a", "mpirun", "--host", ",".join(f"{address}:2" for address in HOSTS.values()), "--map-by", "node",
                    *(word for name, value in mca.items() for word in ("--mca", name, value))]
        job = Job(folder, mpi_program, "hosts", "run", launcher=launcher)
        wait_for_units(folder, "hosts", 5)
        there = [int(pid) for pid in run("ip", "netns", "pids", "utvei-b").stdout.split()]
        ranks = [pid for pid in there if pid in ranks_of(mpi_program)]
        assert ranks, "the second host has a rank"
        for pid in there:
            os.kill(pid, signal.SIGKILL)
        _, err = job.end(expect=range(1, 256))
        assert "lost communication" in err or "signal 9" in err or "daemon" in err, err
        print("\n".join(line for line in err.splitlines() if line.strip())[:600])
        Job(folder, mpi_program, "hosts", "resume", launcher=launcher).end()
        folder.expect_same("hosts")


if __name__ == "__main__":
    if not shutil.which("mpirun") or not os.path.exists(sys.argv[3]):
        skip("no Open MPI")
    globals()[sys.argv[1]](sys.argv[2], sys.argv[3], Path(sys.argv[4]))
