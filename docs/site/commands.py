# SPDX-License-Identifier: Apache-2.0
"""The reference of commands, made of what the program says of itself."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
from usage import option_heading, synopsis  # noqa: E402


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table(heading, rows):
    return ["", f"| {heading} | |", "|---|---|", *(f"| `{name}` | {cell(text)} |" for name, text in rows)] if rows else []


def section(command):
    lines = ["", f"## {command['name']}", "", f"    {synopsis(command)}", "", command["summary"], "", command["explanation"].replace("<", "&lt;")]
    lines += table("Argument", [(argument["name"], argument["description"]) for argument in command["arguments"]])
    lines += table("Option", [(option_heading(option).replace("|", "\\|"), option["description"]) for option in command["options"]])
    if command["shared"]:
        lines += ["", f"Also takes {' and '.join(f'`{name}`' for name in command['shared'])}."]
    return [*lines, "", "For example", "", *(f"    {line}" for line in command["example"].split("\n"))]


def page(usage):
    lines = ["# Options of all commands", "", "Made of what the program says of itself (`utvei help --format json`). What commands print as JSON, and how they are used together, stands in [commands](../commands.md)."]
    for command in usage["commands"]:
        lines += section(command)
    lines += ["", "## Options of several commands", "", "They may stand before or after the command."]
    lines += table("Option", [(option_heading(option), option["description"]) for option in usage["options"]])
    return "\n".join(lines) + "\n"
