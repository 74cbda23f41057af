# SPDX-License-Identifier: Apache-2.0
"""The report of a batch: its numbers computed anew from the result files, what it says of one that is missing, and the
plots of docs/batch.md.

usage: report.py PROGRAM SOURCE
"""
import csv
import io
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import h5py
    import numpy
except ImportError as missing:
    print(f"skipped: {missing} (python3-h5py)")
    sys.exit(77)

DRAWS = 12
# R: qt((1 + level / 100) / 2, DRAWS - 1)
STUDENT = {80: 1.363430318020541, 95: 2.200985160091639}
TOLERANCE = 1e-9


def read_work(path):
    """Years in work by draw."""
    with h5py.File(path) as file:
        names = [dimension[0].name.strip("/").rstrip("0123456789").rstrip("_") for dimension in file["person_years"].dims]
        # A state of that name goes before the group.
        of_work = numpy.array([state == "work" for state in file["state"].asstr()[:]])
        assert names[0] == "draw", names
        years = file["person_years"][()].astype(float)
        states = numpy.moveaxis(years, names.index("state"), -1)
        return states[..., of_work].reshape(years.shape[0], -1).sum(axis=1)


class Batch:
    def __init__(self, program, source, folder):
        self.program, self.folder = program, Path(folder)
        shutil.copytree(Path(source) / "scenarios/example", self.folder / "example")
        self.file = self.folder / "example/batch.yaml"
        self.out = self.folder / "runs"

    def run(self, *arguments, expect=0):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != expect:
            raise SystemExit(f"utvei {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done

    def report(self, *arguments, expect=0):
        return self.run("report", str(self.file), "--out", str(self.out), *arguments, expect=expect)


def student_below(t, degrees=DRAWS - 1):
    """Student's distribution function for an odd number of degrees (Abramowitz & Stegun 26.7.3)."""
    angle = math.atan(t / math.sqrt(degrees))
    term = series = 1.0
    for k in range(2, degrees - 1, 2):
        term *= k / (k + 1) * math.cos(angle) ** 2
        series += term
    return 0.5 + (angle + math.sin(angle) * math.cos(angle) * series) / math.pi


def check_numbers(batch):
    """Differences, intervals, chances and ranks of years in work."""
    rows = [row for row in csv.DictReader(io.StringIO(batch.report("--format", "csv").stdout))
            if row["outcome"] == "person_years,state=work"]
    before = read_work(batch.out / "baseline.h5")
    runs = {row["scenario"]: read_work(batch.out / f"{row['scenario']}.h5") - before for row in rows}
    best = {name: 0.0 for name in runs}
    for draw in range(DRAWS):
        most = max(run[draw] for run in runs.values())
        first = [name for name, run in runs.items() if run[draw] == most]
        for name in first:
            best[name] += 1 / len(first) / DRAWS
    assert len(rows) == 6, len(rows)
    for row in rows:
        run = runs[row["scenario"]]
        spread = run.std(ddof=1)
        expected = {"difference": run.mean(), "value": (run + before).mean(), "baseline": before.mean()}
        for level in (80, 95):
            half = STUDENT[level] * spread
            expected[f"low_{level}"], expected[f"high_{level}"] = run.mean() - half, run.mean() + half
        if row["probability_better"]:  # none where the main effect is assumed
            expected["probability_better"] = student_below(run.mean() / spread)
        if row["share_best"]:
            expected["share_best"] = best[row["scenario"]]
        for name, number in expected.items():
            assert abs(float(row[name]) - number) <= TOLERANCE * max(1, abs(number)), (row["scenario"], name, row[name], number)
    return {row["scenario"]: float(row["difference"]) for row in rows}


def check_page(batch, source, differences):
    page, document = batch.folder / "page.html", batch.folder / "page.json"
    batch.report("-o", str(page))
    batch.report("--format", "json", "-o", str(document))
    subprocess.run([sys.executable, "-B", f"{source}/tests/report/page.py", str(page), str(document)], check=True)
    said = json.loads(document.read_text(encoding="utf-8"))
    figures = {figure["id"]: figure for section in said["sections"] for figure in section["figures"]}
    for name in ("batch-heat", "batch-curve", "batch-ranking"):
        figure = figures[name]
        at = [column["name"] for column in figure["columns"]].index("difference")
        for row in figure["rows"]:
            if row[1] == "person_years,state=work":
                assert abs(row[at] - differences[row[0]]) <= 0.0051, (name, row[0], row[at])


def check_otherwise(batch):
    """The batch was run with fewer people than its file says: that is told, until the file says so too."""
    done = batch.report("--format", "csv")
    assert "of the results were not made of" in done.stderr and "`population`" in done.stderr, done.stderr
    text = batch.file.read_text(encoding="utf-8")
    assert "population.persons: 4000" in text
    batch.file.write_text(text.replace("population.persons: 4000", "population.persons: 1000"), encoding="utf-8")
    assert "were not made of" not in batch.report("--format", "csv").stderr


def check_missing(batch):
    (batch.out / "places5-uptake0.7.h5").unlink()
    done = batch.report("--format", "csv")
    assert "1 of 6 scenarios are not in the report: places5-uptake0.7" in done.stderr, done.stderr
    assert "there is no result yet" in done.stdout
    (batch.out / "baseline.h5").rename(batch.out / "other.h5")
    assert "there is no result of the baseline" in batch.report("--format", "csv", expect=4).stderr


def check_unpaired(batch):
    """Other seeds are other luck: that is told before they run, and by the report with a few of the reasons."""
    file, out = str(batch.folder / "example/seeds.yaml"), str(batch.folder / "seeds")
    Path(file).write_text("utvei: batch/1\nname: seeds\nbase: baseline.yaml\naxes:\n  - {name: seed, key: seed, values: [1, 2, 3, 4, 5]}\n"
                          "set: {population.persons: 200}\n", encoding="utf-8")
    done = batch.run("batch", "run", file, "--out", out)
    assert "4 of the 5 scenarios cannot be compared with `seeds-1`, the baseline where none is named" in done.stderr, done.stderr
    refused = batch.run("report", file, "--out", out, "--format", "csv", expect=4).stderr
    assert "none of the results can be set against the baseline" in refused and refused.count("cannot be paired") == 3, refused
    assert "… and 1 more that cannot be taken" in refused, refused


def check_plots(batch, source):
    """The blocks of docs/batch.md, as they stand there."""
    text = (Path(source) / "docs/batch.md").read_text(encoding="utf-8")
    batch.report("--format", "csv", "-o", str(batch.folder / "batch.csv"))
    for language, program, needs in (("python", [sys.executable], "import matplotlib, pandas"), ("r", ["Rscript"], None)):
        if shutil.which(program[0]) is None or (needs and subprocess.run([*program, "-c", needs], capture_output=True, check=False).returncode):
            print(f"the plot in {language} is not tried: it is not installed")
            continue
        script = batch.folder / f"plot.{language}"
        head = "import matplotlib\nmatplotlib.use('Agg')\n" if language == "python" else ""
        script.write_text(head + re.search(f"```{language}\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
        (batch.folder / "batch.png").unlink(missing_ok=True)
        subprocess.run([*program, str(script)], cwd=batch.folder, check=True)
        assert (batch.folder / "batch.png").stat().st_size > 1000, language


def main(program, source):
    with tempfile.TemporaryDirectory() as folder:
        batch = Batch(program, source, folder)
        done = batch.run("batch", "run", str(batch.file), "--out", str(batch.out), "--set", f"draws={DRAWS}",
                         "--set", "set={population.persons: 1000}")
        assert "utvei report" in done.stderr, done.stderr
        differences = check_numbers(batch)
        check_page(batch, source, differences)
        check_plots(batch, source)
        check_otherwise(batch)
        check_missing(batch)
        check_unpaired(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
