# SPDX-License-Identifier: Apache-2.0
"""The scripts that `utvei batch script slurm` writes, run by a SLURM of one machine: results are those of `utvei run`.

usage: slurm.py CASE UTVEI UTVEI-MPI SOURCE        exit code 77: something that the case needs is missing
"""
import math
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from folder import BatchFolder, skip
from slurm_cluster import Cluster, enter_namespaces

JOBS, RANKS = 3, 2
LONG = {"persons": 60000, "draws": 10, "people_per_unit": 20000}  # some seconds
SLOW = {"persons": 150000, "people_per_unit": 50000}
AT_WORK = 100  # seconds, longer than until SLURM sends its signal
MPIRUN = "mpirun --bind-to none"
OPEN_MPI = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
            "OMPI_MCA_btl": "vader,tcp,self"}


class Scripts:
    """Of one batch folder, as its user writes and submits them."""

    def __init__(self, cluster, folder, mpi_program):
        self.cluster, self.folder = cluster, folder
        self.environment = {**os.environ, **OPEN_MPI, "UTVEI": folder.program, "UTVEI_MPI": mpi_program}

    def submit(self, out, *words, script="ways.submit.sh", launch="", options=()):
        """The numbers of the jobs. `options`: of sbatch."""
        files = f"slurm {out}"
        self.folder.command("batch", "script", "slurm", "ways.yaml", "--out", out, "-o", files, "--threads", "1", *words)
        environment = {**self.environment, **({"UTVEI_LAUNCH": launch} if launch else {})}
        done = subprocess.run(["sh", f"{files}/{script}", *options], cwd=self.folder.path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        print(f"{out}: {done.stdout.strip()}")
        return re.findall(r"job (\d+)", done.stdout)

    def end(self, out, jobs, seconds=120):
        logs = self.cluster.wait_for(jobs, self.folder.path, seconds)
        self.folder.expect_same(out)
        assert not self.folder.left_over(f"{out}/units"), self.folder.left_over(f"{out}/units")
        print(f"{out}: the same as `utvei run`")
        return logs


def limit(time_limit):
    return ("--time", time_limit)


def array(program, mpi_program, source):
    """Jobs with a share each, and one after them that makes the results."""
    with Cluster() as cluster, BatchFolder(program, source) as folder:
        folder.run_each()
        scripts = Scripts(cluster, folder, mpi_program)
        jobs = scripts.submit("array", "--jobs", str(JOBS), *limit("00:10:00"), options=["--comment=two words"])
        assert len(jobs) == 2, jobs
        assert all("Comment=two words" in cluster.say("scontrol", "show", "job", job) for job in jobs)
        scripts.end("array", jobs)
        assert len(cluster.states(jobs[0])) == JOBS


def ranks(program, mpi_program, source):
    """By srun, the ranks making the results; by mpirun, more ranks than results, with a job for these."""
    with_mpi(mpi_program)
    with Cluster() as cluster, BatchFolder(program, source) as folder:
        folder.run_each()
        scripts = Scripts(cluster, folder, mpi_program)
        by_srun = scripts.submit("srun", "--ranks", str(RANKS), "--ranks-per-node", str(RANKS), *limit("00:10:00"), script="ways.mpi.submit.sh")
        assert len(by_srun) == 1, by_srun
        logs = scripts.end("srun", by_srun)
        assert logs.count("ways: 48 units: 48 simulated") == 1, f"one rank reports, as one of {RANKS}\n{logs}"
        folder.write("ways.yaml", (folder.path / "ways.yaml").read_text() + "exclude: [{ratio: '2'}, {ratio: '1.5'}]\n")
        folder.ratios = folder.ratios[:1]
        by_mpirun = scripts.submit("mpirun", "--ranks", "3", *limit("00:10:00"), script="ways.mpi.submit.sh", launch=MPIRUN)
        assert len(by_mpirun) == 2, by_mpirun
        scripts.end("mpirun", by_mpirun)


def requeued(program, mpi_program, source):
    """What SLURM sends before the time limit, sent by hand: jobs go back into the queue, and are through at last."""
    with Cluster() as cluster, BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        scripts = Scripts(cluster, folder, mpi_program)
        for out, words, script in (("array", ("--jobs", "1"), "ways.submit.sh"), ("srun", ("--ranks", "2"), "ways.mpi.submit.sh")):
            if out == "srun" and not os.path.exists(mpi_program):
                continue
            jobs = scripts.submit(out, *words, *limit("00:10:00"), script=script)
            cluster.wait(lambda: len(folder.units(f"{out}/units")) > 1, "no units come")
            subprocess.run(["scancel", "--batch", "--signal=USR1", jobs[0]], check=True)
            cluster.wait(lambda: cluster.restarts(jobs[0]) == 1, "the job does not go back into the queue")
            there = len(folder.units(f"{out}/units"))
            logs = scripts.end(out, jobs)
            assert "were there" in logs and "goes on" in logs, logs
            print(f"{out}: back in the queue with {there} units")


def draws_for(program, source, seconds):
    """So many that the batch takes one thread this long."""
    tried = 4
    with BatchFolder(program, source, **{**SLOW, "draws": tried}) as folder:
        took = folder.report("run", "--threads", "1", "--shard", "1/1")["seconds"]
    return math.ceil(tried * seconds / took)


def time_limit(program, mpi_program, source):
    """The signal comes by itself, five minutes before a limit of six: SLURM looks at its clock each half minute, and sends it when the job has
    been at work for half a minute to one. The job that is not through goes back, and goes on."""
    with Cluster() as cluster, BatchFolder(program, source, **SLOW, draws=draws_for(program, source, AT_WORK)) as folder:
        folder.run_each()
        scripts = Scripts(cluster, folder, mpi_program)
        begun = time.monotonic()
        jobs = scripts.submit("limited", "--jobs", "1", *limit("00:06:00"))
        logs = scripts.end("limited", jobs, 900)
        print(f"back in the queue {cluster.restarts(jobs[0])} times; {time.monotonic() - begun:.0f} s")
        assert cluster.restarts(jobs[0]) > 0 and "goes on" in logs, logs


def with_mpi(mpi_program):
    if not shutil.which("mpirun") or not os.path.exists(mpi_program):
        skip("no Open MPI")


CASES = {case.__name__: case for case in (array, ranks, requeued, time_limit)}

if __name__ == "__main__":
    enter_namespaces()
    CASES[sys.argv[1]](os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3]), Path(sys.argv[4]))
