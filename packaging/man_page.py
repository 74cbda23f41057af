# SPDX-License-Identifier: Apache-2.0
"""The manual page utvei(1), made of what the program says of itself.

usage: man_page.py UTVEI VERSION -o utvei.1.gz
"""
import gzip
import sys
from pathlib import Path

from usage import option_heading, read_usage, synopsis

EXIT_CODES = (("0", "All went well."), ("1", "A bug of the program."), ("2", "Wrong usage."), ("3", "A model, scenario or study file is wrong."),
              ("4", "Data are missing or unreadable."), ("6", "Stopped by SIGTERM or SIGUSR1."), ("130", "Interrupted."))


def roff(text):
    """Text that roff takes as it stands: no escapes, no requests, hyphens that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("’", "'").replace("…", "...")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in escaped.split("\n"))


def entries(pairs):
    return [line for heading, text in pairs for line in (".TP", f".B {roff(heading)}", roff(text))]


def example(text):
    return [".PP", ".EX", roff(text), ".EE"]


def command_section(command):
    lines = [f".SS {roff(command['name'])}", f".B {roff(synopsis(command))}", ".PP", roff(command["summary"])]
    if command["explanation"]:
        lines += [".PP", roff(command["explanation"])]
    lines += entries((argument["name"], argument["description"]) for argument in command["arguments"])
    lines += entries((option_heading(option), option["description"]) for option in command["options"])
    if command["shared"]:
        lines += [".PP", roff(f"Also takes {' and '.join(command['shared'])}.")]
    return lines + example(command["example"])


def man_page(usage, version):
    lines = [f'.TH UTVEI 1 "" "utvei {version}" "User Commands"', ".SH NAME", f"utvei \\- {roff(usage['description'][0].lower() + usage['description'][1:].rstrip('.'))}",
             ".SH SYNOPSIS", ".B utvei", ".I COMMAND", "[OPTION]...", ".SH DESCRIPTION",
             "Data go to standard output, messages to standard error. No command needs a network.", ".SH COMMANDS"]
    for command in usage["commands"]:
        lines += command_section(command)
    lines += [".SH OPTIONS", "They may stand before or after the command."]
    lines += entries((option_heading(option), option["description"]) for option in usage["options"])
    lines += [".SH EXIT STATUS", *entries(EXIT_CODES)]
    lines += [".SH FILES", *entries([("/usr/share/utvei", "Scenarios to copy: a made-up register (demo), a model of Norway, five projects."),
                                     ("/usr/share/doc/utvei", "Tutorials, file formats, methods, limits.")])]
    return "\n".join(lines) + "\n"


def main(program, version, output):
    page = man_page(read_usage(program), version).encode("utf-8")
    Path(output).write_bytes(gzip.compress(page, 9, mtime=0))  # the same bytes whenever it is made


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[3] != "-o":
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[4])
