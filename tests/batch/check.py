# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a batch, its results are those of `utvei run`, and no unit is done twice.

usage: check.py CASE UTVEI SOURCE [TIMES]        exit code 77: something that the case needs is missing
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from folder import BatchFolder, skip
from results import differences

SHARDS = 7
LONG = {"persons": 150000, "draws": 8, "people_per_unit": 100000}  # some seconds


def same_as_run(program, source):
    with BatchFolder(program, source) as folder:
        folder.run_each()
        folder.batch("run", "--threads", "1", out="one")
        folder.expect_same("one")
        folder.batch("run", "--threads", "2", out="two")
        folder.expect_same("two")
        for shard in range(1, SHARDS + 1):
            folder.batch("run", "--shard", f"{shard}/{SHARDS}", out="shards")
        assert not list((folder.path / "shards").glob("*.h5")), "a share makes no result"
        folder.batch("merge", out="shards")
        folder.expect_same("shards")
        names = [[unit.name for unit in folder.units(f"{out}/units")] for out in ("one", "two", "shards")]
        assert names[0] == names[1] == names[2], "units have the same ids"
        assert [unit.read_bytes() for unit in folder.units("one/units")] == [unit.read_bytes() for unit in folder.units("shards/units")]


def every_part_of_a_result(program, source):
    """Queues, scores, events, needs, people who come and move, life courses, replicates, income and money."""
    with BatchFolder(program, source) as folder:
        for kind in ("model", "scenario", "income", "money"):
            (folder.path / "own").mkdir(exist_ok=True)
            folder.command("new", kind, "-o", f"own/{kind}.yaml")
        folder.write("own/paid.yaml", "extends: scenario.yaml\nname: paid\nincome: income.yaml\nmoney: money.yaml\nlife_courses: {sample: 50}\n")
        scenarios = ["outcomes.yaml", "needs.yaml", "generations.yaml", "own/paid.yaml"]
        folder.write("all.yaml", f"utvei: batch/1\nname: all\nscenarios: [{', '.join(scenarios)}]\nnames: '{{scenario}}'\n"
                     "set: {population.persons: 1500, draws: 2, replicates: 2}\npeople_per_unit: 400\n")
        folder.batch("run", file="all.yaml")
        for path in scenarios:
            folder.command("run", path, "--set", "population.persons=1500", "--set", "draws=2", "--set", "replicates=2", "--out", "direct", "--quiet")
            name = Path(path).stem
            found = differences(folder.path / "runs" / f"{name}.h5", folder.path / "direct" / f"{name}.h5")
            assert not found, f"{name}: {found[:5]}"


def together(program, source):
    """What scenarios share with a baseline changes no result and no unit, in one `utvei run` of them and in a batch."""
    with BatchFolder(program, source) as folder:
        for kind in ("model", "scenario", "income", "money"):
            (folder.path / "own").mkdir(exist_ok=True)
            folder.command("new", kind, "-o", f"own/{kind}.yaml")
        folder.write("own/paid.yaml", "extends: scenario.yaml\nname: paid\nincome: income.yaml\nmoney: money.yaml\n")
        folder.write("own/more.yaml", "extends: paid.yaml\nname: more\nchanges: [{transition: work -> sick_leave, hazard_ratio: 0.5, age: {from: 17}}]\n")
        folder.write("longer.yaml", "extends: measures.yaml\nname: longer\nmeasures: {follow_up: {queue: {order: random}}, course: {uptake: 0.9}}\n")
        scenarios = ["baseline.yaml", "small.yaml", "own/paid.yaml", "measures.yaml", "needs.yaml", "outcomes.yaml", "longer.yaml", "own/more.yaml"]
        common = ["--set", "population.persons=2000", "--set", "draws=2", "--set", "replicates=2"]
        text = folder.command("run", *scenarios, *common, "--out", "runs").stderr
        for path in scenarios:
            folder.command("run", path, *common, "--out", "direct", "--quiet")
            name = Path(path).stem
            found = differences(folder.path / "runs" / f"{name}.h5", folder.path / "direct" / f"{name}.h5")
            assert not found, f"{name}: {found[:5]}"
        for said in ("with baseline, 0 % of the lives anew", "with paid, ", "outcomes is not simulated with baseline: it differs in `scores`"):
            assert said in text, f"{said!r} is not in:\n{text}"
        folder.batch("run")
        beside = [row["beside"] for row in folder.report("plan")["scenarios"]]
        assert beside == [None] + ["baseline"] * len(folder.ratios), beside
        folder.write("one.yaml", (folder.path / "ways.yaml").read_text(encoding="utf-8").replace("baseline: baseline.yaml\n", "")
                     .replace(f"[{', '.join(folder.ratios)}]", f"[{folder.ratios[0]}]"))
        folder.batch("run", out="one", file="one.yaml")
        for unit in folder.units("one/units"):
            other = folder.path / "runs/units" / unit.parent.name / unit.name
            assert other.read_bytes() == unit.read_bytes(), f"{unit.name} is another alone"


