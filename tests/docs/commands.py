# SPDX-License-Identifier: Apache-2.0
"""Whether the commands and options that pages name are those of the program: lines of blocks, and words between backquotes.

usage: commands.py ROOT UTVEI
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "docs" / "site"), str(ROOT / "packaging"), str(ROOT / "tests" / "docs")]
import markdown  # noqa: E402
from links import pages  # noqa: E402
from usage import read_usage  # noqa: E402

LINE = re.compile(r"^(?: {4,}|)(?:\$ )?(?:\S*/)?utvei ([a-z].*)$", re.MULTILINE)
INLINE = re.compile(r"`(?:\S*/)?utvei ([a-z][^`]*)`")
OPTION = re.compile(r"(?<=\s)(--?[a-z][a-z-]*)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def known_options(usage):
    """The options of each command, those of the program and --help among them."""
    everywhere = {"-h", "--help", *(name for option in usage["options"] for name in option["names"])}
    return {command["name"]: everywhere.union(*(option["names"] for option in command["options"])) for command in usage["commands"]}


def code_lines(text):
    """(offset, line after `utvei`) of commands in blocks and in code within lines; other lines are prose."""
    prose = markdown.without_blocks(text)
    for found in LINE.finditer(text):
        if not prose[found.start():found.end()].strip():
            yield found.start(1), found[1]
    for found in INLINE.finditer(prose):
        yield found.start(1), found[1]


def wrong_in(line, known):
    """What the program would not take of one command: unknown names, not values."""
    words = re.split(r"\s[#|>;&]|\s2>", QUOTED.sub("…", line))[0]
    name = words.split()[0]
    if name not in known:
        return [f"there is no command `{name}`"]
    return [f"`{name}` has no `{option}`" for option in OPTION.findall(words) if option not in known[name]]


def main(program):
    known, wrong, count = known_options(read_usage(program)), [], 0
    for page in pages(ROOT):
        text = page.read_text(encoding="utf-8")
        for offset, line in code_lines(text):
            count += 1
            wrong += [f"{page.relative_to(ROOT)}:{markdown.line_of(text, offset)}: {problem}: utvei {line}" for problem in wrong_in(line, known)]
    print("\n".join(wrong) if wrong else f"{count} commands")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
