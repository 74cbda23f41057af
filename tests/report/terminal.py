# SPDX-License-Identifier: Apache-2.0
"""Whether `report` leaves a terminal alone, and says of a file what it is and how it is opened.

usage: terminal.py UTVEI ROOT
"""
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path


def on_terminal(command):
    """(exit code, what a terminal shows) of a command whose standard output is one."""
    ours, theirs = pty.openpty()
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # how Linux says that nobody writes any more
        pass
    os.close(ours)
    return done.returncode, shown.decode(), done.stderr


def main(program, root):
    with tempfile.TemporaryDirectory() as folder:
        example = Path(root) / "scenarios" / "example"
        run = [program, "run", example / "baseline.yaml", example / "what_if.yaml", "--set", "population.persons=200", "--out", folder, "--quiet"]
        subprocess.run(run, check=True)
        report = [program, "report", f"{folder}/baseline.h5", f"{folder}/what_if.h5"]
        code, shown, said = on_terminal(report)
        assert code == 2 and shown == "" and "add -o report.html" in said, (code, shown[:100], said)
        piped = subprocess.run(report, capture_output=True, text=True)
        assert piped.returncode == 0 and piped.stdout.lower().startswith("<!doctype html>"), piped.stderr
        page = f"{folder}/page.html"
        for language, words in (("nb", "åpne den med et dobbeltklikk"), ("nn", "opne han med eit dobbeltklikk"), ("en", "open it by a double click")):
            code, shown, said = on_terminal([*report, "-o", page, "--lang", language])
            size = -(-Path(page).stat().st_size // 1000)
            assert code == 0 and shown == "" and f"{page}: {size} kB; {words}" in said, (code, shown, said)
        code, shown, said = on_terminal([*report, "-o", page, "--quiet"])
        assert code == 0 and said == "", said
    print("a terminal gets advice, a file a line")


if __name__ == "__main__":
    main(*sys.argv[1:])
