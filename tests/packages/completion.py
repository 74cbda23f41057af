# SPDX-License-Identifier: Apache-2.0
"""Completions and the man page, as the shells and groff take them.

usage: completion.py FOLDER        the folder that has utvei, _utvei and utvei.1.gz; exit code 77: no bash
"""
import gzip
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ASK_BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_utvei; printf '%s\\n' "${COMPREPLY[@]}"
"""
# What is typed, the last word being begun, and what may come: exactly, or among others.
EXACTLY = (
    (["utvei", "comp"], ["compare"]),
    (["utvei", "--threads", "2", "lifel"], ["lifeline"]),
    (["utvei", "run", "--f"], ["--format"]),
    (["utvei", "run", "--format", ""], ["text", "json"]),
    (["utvei", "run", "--format", "=", "j"], ["json"]),
    (["utvei", "compare", "runs/b.h5", "--lang", ""], ["nb", "nn", "en"]),
    (["utvei", "run", "a"], ["a.yaml"]),
    (["utvei", "compare", "runs/"], ["runs/a b.h5", "runs/b.h5"]),
    (["utvei", "run", "--out", "r"], ["runs"]),
    (["utvei", "estimate", "--exposure", "t"], ["table.csv"]),
    (["utvei", "new", "po"], ["population"]),
    (["utvei", "help", "opti"], ["optimise"]),
    (["utvei", "run", "--threads", ""], []),
)
AMONG = ((["utvei", ""], {"run", "check", "--version", "--quiet"}), (["utvei", "graph", "--"], {"--levers", "--lang", "--help"}))


def working_folder(name):
    folder = Path(name)
    (folder / "runs").mkdir()
    for file in ("a.yaml", "table.csv", "runs/b.h5", "runs/a b.h5", "runs/c.csv"):
        (folder / file).touch()
    return folder


def bash_offers(script, words, folder):
    asked = subprocess.run(["bash", "--norc", "-c", ASK_BASH, "bash", script, *words], cwd=folder, capture_output=True, text=True)
    if asked.stderr:
        return [f"bash says: {asked.stderr.strip()}"]
    return [line for line in asked.stdout.split("\n") if line]


def wrong_in_bash(script, folder):
    for words, expected in EXACTLY:
        if (found := sorted(bash_offers(script, words, folder))) != sorted(expected):
            yield f"bash: {' '.join(words)}: {found}, not {expected}"
    for words, expected in AMONG:
        if missing := expected - set(bash_offers(script, words, folder)):
            yield f"bash: {' '.join(words)}: without {sorted(missing)}"


def wrong_by(command, what, text=None):
    """What a program that reads the file has to say, if it is installed; it should have nothing."""
    if shutil.which(command[0]) is None:
        print(f"{command[0]} is not installed: {what} not looked at")
        return
    said = subprocess.run(command, input=text, capture_output=True, text=True)
    if said.returncode or said.stderr:
        yield f"{what}: {said.stderr}"


def main(folder):
    if shutil.which("bash") is None:
        print("bash is missing")
        return 77
    with tempfile.TemporaryDirectory() as name:
        wrong = list(wrong_in_bash(str(folder / "utvei"), working_folder(name)))
    page = gzip.decompress((folder / "utvei.1.gz").read_bytes()).decode("utf-8")
    wrong += wrong_by(["groff", "-man", "-Tutf8", "-ww"], "man page", page)
    wrong += [f"man page: no {heading}" for heading in (".SH NAME", ".SS run", ".SS compare", ".SH EXIT STATUS") if heading not in page]
    wrong += wrong_by(["zsh", "-n", str(folder / "_utvei")], "completion of zsh")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
