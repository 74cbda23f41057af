# SPDX-License-Identifier: Apache-2.0
"""What stands in Markdown pages: links, headings and blocks, as GitHub and the site read them."""
import re

FENCE = re.compile(r"^(```|~~~)", re.MULTILINE)
FENCED = re.compile(r"^ *```[^\n]*\n.*?^ *```[^\n]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"(!?\[[^\]]*\])\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)


def blanked(pattern, text):
    """The text with what matches as spaces, so that places stay."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def without_blocks(text):
    """Without fenced blocks, and blocks that are indented after an empty line."""
    lines, in_block, before_is_empty = [], False, True
    for line in blanked(FENCED, text).split("\n"):
        in_block = line.startswith("    ") and (in_block or before_is_empty)
        before_is_empty = not line.strip()
        in_list = bool(re.match(r"^ +([-*]|\d+\.) ", line))
        lines.append(" " * len(line) if in_block and not in_list else line)
    return "\n".join(lines)


def links(text):
    """(offset, target) of each link and picture outside code."""
    return [(found.start(2), found[2]) for found in LINK.finditer(blanked(CODE, without_blocks(text)))]


def slug(heading):
    """The anchor of a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def anchors(text):
    found = {}
    for heading in HEADING.findall(without_blocks(text)):
        name = slug(heading)
        found[name] = found.get(name, -1) + 1
    return {name if number == 0 else f"{name}-{number}" for name, count in found.items() for number in range(count + 1)}


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
