#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a batch costs beside the simulation, measured here and carried on to 1,000 nodes and a million units: docs/scaling.md.

usage: scaling.py BUILD_FOLDER [store|metadata|plan|merge|fetch|queue|dates|locks …]        all of them without a name
"""
import contextlib
import heapq
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
build = pathlib.Path(sys.argv[1]).resolve()
program = build / "utvei"
million = 1_000_000
memory_disk = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
MPI = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
       "OMPI_MCA_btl_vader_single_copy_mechanism": "none", "OMPI_MCA_mpi_yield_when_idle": "1"}
measured = {}


def say(title, text):
    print(f"{title:<58} {text}", flush=True)


def run(*words, env=None, expect=(0,)):
    """Output, wall seconds and peak bytes of a process."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([str(word) for word in words], stdout=out, stderr=subprocess.STDOUT, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        out.seek(0)
        text = out.read().decode(errors="replace")
    if os.waitstatus_to_exitcode(status) not in expect:
        sys.exit(f"failed: {' '.join(map(str, words))}\n{text}")
    return text, wall, usage.ru_maxrss * 1024


@contextlib.contextmanager
def batch(draws=1, scenarios=1, persons=10, disk=memory_disk):
    """A file with units as small as they get: what is left is what a batch costs."""
    with tempfile.TemporaryDirectory(dir=disk) as folder:
        shutil.copytree(here.parent / "scenarios" / "example", folder, dirs_exist_ok=True)
        path = pathlib.Path(folder) / "tiny.yaml"
        ratios = ", ".join(str(1 + number / 10**6) for number in range(scenarios))
        path.write_text("utvei: batch/1\nname: tiny\nbase: way.yaml\naxes:\n"
                        f"  - {{name: ratio, key: changes.way.hazard_ratio, values: [{ratios}]}}\n"
                        f"set: {{population.persons: {persons}}}\ndraws: {draws}\n", encoding="utf-8")
        (path.parent / "way.yaml").write_text("extends: baseline.yaml\nname: way\nyears: 1\nchanges:\n"
                                              "  - {name: way, transition: no_known_status -> work, hazard_ratio: 1}\n", encoding="utf-8")
        yield [path, "--out", path.parent / "runs", "--threads", "1"]


def store():
    """Claim, write and read units of 4 kB: on disk, and in memory, where no disk is waited for."""
    for name, disk, units in (("on disk", None, 2000), ("in memory", memory_disk, 100000)):
        with tempfile.TemporaryDirectory(dir=disk) as folder:
            text, _, _ = run(build / "bench" / "store", pathlib.Path(folder) / "units", units, 4000)
        rows = {row.split()[0]: [float(value) for value in row.split()[1:]] for row in text.splitlines()}
        for what in ("look", "claim", "save", "load"):
            first, last = rows[what]
            say(f"{what} a unit {name}, first and last 1,000 of {units:,}", f"{first:8.1f} {last:8.1f} us   ratio {last / first:.2f}")
        measured[name] = {what: rows[what][1] for what in ("look", "claim", "save", "load")}
        measured["hash"] = rows["hash"][0]
    say("flushing to disk, of what a unit on disk takes", f"{1 - sum(measured['in memory'].values()) / sum(measured['on disk'].values()):8.0%}")
    say("SHA-256", f"{measured['hash']:8.0f} MB/s")


CALLS = ("openat", "flock", "mkdir", "fsync", "rename", "unlink", "newfstatat", "fstat")


def calls_of(words):
    text, _, _ = run("strace", "-f", "-c", "-e", "trace=" + ",".join(CALLS), "-o", "/dev/stdout", *words)
    found = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", text, re.MULTILINE)
    return {call: int(number) for number, call in found}


