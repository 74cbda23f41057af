# SPDX-License-Identifier: Apache-2.0
"""Completion for zsh, made of what the program says of itself.

usage: zsh_completion.py UTVEI -o _utvei
"""
import sys
from pathlib import Path

from usage import extensions_of, read_usage, shared_options

SCRIPT = """\
#compdef utvei
# SPDX-License-Identifier: Apache-2.0
# Completion of utvei(1) for zsh; made of `utvei help --format json`.

_utvei() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
@NAMES@
  )
  _arguments -C \\
@SHARED@
    '1: :->command' '*:: :->words'
  case $state in
    command) _describe -t commands 'utvei command' commands ;;
    words)
      case $words[1] in
@COMMANDS@
      esac ;;
  esac
}

_utvei "$@"
"""


def quoted(text):
    """Between single quotes, with the signs escaped that _arguments reads."""
    for sign in "\\[]:":
        text = text.replace(sign, "\\" + sign)
    return text.replace("'", "'\\''").replace("\n", " ")


def action_of(option):
    if option["choices"]:
        return f"({' '.join(option['choices'])})"
    return {"FILE": "_files", "FOLDER": "_files -/"}.get(option["value"], "")


def option_specs(option):
    """'*--set[…]:KEY=VALUE:', and both names of -o and --output, of which one is enough."""
    names, many = option["names"], "*" if option["repeatable"] else ""
    others = f"({' '.join(names)})" if len(names) > 1 else ""
    value = "" if option["value"] is None else f":{quoted(option['value'] or 'value')}:{action_of(option)}"
    return [f"'{others}{many}{name}[{quoted(option['description'])}]{value}'" for name in names]


def argument_spec(usage, command, argument):
    if argument["name"] == "COMMAND":
        action = f"({' '.join(each['name'] for each in usage['commands'])})"
    elif argument["choices"]:
        action = f"({' '.join(argument['choices'])})"
    else:
        action = f'_files -g "*.({"|".join(extensions_of(command, argument))})(-.)"'
    return f"'{'*' if argument['repeatable'] else ''}:{quoted(argument['name'])}:{action}'"


def command_case(usage, command):
    specs = [spec for option in [*command["options"], *shared_options(usage, command)] for spec in option_specs(option)]
    specs += ["'--help[Explain and leave]'"]
    specs += [argument_spec(usage, command, argument) for argument in command["arguments"]]
    return f"        {command['name']})\n          _arguments \\\n            " + " \\\n            ".join(specs) + " ;;"


def completion(usage):
    names = "\n".join(f"    '{command['name']}:{quoted(command['summary'])}'" for command in usage["commands"])
    shared = " \\\n".join(f"    {spec}" for option in usage["options"] for spec in option_specs(option)) + " \\"
    commands = "\n".join(command_case(usage, command) for command in usage["commands"])
    return SCRIPT.replace("@NAMES@", names).replace("@SHARED@", shared).replace("@COMMANDS@", commands)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] != "-o":
        sys.exit(__doc__)
    Path(sys.argv[3]).write_text(completion(read_usage(sys.argv[1])), encoding="utf-8")
