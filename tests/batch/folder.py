# SPDX-License-Identifier: Apache-2.0
"""A folder with a batch, and how to run it."""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from results import differences
except ImportError as missing:
    print(f"skipped: {missing} (python3-h5py)")
    sys.exit(77)

HALF, MORE, DOUBLE = "0.5", "1.5", "2"
BATCH = """utvei: batch/1
name: ways
base: small.yaml
axes:
  - {{name: ratio, key: changes.way.hazard_ratio, values: [{ratios}]}}
baseline: baseline.yaml
set: {{population.persons: {persons}}}
draws: {draws}
people_per_unit: {people_per_unit}
"""
SMALL = """extends: baseline.yaml
name: small
changes:
  - {name: way, transition: no_known_status -> work, hazard_ratio: 1}
"""


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


class BatchFolder:
    """The example's scenarios, and a batch `ways` over a hazard ratio."""

    def __init__(self, program, source, persons=2000, draws=4, ratios=(HALF, MORE, DOUBLE), people_per_unit=1000):
        self.program, self.persons, self.draws, self.ratios = program, persons, draws, ratios
        self.temporary = tempfile.TemporaryDirectory()
        self.path = Path(self.temporary.name)
        shutil.copytree(source / "scenarios" / "example", self.path, dirs_exist_ok=True)
        self.write("small.yaml", SMALL)
        self.write("ways.yaml", BATCH.format(ratios=", ".join(ratios), persons=persons, draws=draws, people_per_unit=people_per_unit))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")

    def command(self, *words, expect=0):
        done = subprocess.run([self.program, *words], cwd=self.path, capture_output=True, text=True, check=False)
        assert done.returncode == expect, f"{words}: exit code {done.returncode}, not {expect}\n{done.stdout}{done.stderr}"
        return done

    def batch(self, action, *words, out="runs", expect=0, file="ways.yaml"):
        return self.command("batch", action, file, "--out", out, *words, expect=expect)

    def report(self, action, *words, out="runs", expect=0, file="ways.yaml"):
        return json.loads(self.batch(action, "--format", "json", *words, out=out, expect=expect, file=file).stdout)

    def start(self, action, *words, out="runs"):
        return subprocess.Popen([self.program, "batch", action, "ways.yaml", "--out", out, *words], cwd=self.path, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def names(self):
        return ["baseline", *(f"ways-{ratio}" for ratio in self.ratios)]

    def run_each(self, out="direct"):
        """Each scenario by `utvei run`."""
        common = ("--set", f"population.persons={self.persons}", "--set", f"draws={self.draws}", "--out", out, "--quiet")
        self.command("run", "baseline.yaml", *common)
        for ratio in self.ratios:
            self.command("run", "small.yaml", "--set", f"name=ways-{ratio}", "--set", f"changes.way.hazard_ratio={ratio}", *common)

    def expect_same(self, out="runs", direct="direct"):
        for name in self.names():
            found = differences(self.path / out / f"{name}.h5", self.path / direct / f"{name}.h5")
            assert not found, f"{out}/{name}.h5: {found[:5]}"

    def units(self, store="runs/units"):
        return sorted((self.path / store).glob("*/*.unit"))

    def left_over(self, store="runs/units"):
        """Files that are no units: of whoever was killed while writing."""
        return [path for path in (self.path / store).rglob("*") if path.is_file() and path.suffix != ".unit"]
