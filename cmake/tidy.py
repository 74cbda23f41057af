# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over all that a build compiles, with warnings as errors.

usage: tidy.py BUILD_FOLDER [--jobs N] [FILE…]

A file that was clean is not looked at again until it, a header of ours that it reaches, its compile command, .clang-tidy or clang-tidy changes:
build/lint holds one empty file for each such hash.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import json
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

TOOL = "clang-tidy-16"
ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build/lint"
INCLUDE = re.compile(rb'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
SEARCHED = ("include", "tests/support", "bench")


@functools.lru_cache(maxsize=None)
def includes_of(path):
    """Our own files that a file includes; what the compiler brings along does not change between runs."""
    found = []
    for kind, name in INCLUDE.findall(path.read_bytes()):
        name = name.decode()
        folders = [ROOT / folder for folder in SEARCHED]
        if kind == b'"':
            folders.insert(0, path.parent)
        found += [folder / name for folder in folders if (folder / name).is_file()][:1]
    return found


def reached_from(path):
    seen, ahead = set(), [path]
    while ahead:
        at = ahead.pop()
        if at not in seen:
            seen.add(at)
            ahead.extend(includes_of(at))
    return sorted(seen)


@functools.lru_cache(maxsize=None)
def settings():
    """The tool's version and every .clang-tidy file."""
    version = subprocess.run([TOOL, "--version"], capture_output=True, check=True).stdout
    files = [path for folder in (".", "tests", "bench") for path in [ROOT / folder / ".clang-tidy"] if path.is_file()]
    return version + b"".join(path.read_bytes() for path in files)


def hash_of(entry):
    digest = hashlib.sha256(settings() + entry["command"].encode())
    for path in reached_from(Path(entry["file"])):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def tidy(build, entry):
    """Seconds and complaints; an empty complaint is a clean file."""
    start = time.monotonic()
    command = [TOOL, "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", build, entry["file"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaint = (done.stdout + done.stderr) if done.returncode else ""
    return time.monotonic() - start, complaint


def work_list(build, wanted):
    entries = json.loads((Path(build) / "compile_commands.json").read_text(encoding="utf-8"))
    for entry in entries:
        path = Path(entry["file"])
        if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build") and path.is_file():
            entry["command"] = shlex.join(entry["arguments"]) if "arguments" in entry else entry["command"]
            if not wanted or any(str(path).endswith(name) for name in wanted):
                yield entry, CACHE / hash_of(entry)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("files", nargs="*")
    options = arguments.parse_intermixed_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    everything = list(work_list(options.build, options.files))
    changed = [(entry, mark) for entry, mark in everything if not mark.exists()]
    print(f"   {len(everything)} files, {len(changed)} to look at")
    complaints, seconds = 0, []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = {pool.submit(tidy, options.build, entry): (entry, mark) for entry, mark in changed}
        for done in concurrent.futures.as_completed(running):
            entry, mark = running[done]
            took, complaint = done.result()
            seconds.append((took, Path(entry["file"]).relative_to(ROOT)))
            if complaint:
                complaints += 1
                print(complaint.rstrip(), flush=True)
            else:
                mark.touch()
    slowest = ", ".join(f"{path} {took:.0f} s" for took, path in sorted(seconds, reverse=True)[:3])
    print(f"   clang-tidy: {len(everything) - complaints} files clean, {complaints} with complaints" + (f"; slowest: {slowest}" if slowest else ""))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