def metadata():
    """System calls a unit: what a file system of many machines has to answer."""
    if not shutil.which("strace"):
        return say("system calls a unit", "not counted: no strace (apt-get install strace)")
    few, more = 100, 400
    counts = {}
    for draws in (few, more):
        with batch(draws) as words:
            counts[draws] = [calls_of([program, "batch", action, *words, "--shard", "1/1", "--quiet"]) for action in ("run", "resume")]
            files = len(list(words[0].parent.glob("runs/units/*/*")))
    for number, action in enumerate(("simulated", "found")):
        per_unit = {call: (counts[more][number].get(call, 0) - counts[few][number].get(call, 0)) / (more - few) for call in CALLS}
        say(f"system calls a unit that is {action}", ", ".join(f"{call} {value:.1f}" for call, value in per_unit.items() if value > 0.05))
    say("files that stay, a unit", f"{files / more:8.1f}")
    say("files a folder of the store with a million units", f"{million / 256:8.0f}")


def plan():
    """To read, compile and name all; what each process of a batch does first."""
    seconds, size = {}, {}
    for draws in (1000, 20000, 200000):
        with batch(draws) as words:
            _, seconds[draws], size[draws] = run(program, "batch", "status", *words, "--format", "json")
        say(f"status of {draws:,} units of one scenario", f"{seconds[draws]:8.2f} s   {size[draws] / 2**20:.0f} MB")
    unit, unit_bytes = ((of[200000] - of[1000]) / 199000 for of in (seconds, size))
    measured["plan_unit"] = unit
    say("a unit more", f"{unit * million:8.1f} us   {unit_bytes:.0f} bytes")
    say("status of a million units, by that", f"{seconds[1000] + unit * million:8.0f} s   {unit_bytes * million / 2**30:.1f} GB a process")
    for scenarios in (10, 210):
        with batch(1, scenarios) as words:
            _, seconds[scenarios], _ = run(program, "batch", "status", *words, "--format", "json")
    scenario = (seconds[210] - seconds[10]) / 200
    say("a scenario more (of the example; more with more rates)", f"{1000 * scenario:8.1f} ms")
    say("status of 10,000 scenarios, by that", f"{10000 * scenario:8.0f} s")


def merge():
    seconds, size = {}, {}
    for draws in (500, 4000):
        with batch(draws) as words:
            run(program, "batch", "run", *words, "--shard", "1/1", "--quiet")
            held = sum(unit.stat().st_size for unit in words[0].parent.glob("runs/units/*/*.unit")) / draws
            _, seconds[draws], size[draws] = run(program, "batch", "merge", *words, "--quiet")
        say(f"results of {draws:,} units", f"{seconds[draws]:8.2f} s   {size[draws] / 2**20:.0f} MB   {held:,.0f} bytes a unit")
    unit, unit_bytes = ((of[4000] - of[500]) / 3500 for of in (seconds, size))
    say("a unit more", f"{1000 * unit:8.2f} ms   {unit_bytes / 1000:.1f} kB")
    say("a million units of 1,000 scenarios, one process / 100 ranks", f"{unit * million:8.0f} s {unit * million / 100:8.0f} s")


def fetch():
    """Numbers drawn from the first rank as fast as the others can ask."""
    if not shutil.which("mpirun") or not (build / "bench" / "fetch").exists():
        measured["service"] = 500e-6
        return say("the next number by MPI", "not measured: no Open MPI")
    for ranks in (2, 3, 4):
        text, _, _ = run("mpirun", "-np", ranks, build / "bench" / "fetch", 2000, env=MPI)
        _, _, latency, rate = text.split()
        say(f"{ranks} ranks on {os.cpu_count()} cores: a request, numbers a second", f"{float(latency):8.0f} us {float(rate):8.0f} /s")
        measured["service"] = min(measured.get("service", 1), 1 / float(rate))
    say("the first rank's time for one, at most", f"{million * measured['service']:8.0f} us")


