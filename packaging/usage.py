# SPDX-License-Identifier: Apache-2.0
"""What the program says of its commands (`utvei help --format json`), for what is made of it: man page, completions, reference."""
import json
import subprocess

# What stands in files of an argument, by its name; a command that means something else is named.
EXTENSIONS = {"BASELINE": ["h5"], "RESULT": ["h5"], ("export", "FILE"): ["h5"], ("tables", "FILE"): ["yaml", "csv", "json"]}
WORDS = {"KIND", "COMMAND"}


def read_usage(program):
    """The description of the program as the map that it prints."""
    printed = subprocess.run([program, "help", "--format", "json"], check=True, capture_output=True, text=True).stdout
    return json.loads(printed)


def shared_options(usage, command):
    """The options of the program that a command has a use for: --quiet, and those that it names."""
    names = {"--quiet", *command["shared"]}
    return [option for option in usage["options"] if names & set(option["names"])]


def extensions_of(command, argument):
    """Endings of the files that an argument names, or none if it names no files."""
    name = argument["name"]
    if name in WORDS or argument["choices"]:
        return []
    return EXTENSIONS.get((command["name"], name)) or EXTENSIONS.get(name) or ["yaml"]


def option_heading(option):
    """-o, --output FILE"""
    names = ", ".join(option["names"])
    if option["value"] is None:
        return names
    return f"{names} {option['value'] or '|'.join(option['choices']) or 'VALUE'}"


def synopsis(command):
    words = ["utvei", command["name"], "[OPTION]…"]
    for argument in command["arguments"]:
        word = argument["name"] + ("…" if argument["repeatable"] else "")
        words.append(word if argument["required"] else f"[{word}]")
    return " ".join(words)
