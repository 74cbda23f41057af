# SPDX-License-Identifier: Apache-2.0
"""The code of docs/exports.md runs as it stands, beside the reader and the results of the example.

usage: documented.py SOURCE RUNS LANGUAGE       LANGUAGE: python or r
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from exported import need, skip

source, runs, language = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if language == "python":
    need("h5py", "pandas", "matplotlib")
    command, reader = [sys.executable], source / "readers/python/utvei.py"
else:
    probe = "quit(status = !requireNamespace('rhdf5', quietly = TRUE))"
    if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", probe], capture_output=True).returncode != 0:
        skip("R with rhdf5 is not installed (r-base-core, r-bioc-rhdf5)")
    command, reader = ["Rscript"], source / "readers/R/utvei.R"

text = (source / "docs/exports.md").read_text(encoding="utf-8")
block = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)[1]
assert len(block.splitlines()) <= 11, "ten lines to a plot"
with tempfile.TemporaryDirectory() as folder:
    shutil.copy(reader, folder)
    (Path(folder) / "runs").symlink_to(runs / "one")
    (Path(folder) / "script").write_text(block, encoding="utf-8")
    environment = {**os.environ, "MPLBACKEND": "Agg", "MPLCONFIGDIR": folder, "PYTHONPATH": folder}
    done = subprocess.run([*command, "script"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "person_years" in done.stdout
    assert (Path(folder) / "effect.png").stat().st_size > 2000
