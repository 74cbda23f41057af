#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times the program against hand-written loops: whole processes, in turn, in one run. See README.md.

usage: run.py BUILD_FOLDER [RUNS]
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
build = pathlib.Path(sys.argv[1]).resolve()
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
work = build / "bench-work"
million = 1_000_000


def measure(command):
    """CPU seconds, wall seconds and peak bytes of one process."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024


def together(command_of, folder):
    """Two processes side by side, as one measurement: what two cores of this machine do when they share nothing."""
    start = time.monotonic()
    both = [subprocess.Popen([str(part) for part in command_of(work / folder / name)], stdout=subprocess.DEVNULL)
            for name in ("a", "b")]
    if any([process.wait() for process in both]):
        sys.exit("failed: two processes side by side")
    return time.monotonic() - start


def in_turn(first, second):
    """Pairs of measurements A B A B …, after one that is not counted."""
    measure(first)
    measure(second)
    return [(measure(first), measure(second)) for _ in range(runs)]


def spread(values, form="{:.2f}"):
    return " ".join(form.format(f(values)) for f in (min, statistics.median, max))


def compare(title, pairs, which, aim):
    ratios = [a[which] / b[which] for a, b in pairs]
    print(f"{title:<58} {spread([a[which] for a, _ in pairs], '{:.3f}'):>20} s"
          f" {spread([b[which] for _, b in pairs], '{:.3f}'):>20} s   ratio {spread(ratios):>16}   aim {aim}")


def utvei(scenario, threads, *sets, out=work / "runs"):
    command = [build / "utvei", "run", scenario, "--out", out, "--threads", threads, "--quiet"]
    for item in sets:
        command += ["--set", item]
    return command


subprocess.run([sys.executable, here / "w2" / "make_rates.py", work / "w2"], check=True)
w1, w2 = here / "w1" / "w1.yaml", work / "w2" / "w2.yaml"
loops = build / "bench" / "loops"
cpu, wall, memory = 0, 1, 2

print(f"{runs} runs each, in turn; minimum, median, maximum; {million:,} people; whole processes")
compare("W1, one thread / xoshiro loop (CPU)", in_turn(utvei(w1, 1), [loops, "w1-xoshiro", million]), cpu, "4.0 or less")
compare("W2, one thread / Philox loop (CPU)", in_turn(utvei(w2, 1), [loops, "w2-philox", million]), cpu, "2.0 or less")
five = "population.persons=5000000"
compare("W1, one thread / two threads, 5 million (wall)", in_turn(utvei(w1, 1, five), utvei(w1, 2, five)), wall,
        "1.8 or more")
compare("W2, one thread / two threads (wall)", in_turn(utvei(w2, 1), utvei(w2, 2)), wall, "1.8 or more")
half = "population.persons=2500000"
alone = [(measure(utvei(w1, 1, half))[wall], together(lambda out: utvei(w1, 1, half, out=out), "pairs"))
         for _ in range(runs)]
print(f"{'what this machine gives two processes of 2.5 million side by side':<102}"
      f"   times  {spread([2 * one / two for one, two in alone]):>16}")

# A million who wait for 1,000 places, beside the same without a limit and without the measure.
queue = here / "queue"
compare("1,000 places for a million / no limit, two threads (wall)",
        in_turn(utvei(queue / "limited.yaml", 2), utvei(queue / "unlimited.yaml", 2)), wall, "none")
limited, nothing = measure(utvei(queue / "limited.yaml", 2)), measure(utvei(queue / "nothing.yaml", 2))
print(f"  without the measure {nothing[wall]:.3f} s; memory {limited[memory] / 2**20:.0f} MB with 1,000 places,"
      f" {nothing[memory] / 2**20:.0f} MB without the measure")

# A baseline with three scenarios on the same people: in one process, which follows again only whose life may be another,
# and in four.
example = here.parent / "scenarios" / "example"
four = [example / f"{name}.yaml" for name in ("baseline", "what_if", "measures", "needs")]
for size, aim, *sets in (("a million", "0.5 or less", f"population.persons={million}"), ("8 draws", "less than 0.8", "draws=8")):
    beside = [*utvei(four[0], 1)[:2], *four, *utvei(four[0], 1, *sets)[3:]]
    pairs = []
    for _ in range(runs):
        at_once = measure(beside)
        pairs.append((at_once, [sum(parts) for parts in zip(*(measure(utvei(one, 1, *sets)) for one in four))]))
    compare(f"a baseline with three scenarios / four runs, {size} (CPU)", pairs, cpu, aim)

# Ten million spells, from CSV to events and person-time, beside a program that only reads the file.
register = work / "register"
if not (register / "spells.csv").exists():
    register.mkdir(parents=True, exist_ok=True)
    subprocess.run([build / "bench" / "spells", "10000000", register], check=True)
for name in ("model.yaml", "raw.yaml", "fit.yaml"):
    shutil.copy(here / "register" / name, register / name)
estimate = [build / "utvei", "estimate", "--quiet"]
to_exposure = [*estimate, register / "raw.yaml", "-o", register / "raw.h5", "--exposure", register / "exposure.csv"]
fread = ["Rscript", "-e", f"invisible(data.table::fread('{register / 'spells.csv'}'))"]
has_fread = subprocess.run(["Rscript", "-e", "library(data.table)"], capture_output=True).returncode == 0 \
    if shutil.which("Rscript") else False
if has_fread:
    compare("10 million spells to exposure / data.table reads them (wall)", in_turn(to_exposure, fread), wall,
            "1.0 or less")
else:
    print("data.table of R is not here: reading is not compared (apt-get install r-cran-data.table)")
    measure(to_exposure)
fits = [measure([*estimate, register / "fit.yaml", "-o", register / "fit.h5"])[wall] for _ in range(runs)]
print(f"{'25 transitions x 357 regions x 60 cells, pooled (wall)':<58} {spread(fits, '{:.3f}'):>20} s   aim 30 s or less")

# A thousand scenarios of a thousand people as a batch, beside a million people in one run.
batches = work / "batch"
batches.mkdir(parents=True, exist_ok=True)
ratios = ", ".join(str(1 + number / million) for number in range(1000))
(batches / "way.yaml").write_text(f"extends: {w1}\nname: way\nchanges: [{{name: way, transition: school -> work, hazard_ratio: 1}}]\n")
(batches / "many.yaml").write_text("utvei: batch/1\nname: many\nbase: way.yaml\nset: {population.persons: 1000}\naxes:\n"
                                   f"  - {{name: ratio, key: changes.way.hazard_ratio, values: [{ratios}]}}\n")


def many(action, *words):
    return measure([build / "utvei", "batch", action, batches / "many.yaml", "--out", batches / "runs", "--threads", 1, "--quiet", *words])


shutil.rmtree(batches / "runs", ignore_errors=True)  # units that were there are found, and would take no time
in_one, units, results = measure(utvei(w1, 1)), many("run", "--shard", "1/1"), many("merge")
both = tuple(unit + result for unit, result in zip(units, results))
for which, name in ((cpu, "CPU"), (wall, "wall")):
    compare(f"1,000 scenarios of 1,000 people / a million at once ({name})", [(both, in_one)], which, "none")
print(f"  beside the lives a scenario takes {units[cpu] - in_one[cpu]:.1f} ms CPU to its unit and {results[cpu]:.1f} ms to its result;"
      f" {units[wall] - in_one[wall]:.1f} and {results[wall]:.1f} ms with the disk")

small = measure(utvei(w1, 1))[memory]
large = measure(utvei(w1, 1, five))[memory]
print(f"memory with tallies only: {(large - small) / (4 * million):.1f} bytes a person (aim 64 or less);"
      f" {small / 2**20:.0f} MB in all for a million people")
