# SPDX-License-Identifier: Apache-2.0
"""The grid of Kristiansand in short: all of it is checked, three numbers of places are run with two draws, and reported.

usage: kristiansand.py PROGRAM SOURCE
"""
import csv
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# The file has all axes; here the first with three values, the others with the one that the baseline has.
SHORT = ["axes=[{name: places, key: measures.voksne.places.total, values: [0, 80, 200]}, "
         "{name: uptake, key: measures.voksne.uptake, values: [0.5]}, "
         "{name: start, key: measures.voksne.runs.from, values: [2026-01-01], labels: [\"2026\"]}]",
         "exclude=null", "draws=2", "set.years=4"]


def main(program, source):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for town in ("kristiansand", "norway"):
            shutil.copytree(Path(source) / "scenarios" / town, folder / town, ignore=shutil.ignore_patterns("people.h5", "runs"))

        def run(*arguments):
            return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout

        run("populate", "kristiansand/population.yaml", "-o", "kristiansand/people.h5")
        assert "46 scenarios, 4,600 units" in run("batch", "plan", "kristiansand/places.yaml")
        text = (folder / "kristiansand/places.yaml").read_text(encoding="utf-8")
        short = folder / "kristiansand/short.yaml"
        short.write_text("extends: places.yaml\nutvei: batch/1\nname: short\n", encoding="utf-8")
        assert "draws: 100" in text
        run("batch", "run", "kristiansand/short.yaml", "--out", "runs", *(word for change in SHORT for word in ("--set", change)))
        # The report reads names from the file alone: those that were not run are missing, and it says so.
        told = list(csv.DictReader(io.StringIO(run("report", "kristiansand/places.yaml", "--out", "runs", "--format", "csv"))))
        begun = {row["places"]: float(row["difference"]) for row in told
                 if row["outcome"] == "participants,state=voksne" and row["difference"]}
        assert set(begun) == {"0", "80", "200"}, begun
        assert begun["0"] == 0 and 80 < begun["80"] < begun["200"], begun
        assert sum(row["missing"] != "" for row in told if row["outcome"] == "person_years,state=work") == 43


if __name__ == "__main__":
    main(*sys.argv[1:])
