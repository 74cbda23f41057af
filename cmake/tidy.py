# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over all that a build compiles, with warnings as errors.

usage: tidy.py BUILD_FOLDER [--jobs N] [--tests] [FILE…]

Tests are looked at with --tests, or where they are named.
A file that was clean is not looked at again until it, a header of ours that it reaches, its compile command, .clang-tidy or clang-tidy changes:
build/lint/clean holds one empty file for each such hash. Most of clang-tidy's time goes into headers of libraries, so files of one folder are looked at
together, several in one translation unit; where that does not compile (two helpers of one name), half of them at a time.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import itertools
import json
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

TOOL = "clang-tidy-16"
ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build/lint/clean"
FILES_AT_ONCE = 12
INCLUDE = re.compile(rb'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
SEARCHED = ("include", "tests/support", "bench")


@functools.lru_cache(maxsize=None)
def includes_of(path):
    """Our own files that a file includes; what the compiler brings along does not change between runs."""
    found = []
    for kind, name in INCLUDE.findall(path.read_bytes()):
        folders = [ROOT / folder for folder in SEARCHED]
        if kind == b'"':
            folders.insert(0, path.parent)
        found += [folder / name.decode() for folder in folders if (folder / name.decode()).is_file()][:1]
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
def tool_version():
    return subprocess.run([TOOL, "--version"], capture_output=True, check=True).stdout


class Source:
    """A file to look at, with what it takes to compile it."""

    def __init__(self, entry):
        self.path = Path(entry["file"])
        self.folder = self.path.parent
        command = entry.get("arguments") or shlex.split(entry["command"])
        self.flags = [word for word in command if word.startswith(("-I", "-D", "-std", "-f"))]
        self.flags += list(itertools.chain(*(pair for pair in zip(command, command[1:]) if pair[0] == "-isystem")))
        self.settings = next(folder / ".clang-tidy" for folder in self.path.parents if (folder / ".clang-tidy").is_file())

    @functools.cached_property
    def mark(self):
        digest = hashlib.sha256(tool_version() + self.settings.read_bytes() + "\0".join(self.flags).encode())
        for path in reached_from(self.path):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
        return CACHE / digest.hexdigest()


def run_tool(sources, file):
    """What clang-tidy has to say; nothing if all is clean."""
    first = sources[0]
    headers = f"{ROOT}/tests/.*" if first.path.is_relative_to(ROOT / "tests") else f"{ROOT}/(include/utvei|sim|output)/.*"
    command = [TOOL, "--quiet", f"--config-file={first.settings}", f"--header-filter={headers}", str(file)]
    command += ["--", *first.flags, f"-I{first.folder}", "-Wno-everything"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def look_at(sources):
    """Seconds, sources that are clean, and complaints."""
    start = time.monotonic()
    if len(sources) == 1:
        complaint = run_tool(sources, sources[0].path)
        return time.monotonic() - start, [] if complaint else sources, [complaint] if complaint else []
    together = CACHE / "together" / f"{hashlib.sha256(str(sources[0].path).encode()).hexdigest()[:16]}.cpp"
    together.write_text("".join(f'#include "{source.path}"\n' for source in sources), encoding="utf-8")
    complaint = run_tool(sources, together)
    if "[clang-diagnostic-error]" not in complaint:
        return time.monotonic() - start, [] if complaint else sources, [complaint] if complaint else []
    halves = [look_at(half) for half in (sources[:len(sources) // 2], sources[len(sources) // 2:])]
    return time.monotonic() - start, [clean for one in halves for clean in one[1]], [text for one in halves for text in one[2]]


def sources_of(build, wanted, with_tests):
    for entry in json.loads((Path(build) / "compile_commands.json").read_text(encoding="utf-8")):
        path = Path(entry["file"])
        ours = path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build") and path.is_file()
        is_asked_for = any(str(path).endswith(name) for name in wanted)
        if ours and (is_asked_for or (not wanted and (with_tests or not path.is_relative_to(ROOT / "tests")))):
            yield Source(entry)


def bundles(sources):
    """Files of one folder with the same flags, a few at a time; the largest bundles first."""
    grouped = {}
    for source in sources:
        grouped.setdefault((source.folder, tuple(source.flags)), []).append(source)
    cut = [group[i:i + FILES_AT_ONCE] for group in grouped.values() for i in range(0, len(group), FILES_AT_ONCE)]
    return sorted(cut, key=len, reverse=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--tests", action="store_true")
    arguments.add_argument("files", nargs="*")
    options = arguments.parse_intermixed_args()
    (CACHE / "together").mkdir(parents=True, exist_ok=True)
    everything = list(sources_of(options.build, options.files, options.tests))
    changed = [source for source in everything if not source.mark.exists()]
    print(f"   {len(everything)} files, {len(changed)} to look at", flush=True)
    clean, slowest = 0, (0, "")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = {pool.submit(look_at, bundle): bundle for bundle in bundles(changed)}
        for done in concurrent.futures.as_completed(running):
            seconds, passed, complaints = done.result()
            slowest = max(slowest, (seconds, str(running[done][0].folder.relative_to(ROOT))))
            clean += len(passed)
            for source in passed:
                source.mark.touch()
            for complaint in complaints:
                print(complaint.rstrip(), flush=True)
    print(f"   clang-tidy: {len(changed) - clean} files left with complaints" + (f"; slowest: {slowest[1]}, {slowest[0]:.0f} s" if changed else ""))
    return 1 if clean < len(changed) else 0


if __name__ == "__main__":
    sys.exit(main())
