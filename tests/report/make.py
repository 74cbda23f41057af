# SPDX-License-Identifier: Apache-2.0
"""Makes the reports that the tests of this folder look at, of the demo.

usage: make.py PROGRAM SOURCE FOLDER
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

# Names of the reports, what they are run with, and of what.
RUNS = {
    "money": (["veier.yaml", "veier_tilbud.yaml"], ["replicates=4", "life_courses={sample: 40}"]),
    "draws": (["baseline.yaml", "granheim.yaml"], ["draws=50", "groups=20"]),
}


def run(program, source, arguments):
    subprocess.run([program, *arguments, "--quiet"], cwd=source, check=True, stdout=subprocess.DEVNULL)


def main(program, source, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # A copy with rates of its own: a fresh tree has none, and nothing is written beside the sources.
    demo = folder / "demo"
    shutil.copytree(Path(source) / "scenarios/demo", demo, dirs_exist_ok=True)
    run(program, source, ["estimate", str(demo / "study.yaml"), "-o", str(demo / "rates.h5")])
    life, regions = folder / "life.json", folder / "regions.json"
    with open(life, "wb") as out:
        subprocess.run([program, "lifeline", f"{source}/scenarios/example/anne.yaml", "--format", "json", "--quiet"],
                       check=True, stdout=out)
    run(program, source, ["regions", str(demo / "baseline.yaml"), "--region", "9902", "--reference", "9901", "--draws", "20",
                          "--format", "json", "-o", str(regions)])
    for name, (scenarios, changes) in RUNS.items():
        results = folder / name
        run(program, source, ["run", *(str(demo / one) for one in scenarios), "--out", str(results),
                              *(word for change in changes for word in ("--set", change))])
        files = [str(results / (Path(one).stem + ".h5")) for one in scenarios]
        report = ["report", *files, "--with", str(life), "--with", str(regions)]
        run(program, source, [*report, "-o", str(folder / f"{name}.html")])
        run(program, source, [*report, "--format", "json", "-o", str(folder / f"{name}.json")])
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
