# SPDX-License-Identifier: Apache-2.0
"""Runs what a tutorial says to type, in a folder with scenarios/, and compares what is printed with the page.

usage: tutorials.py ROOT UTVEI PAGE [--update] [--short]

In a block of `console` a line after `$ ` is a command (`\\` at its end: it goes on), and what follows is what it prints; a line `…` stands
for any lines. A block of another kind whose first line is `# PATH` is a file that is saved there. Times are not compared. A command of a
program that is not installed is left out, and said so. A block after a line `<!-- long -->` is left out with --short. --update puts in what is printed now, for each line the one that is most like it.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+/\S+\.\w+)\n")
SECONDS = re.compile(r"\b\d+\.\d s\b")
LEFT_OUT = "…"
LONG = "<!-- long -->\n"


def commands(block):
    """[command, lines that it prints] in turn."""
    found = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append([line[2:], []])
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1][0] += "\n" + line
        elif found:
            found[-1][1].append(line)
    return found


def same(expected, printed):
    """Whether lines are those of the page, with any lines where it leaves out."""
    pattern = "".join("(?:.*\n)*?" if line == LEFT_OUT else re.escape(SECONDS.sub("N s", line)) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(SECONDS.sub("N s", line) + "\n" for line in printed)) is not None


def renewed(expected, printed):
    """The lines of the page, each replaced by the printed one that is most like it."""
    lines, rest = [], list(printed)
    for line in expected:
        nearest = difflib.get_close_matches(line, rest, n=1, cutoff=0.0) if line != LEFT_OUT else []
        if nearest:
            del rest[:rest.index(nearest[0]) + 1]
        lines += nearest or [line]
    return lines


class Reader:
    """Somebody who follows the page."""

    def __init__(self, program, folder):
        self.folder, self.environment = folder, {**os.environ, "PATH": f"{Path(program).parent}:{os.environ['PATH']}"}

    def types(self, command):
        # What is said goes where data go: a terminal shows both.
        done = subprocess.run(["bash", "-c", f"exec 2>&1\n{command}"], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True)
        return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")] if done.stdout.strip() else []

    def lacks(self, command):
        return subprocess.run(["bash", "-c", f"type {command.split()[0]}"], env=self.environment, capture_output=True).returncode != 0


def follow(page, reader, is_short):
    """(offset, block, its text with what is printed now, what is wrong) of each block."""
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        kind, block = found.groups()
        if is_short and text[:found.start()].endswith(LONG):
            continue
        saved = FILE.match(block)
        if kind != "console":
            if saved:
                (reader.folder / saved[1]).parent.mkdir(parents=True, exist_ok=True)
                (reader.folder / saved[1]).write_text(block, encoding="utf-8")
            continue
        lines, wrong = [], []
        for command, expected in commands(block):
            print("$", command, flush=True)
            if reader.lacks(command):
                print(f"left out: {command.split()[0]} is not installed")
                lines += [f"$ {command}", *expected]
                continue
            printed = reader.types(command)
            if not same(expected, printed):
                wrong.append("\n".join([f"$ {command}", "prints", *printed, "and the page has", *expected]))
            lines += [f"$ {command}", *(expected if same(expected, printed) else renewed(expected, printed))]
        yield found.start(2), block, "\n".join(lines) + "\n", wrong


def main(root, program, page, ways):
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(root / "scenarios", Path(name) / "scenarios", ignore=shutil.ignore_patterns("runs", "rates.h5", "mitt.yaml", "people.h5"))
        followed = list(follow(page, Reader(program, Path(name)), "--short" in ways))
    if "--update" in ways:
        text = page.read_text(encoding="utf-8")
        for offset, block, now, _ in reversed(followed):
            text = text[:offset] + now + text[offset + len(block):]
        page.write_text(text, encoding="utf-8")
        return 0
    wrong = [problem for _, _, _, problems in followed for problem in problems]
    print("\n\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve(), str(Path(sys.argv[2]).resolve()), Path(sys.argv[3]).resolve(), sys.argv[4:]))
