# SPDX-License-Identifier: Apache-2.0
"""What the tests of this folder share: the program, and its tidy CSV, which all other formats must agree with."""
import csv
import importlib.util
import subprocess
import sys

SKIPPED = 77


def need(*modules):
    """Ends the test as skipped, and says so, where a Python module is missing."""
    for module in modules:
        if importlib.util.find_spec(module) is None:
            skip(f"{module} is not installed (python3-{module})")


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def rows(program, result, table, *more):
    """Lines of the tidy CSV of a table."""
    return list(csv.DictReader(run(program, "export", result, "--table", table, "--quiet", *more).splitlines()))


def table_names(program, result):
    """In the order of the result."""
    names = []
    for line in csv.DictReader(run(program, "export", result, "--quiet").splitlines()):
        if line["table"] not in names:
            names.append(line["table"])
    return names


def number(text):
    return None if text == "" else float(text)
