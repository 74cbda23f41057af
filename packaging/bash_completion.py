# SPDX-License-Identifier: Apache-2.0
"""Completion for bash, made of what the program says of itself.

usage: bash_completion.py UTVEI -o utvei
"""
import sys
from pathlib import Path

from usage import extensions_of, read_usage, shared_options

SCRIPT = """\
# SPDX-License-Identifier: Apache-2.0
# Completion of utvei(1) for bash; made of `utvei help --format json`.

_utvei_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

# _utvei_files ENDINGS WORD: folders, and files with one of these endings (of all kinds without one).
_utvei_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -d -- "$2"; compgen -f -- "$2" | while IFS= read -r file; do
    [ ! -d "$file" ] && [[ -z $1 || $file =~ \\.($1)$ ]] && printf '%s\\n' "$file"; done)
}

_utvei() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i
  # --format=json comes as three words.
  if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --threads | --lang) ((i += 1)) ;;
      -*) ;;
      *) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $before" in
@VALUES@
  esac
  case $command in
@COMMANDS@
  esac
}

complete -F _utvei utvei
"""


def value_case(command, option):
    """The line for the word after an option that takes a value; flags have none."""
    if option["value"] is None:
        return []
    action = ":"
    if option["choices"]:
        action = f'_utvei_words "{" ".join(option["choices"])}" "$word"'
    elif option["value"] == "FILE":
        action = '_utvei_files "" "$word"'
    elif option["value"] == "FOLDER":
        action = 'compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$word")'
    patterns = " | ".join(f'"{command} {name}"' for name in option["names"])
    return [f"    {patterns}) {action}; return ;;"]


def shared_value_cases(options):
    """--threads and --lang stand anywhere."""
    for option in options:
        if option["value"] is not None:
            yield from (line.replace(f'" {option["names"][0]}"', f'*" {option["names"][0]}"') for line in value_case("", option))


def words_case(usage, command):
    options = [name for option in [*command["options"], *shared_options(usage, command)] for name in option["names"]]
    lines = [f"    {command['name']})", f'      if [[ $word == -* ]]; then _utvei_words "{" ".join([*options, "--help"])}" "$word"; return; fi']
    argument = command["arguments"][-1] if command["arguments"] else None
    if any(each["name"] == "COMMAND" for each in command["arguments"]):
        lines.append(f'      _utvei_words "{" ".join(each["name"] for each in usage["commands"])}" "$word" ;;')
    elif argument and argument["choices"]:
        lines.append(f'      _utvei_words "{" ".join(argument["choices"])}" "$word" ;;')
    elif argument:
        endings = sorted({ending for each in command["arguments"] for ending in extensions_of(command, each)})
        lines.append(f'      _utvei_files "{"|".join(endings)}" "$word" ;;')
    else:
        lines.append("      ;;")
    return lines


def completion(usage):
    values = list(shared_value_cases(usage["options"]))
    commands = []
    for command in usage["commands"]:
        for option in command["options"]:
            values += value_case(command["name"], option)
        commands += words_case(usage, command)
    first = [each["name"] for each in usage["commands"]] + [name for option in usage["options"] for name in option["names"]]
    commands.append(f'    "") _utvei_words "{" ".join([*first, "--help"])}" "$word" ;;')
    return SCRIPT.replace("@VALUES@", "\n".join(values)).replace("@COMMANDS@", "\n".join(commands))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] != "-o":
        sys.exit(__doc__)
    Path(sys.argv[3]).write_text(completion(read_usage(sys.argv[1])), encoding="utf-8")