def killed(program, source, times=3):
    """At random moments of the work, by how much of it is done: by the clock a busy machine has not begun, or is through."""
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        units = folder.report("plan")["units"]
        luck = random.Random(42)
        for goal in sorted(luck.randrange(units * 3 // 4) for _ in range(times)):
            batch = folder.start("run", "--quiet")
            while len(folder.units()) < goal and batch.poll() is None:
                time.sleep(0.01)
            time.sleep(luck.uniform(0, 0.05))
            assert batch.poll() is None, "it ended before it was killed"
            batch.kill()
            batch.wait()
            print(f"killed with {len(folder.units())} of {units} units done")
        before = {unit: unit.stat().st_mtime_ns for unit in folder.units()}
        report = folder.report("resume")
        assert report["found"] == len(before) and report["found"] + report["done"] == report["units"], report
        assert all(unit.stat().st_mtime_ns == when for unit, when in before.items()), "a finished unit was written again"
        folder.expect_same()
        assert not folder.left_over(), folder.left_over()


def stopped(program, source):
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        for number, code in ((signal.SIGTERM, 6), (signal.SIGUSR1, 6), (signal.SIGINT, 130)):
            before = len(folder.units())
            batch = folder.start("run", "--progress", "ndjson")
            while len(folder.units()) == before and batch.poll() is None:
                time.sleep(0.02)
            batch.send_signal(number)
            lines, text = batch.communicate()
            last = json.loads(lines.splitlines()[-1])
            assert last["event"] == "end" and last["stopped"] is True and last["units"] > last["done"], last
            assert batch.returncode == code, (number, batch.returncode, text)
            assert "utvei batch resume" in text, text
            assert not folder.left_over(), folder.left_over()
        assert folder.report("status")["done"] == len(folder.units()) > 0
        folder.batch("resume")
        folder.expect_same()


def damage(unit, how):
    content = bytearray(unit.read_bytes())
    if how == "truncated":
        content = content[: len(content) // 2]
    elif how == "flipped":
        content[len(content) // 2] ^= 4
    else:
        content = bytearray()
    unit.write_bytes(content)


def damaged(program, source):
    with BatchFolder(program, source) as folder:
        folder.run_each()
        folder.batch("run")
        units = folder.units()
        whole = [unit.read_bytes() for unit in units]
        hurt = dict(zip((units[0], units[3], units[-1]), ("truncated", "flipped", "empty")))
        for unit, how in hurt.items():
            damage(unit, how)
        status = folder.report("status")
        assert status["damaged"] == len(hurt) and status["done"] == len(units) - len(hurt), status
        assert "no result" in folder.batch("merge", expect=5).stderr
        report = folder.report("resume")
        assert report["done"] == len(hurt) and report["found"] == len(units) - len(hurt), report
        assert [unit.read_bytes() for unit in units] == whole
        folder.expect_same()


def failing(program, source):
    """A unit whose name is taken by a folder cannot be written: the others are done."""
    with BatchFolder(program, source) as folder:
        folder.run_each()
        folder.batch("run", out="whole")
        taken = folder.units("whole/units")[2].relative_to(folder.path / "whole")
        (folder.path / "runs" / taken).mkdir(parents=True)
        report = folder.report("run", expect=5)
        assert report["failed"] == 1 and report["done"] == report["units"] - 1, report
        assert [each["missing"] for each in report["scenarios"]].count(0) == len(report["scenarios"]) - 1, report
        status = folder.report("status")
        assert status["failed"] == 1 and "directory" in status["failures"][0]["why"], status
        assert status["failures"][0]["unit"] == taken.stem
        assert "failed: " in folder.batch("status").stdout
        (folder.path / "runs" / taken).rmdir()
        report = folder.report("resume")
        assert report["done"] == 1 and report["failed"] == 0, report
        assert folder.report("status")["failed"] == 0
        folder.expect_same()


def changed_file(program, source):
    """Somebody changes a scenario while the batch runs: its units are refused, the others are done."""
    ratios = [f"1.{number}" for number in range(9)]
    with BatchFolder(program, source, persons=40000, draws=4, ratios=ratios, people_per_unit=100000) as folder:
        folder.write("last.yaml", "extends: small.yaml\nname: last\nlife_courses: none\nseed: 7\n")
        folder.write("ways.yaml", (folder.path / "ways.yaml").read_text().replace("base: small.yaml", "base: small.yaml\noverrides: [{when: {ratio: 1.8}, set: {model: other.yaml}}]"))
        model = (folder.path / "model.yaml").read_text()
        folder.write("other.yaml", model)
        batch = folder.start("run", "--progress", "ndjson", "--threads", "1")
        for line in batch.stdout:
            if '"done":0' not in line:
                break
        folder.write("other.yaml", model + "\n# another one\n")
        rest, text = batch.communicate()
        assert batch.returncode == 5, (batch.returncode, rest, text)
        assert "has changed since the batch began" in rest, rest
        report = folder.report("resume")
        assert report["failed"] == 0 and report["done"] == folder.draws, report


def two_processes(program, source):
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        pair = [folder.start("run", "--format", "json") for _ in range(2)]
        outputs = [each.communicate() for each in pair]
        assert [each.returncode for each in pair] == [0, 0], outputs
        done = [int(text.split('"done": ')[1].split(",")[0]) for text, _ in outputs]
        assert sum(done) == len(folder.units()) and min(done) > 0, done
        print(f"units done by each: {done}")
        folder.expect_same()
        assert not folder.left_over(), folder.left_over()


def shared_store(program, source):
    """A second batch with more draws finds the units of the first, whatever its scenarios are called."""
    with BatchFolder(program, source, draws=6) as folder:
        folder.run_each()
        first = folder.report("run", "--set", "draws=4", "--store", "units", out="first")
        report = folder.report("run", "--store", "units")
        assert report["found"] == first["done"] and report["done"] == first["done"] // 2, report
        folder.expect_same()
        folder.write("renamed.yaml", (folder.path / "ways.yaml").read_text() + "names: 'other{ratio}'\n")
        report = folder.report("run", "--store", "units", out="renamed", file="renamed.yaml")
        assert report["done"] == 0, report
        assert not differences(folder.path / "renamed" / "baseline.h5", folder.path / "direct" / "baseline.h5")


def full_disk(program, source):
    with BatchFolder(program, source) as folder:
        folder.run_each()
        small = folder.path / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small], capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            skip(f"cannot mount a small disk (needs root): {mounted.stderr.strip()}")
        try:
            report = folder.report("run", "--store", "small", expect=5)
            assert report["failed"] > 0 and "No space left on device" in report["failures"][0]["why"], report
            status = folder.report("status", "--store", "small")
            assert status["failed"] == report["failed"] and all("full disk" in each["why"] or "No space left" in each["why"] for each in status["failures"]), status
            before = len(folder.units("small"))
            subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
            report = folder.report("resume", "--store", "small")
            assert report["found"] == before and report["failed"] == 0, report
            folder.expect_same()
            assert not folder.left_over("small"), folder.left_over("small")
        finally:
            subprocess.run(["umount", small], check=True)


def slurm_script(program, source):
    """The jobs as SLURM would start them; `scontrol` and `sbatch` are stand-ins that note what they are asked."""
    jobs = 3
    with BatchFolder(program, source, **LONG) as folder:
        folder.run_each()
        folder.command("batch", "script", "slurm", "ways.yaml", "--out", "runs", "--jobs", str(jobs), "--time", "01:00:00", "--threads", "2", "-o", "slurm files")
        stand_ins = folder.path / "bin"
        stand_ins.mkdir()
        for name in ("scontrol", "sbatch"):
            (stand_ins / name).write_text(f'#!/bin/sh\necho "{name} $*" >>"{folder.path}/asked"\necho "17;cluster"\n', encoding="utf-8")
            (stand_ins / name).chmod(0o755)
        environment = {**os.environ, "PATH": f"{stand_ins}:{os.environ['PATH']}", "UTVEI": program, "SLURM_ARRAY_JOB_ID": "17",
                       "SLURM_CPUS_PER_TASK": "2"}

        def start(file, task, *words):
            return subprocess.Popen([folder.path / "slurm files" / file, *words], cwd=folder.path, env={**environment, "SLURM_ARRAY_TASK_ID": str(task)},
                                    text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

        job = start("ways.array.sbatch", 1)
        while not folder.units() and job.poll() is None:
            time.sleep(0.02)
        job.send_signal(signal.SIGUSR1)
        text, _ = job.communicate()
        assert job.returncode == 0 and (folder.path / "asked").read_text() == "scontrol requeue 17_1\n", text
        for task in range(1, jobs + 1):
            job = start("ways.array.sbatch", task)
            text, _ = job.communicate()
            assert job.returncode == 0, text
        merge = start("ways.merge.sbatch", 1)
        text, _ = merge.communicate()
        assert merge.returncode == 0, text
        folder.expect_same()
        submit = start("ways.submit.sh", 1, "--account=planning")
        text, _ = submit.communicate()
        assert submit.returncode == 0 and "units: job 17" in text, text
        asked = (folder.path / "asked").read_text()
        for job in ("slurm files/ways.array.sbatch", "--dependency=afterany:17 slurm files/ways.merge.sbatch"):
            assert f"sbatch --parsable --account=planning {job}\n" in asked, asked


def peak_of(pid):
    """Of a process that runs; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def memory(program, source):
    """What `plan` says of a process's memory is enough for what it then takes, and not much more: asked of a cluster, too little ends the job."""
    with BatchFolder(program, source, persons=200000, draws=3, people_per_unit=40000) as folder:
        for threads in ("1", "2"):
            said = folder.report("plan", "--threads", threads, out=f"of {threads}")["estimate"]["process_bytes"]
            job = folder.start("run", "--threads", threads, "--shard", "1/1", "--quiet", out=f"of {threads}")
            taken = 0
            while job.poll() is None:
                taken = max(taken, peak_of(job.pid))
                time.sleep(0.002)
            assert job.returncode == 0, job.returncode
            print(f"{threads} threads: said {said / 1e6:.0f} MB, took {taken / 1e6:.0f} MB")
            assert 0.8 < said / taken < 1.5, (said, taken)


def of_a_register(program, source):
    """What is hidden in one scenario is hidden in all, as `run` of them all does; life courses want --inside."""
    with BatchFolder(program, source) as folder:
        shutil.copytree(source / "scenarios" / "demo", folder.path / "demo")
        folder.command("estimate", "demo/study.yaml", "--set", "data_class=register", "-o", "demo/rates.h5", "--inside", "--quiet")
        folder.write("demo.yaml", "utvei: batch/1\nname: demo\nscenarios: [demo/baseline.yaml, demo/granheim.yaml]\nnames: '{scenario}'\npeople_per_unit: 1000\n")
        folder.batch("run", file="demo.yaml")
        folder.command("run", "demo/baseline.yaml", "demo/granheim.yaml", "--out", "direct", "--quiet")
        for name in ("baseline", "granheim"):
            found = differences(folder.path / "runs" / f"{name}.h5", folder.path / "direct" / f"{name}.h5")
            assert not found, f"{name}: {found[:5]}"
        written = [*folder.units(), folder.path / "runs" / "baseline.h5"]
        assert all(path.stat().st_mode & 0o077 == 0 for path in written), "readable by their owner alone"
        assert "made from a register" in folder.batch("run", "--set", "set.life_courses=all", file="demo.yaml", expect=2).stderr


CASES = {case.__name__: case for case in (same_as_run, every_part_of_a_result, together, killed, stopped, damaged, failing, changed_file, two_processes,
                                          shared_store, full_disk, slurm_script, memory, of_a_register)}

if __name__ == "__main__":
    CASES[sys.argv[1]](os.path.abspath(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
