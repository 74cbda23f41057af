# SPDX-License-Identifier: Apache-2.0
"""200 draws x 5 scenarios x the people of 15 counties, killed again and again; nothing is lost, and nothing is done twice.

Simulated are 3,000 people of 25 who live on work assessment allowance, 200 in each county, for three years, by the rates of
scenarios/norway; four uptakes of individual placement and support beside a baseline that is simulated once for all.

With the usual 100 groups of people a result of 200 draws takes 14 GB to put together: of each draw and group 120 transitions in 132 regions.

usage: counties.py UTVEI SOURCE [DRAWS]        exit code 77: h5py is missing
"""
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    from results import differences
except ImportError as missing:
    print(f"skipped: {missing} (python3-h5py)")
    sys.exit(77)

UPTAKES = ("0.3", "0.5", "0.7", "0.9")
PERSONS_OF_COUNTY = 200
PEOPLE_OF_UNIT = 250
KILLS = 5
SMALL = ("population: {{file: null, data_class: null, state: aap, age: 25, persons: {persons}, region: {{{regions}}}, traits: {{sex: {{female: 1, male: 1}}, stayer: 'no', dagpenger: 'no', reduced_capacity: 'yes'}}}}\n"
         "demography: null\nyears: 3\ngroups: 2\nbreakdowns: [[region, year, state]]\n")


def write_batch(folder, source, draws):
    shutil.copytree(source / "scenarios" / "norway", folder, dirs_exist_ok=True)
    with open(folder / "regions.csv", encoding="utf-8") as file:
        counties = [row["region"] for row in csv.DictReader(file, delimiter=";") if row["level"] == "county"]
    assert len(counties) == 15, counties
    small = SMALL.format(persons=PERSONS_OF_COUNTY * len(counties), regions=", ".join(f'"{county}": 1' for county in counties))
    for name in ("baseline", "ips"):
        (folder / f"{name}_small.yaml").write_text(f"extends: {name}.yaml\nname: {name}_small\n{small}", encoding="utf-8")
    (folder / "counties.yaml").write_text(
        f"utvei: batch/1\nname: counties\nbase: ips_small.yaml\nbaseline: baseline_small.yaml\ndraws: {draws}\n"
        f"people_per_unit: {PEOPLE_OF_UNIT}\naxes:\n  - {{name: uptake, key: measures.ips.uptake, values: [{', '.join(UPTAKES)}]}}\n", encoding="utf-8")
    return len(counties)


def finished(folder):
    """Each unit with what would tell that it was written again."""
    return {unit.name: (unit.stat().st_ino, unit.stat().st_mtime_ns) for unit in (folder / "runs/units").glob("*/*.unit")}


def command(folder, *words):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def main(program, source, draws):
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as temporary:
        folder = Path(temporary)
        counties = write_batch(folder, source, draws)
        batch = [program, "batch", "run", "counties.yaml", "--out", "runs"]
        planned = json.loads(command(folder, program, "batch", "plan", "counties.yaml", "--out", "runs", "--format", "json"))
        units = planned["units"]
        print(f"{draws} draws x {len(UPTAKES) + 1} scenarios x {counties} counties in {planned['scenarios'][0]['blocks']} blocks of people: {units} units")
        luck = random.Random(200)
        before, total = {}, 0
        for kill in range(KILLS):
            job = subprocess.Popen([*batch, "--quiet"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            goal = len(before) + luck.randint(units // 20, units // (KILLS + 2))
            while len(finished(folder)) < goal and job.poll() is None:
                time.sleep(0.1)
            assert job.poll() is None, "it ended before it was killed"
            job.kill()
            job.wait()
            now = finished(folder)
            assert before.items() <= now.items(), "a finished unit was lost or written again"
            print(f"killed with {len(now)} units done, {len(now) - len(before)} of them since the last time", flush=True)
            before = now
        report = json.loads(command(folder, *batch, "--format", "json"))
        now = finished(folder)
        assert before.items() <= now.items(), "a finished unit was lost or written again"
        assert (report["units"], report["found"], report["done"], report["failed"]) == (units, len(before), units - len(before), 0), report
        assert len(now) == units, len(now)
        left = [path for path in (folder / "runs/units").rglob("*") if path.is_file() and path.suffix != ".unit"]
        assert not left, left
        print(f"the last time: {report['found']} were there, {report['done']} simulated, {report['failed']} failed; {report['seconds']:.0f} s, results {report['merge_seconds']:.0f} s")
        command(folder, program, "run", "baseline_small.yaml", "--set", f"draws={draws}", "--out", "direct", "--quiet")
        results = [("baseline_small", "baseline_small")]
        for uptake in UPTAKES:
            command(folder, program, "run", "ips_small.yaml", "--set", f"draws={draws}", "--set", f"measures.ips.uptake={uptake}", "--set", f"name=counties-{uptake}", "--out", "direct", "--quiet")
            results.append((f"counties-{uptake}", f"counties-{uptake}"))
        for here, direct in results:
            found = differences(folder / "runs" / f"{here}.h5", folder / "direct" / f"{direct}.h5")
            assert not found, f"{here}: {found[:5]}"
        print(f"{len(results)} results, the same as `utvei run`")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 200)