def waiting(ranks, unit_seconds, service, requests=60000):
    """Share of the ranks' time that is work, when each works for a while and asks one server that answers in turn."""
    luck = random.Random(8)
    arrivals = [(luck.uniform(0, unit_seconds), rank) for rank in range(ranks)]
    heapq.heapify(arrivals)
    free, work, last = 0.0, 0.0, 0.0
    for _ in range(requests):
        now, rank = heapq.heappop(arrivals)
        free = max(free, now) + service
        length = luck.uniform(0.5, 1.5) * unit_seconds
        work += length
        last = free + length
        heapq.heappush(arrivals, (last, rank))
    return min(1.0, work / (ranks * last))


def queue():
    """1,000 ranks by simulation, with the time for a request that was measured."""
    if "service" not in measured:
        fetch()
    service = measured["service"]
    for ranks in (100, 1000, 10000):
        shares = [f"{seconds:g} s {waiting(ranks, seconds, service, 60 * ranks):.0%}" for seconds in (0.1, 1, 10, 60)]
        say(f"{ranks:,} ranks: share of time at work by length of a unit", "   ".join(shares))
        say("  all of them busy from units of", f"{ranks * service:8.2f} s on")


NO_LOCKS = "#include <errno.h>\nint flock(int f, int o) { (void)f; (void)o; errno = ENOLCK; return -1; }\n"


def locks():
    """Two processes on one batch, with locks and on a file system that has none (flock() fails)."""
    if not shutil.which("cc"):
        return say("two processes without locks", "not measured: no C compiler")
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "none.c").write_text(NO_LOCKS, encoding="utf-8")
        run("cc", "-shared", "-fPIC", "-o", f"{folder}/none.so", f"{folder}/none.c")
        for name, preload in (("with locks", {}), ("without locks", {"LD_PRELOAD": f"{folder}/none.so"})):
            with batch(400, persons=2000, disk=memory_disk) as words:
                command = [program, "batch", "run", *words, "--shard", "1/1", "--format", "json"]
                pair = [subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, env={**os.environ, **preload}) for _ in range(2)]
                reports = [json.loads(each.communicate()[0]) for each in pair]
                status, _, _ = run(program, "batch", "status", *words, "--format", "json", expect=(0, 5))
            done = sum(report["done"] for report in reports)
            say(f"two processes, 400 units, {name}", f"done {done}, failed {sum(report['failed'] for report in reports)}, there at last {json.loads(status)['done']}")


NATIONAL = """extends: baseline.yaml
name: national
measures:
  - name: help
    who: {state: no_known_status}
    found_after: {median: 2 months}
    lasts: {median: 5 months}
    places: {total: 3000}
    queue: {gives_up_after: {median: 9 months}}
    allocate: {every: 1 month}
    effects: [{transition: "no_known_status -> work", hazard_ratio: 1.6, assumed: true}]
"""
WORD = 1e-4  # seconds in which 1,000 machines hear what all say, of a good network


def dates():
    """A million people who wait for places of the whole country, followed by several members: the CPU time of the one that takes most."""
    with batch(persons=million) as words:
        (words[0].parent / "national.yaml").write_text(NATIONAL + f"population: {{persons: {million}}}\n", encoding="utf-8")
        seconds = {}
        for members in (1, 2, 4, 8, 16):
            text, _, _ = run(build / "bench" / "dates", words[0].parent / "national.yaml", members)
            seconds[members], times, said = map(float, text.split())
            say(f"{members} members, each at most", f"{seconds[members]:.2f} s   {times:.0f} words, {said / 1e6:.1f} MB")
    # seconds = alone + shared / members, by the first and the last
    shared = (seconds[1] - seconds[16]) / (1 - 1 / 16)
    alone = seconds[1] - shared
    say("what each does for all, of the time of one", f"{alone / seconds[1]:.0%}")
    for members in (10, 100, 1000):
        took = alone + shared / members + times * WORD
        say(f"{members:,} members, by that, {WORD * 1e6:.0f} us a word", f"{took:.2f} s   {seconds[1] / took:.1f} times as fast as one")


ALL = {case.__name__: case for case in (store, metadata, plan, merge, fetch, queue, dates, locks)}
for chosen in sys.argv[2:] or ALL:
    print(f"-- {chosen}")
    ALL[chosen]()
