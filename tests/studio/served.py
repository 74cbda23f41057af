# SPDX-License-Identifier: Apache-2.0
"""A studio of a copy of the example, for the tests of one class."""
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from client import Studio

ROOT, PROGRAM = (Path(sys.argv[1]).resolve(), str(Path(sys.argv[2]).resolve())) if len(sys.argv) > 2 else (None, None)
PLACES = "measures.follow_up.places.per_region.4203"


def example(folder):
    """A copy of the example that the studio may write into, with a scenario that takes long."""
    shutil.copytree(ROOT / "scenarios/example", folder / "example")
    for name, base in (("long_baseline", "baseline"), ("long_measures", "measures")):
        (folder / f"example/{name}.yaml").write_text(
            f"extends: {base}.yaml\nname: {name}\nyears: 50\npopulation: {{persons: 200000}}\nreplicates: 40\n")
    return folder / "example"


class Served(unittest.TestCase):
    options = ["--scenario", "measures.yaml"]

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = example(Path(cls.temporary.name))
        cls.studio = Studio(PROGRAM, cls.folder, *cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.studio.__exit__()
        cls.temporary.cleanup()
