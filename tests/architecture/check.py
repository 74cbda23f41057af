# SPDX-License-Identifier: Apache-2.0
"""Holds the sources to tests/architecture/rooms.txt: who includes whom, who links what, and the shape of a file.

usage: check.py ROOT        prints every violation as path:line: what is wrong; exit code 1 if there is one
"""
import re
import sys
from pathlib import Path

LINES_AT_MOST = 400
SOURCES = (".cpp", ".hpp", ".py", ".R", ".sh")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
FILE_NAME = re.compile(r"^[a-z][a-z0-9_]*\.[A-Za-z]+$")
TYPE = re.compile(r"^(?:struct|class|enum class|enum|union)\s+(\w+)\s*(?:final\s*)?(?::[^;]*)?\{")
EXIT = re.compile(r"console\.data\(|\b(?:write_texts?|write_text_file|write_file_atomically|write_hdf5_file|extend_hdf5_file|save_\w+)\(|\bConsoleStream\b|\bAtomicFile\b|\.set_content\(")
LANGUAGE_HEADERS = re.compile(r"^[a-z_0-9]+$")


class Rules:
    """The table of rooms.txt."""

    def __init__(self, path):
        self.uses, self.libraries, self.long_files, self.exits = {}, [], {}, {}
        section = None
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.split("#")[0].strip()
            if line.startswith("["):
                section = line.strip("[]")
            elif line:
                self._read(section, [cell.strip() for cell in line.split(" :" if section == "libraries" else ":")])

    def _read(self, section, cells):
        if section == "rooms":
            self.uses[cells[0]] = set(words(cells[1]))
        elif section == "libraries":
            name, includes, targets, rooms = cells
            self.libraries.append((name, words(includes), words(targets), words(rooms)))
        elif section == "exits":
            self.exits[cells[0]] = (words(cells[1]), cells[2])
        elif section == "long files":
            self.long_files[cells[0]] = cells[1]

    def reach(self, room):
        """All rooms that a room may use, itself among them."""
        seen, ahead = set(), [room]
        while ahead:
            at = ahead.pop()
            if at not in seen:
                seen.add(at)
                ahead.extend(self.uses.get(at, ()))
        return seen

    def library_of_include(self, header):
        return next((entry for entry in self.libraries if any(header.startswith(start) for start in entry[1])), None)

    def library_of_target(self, target):
        return next((entry for entry in self.libraries if target in entry[2]), None)


def words(cell):
    return [word for word in re.split(r"[,\s]+", cell) if word and word != "-"]


def room_of(path):
    """The room that a file belongs to, and whether it is a test of that room; (None, False) for what has none."""
    parts = path.parts
    if parts[:2] == ("output", "report"):
        return "page", False
    if parts[0] == "output":
        return "output", False
    if parts[0] == "sim" and len(parts) > 2:
        return parts[1], False
    if parts[:2] == ("include", "utvei") and len(parts) > 3:
        return parts[2], False
    if parts[:2] == ("tests", "unit") and len(parts) > 3:
        return parts[2], True
    return None, False


def sources_of(root):
    for top in ("include", "sim", "output", "tests", "bench", "cmake", "scenarios", "readers", "docs", "packaging"):
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and path.suffix in SOURCES and not {"__pycache__", "node_modules"} & set(path.parts):
                yield path.relative_to(root)


def check_includes(root, path, rules):
    room, is_test = room_of(path)
    if room is None or path.suffix not in (".cpp", ".hpp"):
        return
    if room not in rules.uses:
        yield path, 1, f"the room {room} is not in rooms.txt"
        return
    allowed = rules.reach(room)
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        quoted, header = found[1] == '"', found[2]
        if header.startswith("utvei/"):
            used = header.split("/")[1]
            if used not in allowed:
                yield path, number, f"{room} may not use {used} (<{header}>)"
        elif is_test:
            continue
        elif quoted:
            if "/" in header:
                yield path, number, f'"{header}": private headers stay in their own folder'
        else:
            yield from check_outside(path, number, room, header, rules)


def check_outside(path, number, room, header, rules):
    library = rules.library_of_include(header)
    if library is None:
        if not LANGUAGE_HEADERS.match(header):
            yield path, number, f"<{header}> belongs to no library of rooms.txt"
    elif "*" not in library[3] and room not in library[3]:
        yield path, number, f"{library[0]} belongs to {', '.join(library[3])}, not to {room} (<{header}>)"


def check_links(root, rules):
    """The link lines of CMake say the same as the table."""
    for path in sorted([*root.glob("sim/*/CMakeLists.txt"), *root.glob("output/CMakeLists.txt"), *root.glob("output/report/CMakeLists.txt")]):
        relative = path.relative_to(root)
        room = room_of(relative)[0]
        text = "\n".join(line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
        allowed = rules.reach(room) - {room}
        used = {name for uses in re.findall(r"USES([^)]*?)(?:PRIVATE|\))", text) for name in uses.split()}
        used |= set(re.findall(r"\butvei_(\w+)\b(?=[^(]*\))", text)) - {"module", "test", room}
        for name in sorted(used & set(rules.uses) - allowed):
            yield relative, 1, f"{room} may not link {name}"
        for word in sorted(set(re.findall(r"[\w:+-]+", text))):
            library = rules.library_of_target(word)
            if library and "*" not in library[3] and room not in library[3]:
                yield relative, 1, f"{library[0]} belongs to {', '.join(library[3])}, not to {room} ({word})"


def check_names(root, paths):
    """Rooms share one namespace: two types of one name outside unnamed namespaces would be merged by the linker without a word."""
    seen = {}
    for path in paths:
        if path.suffix not in (".cpp", ".hpp") or path.parts[0] not in ("include", "sim", "output"):
            continue
        unnamed = False
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("namespace {"):
                unnamed = True
            elif line == "}  // namespace":
                unnamed = False
            found = TYPE.match(line)
            if found and not unnamed:
                if found[1] in seen:
                    yield path, number, f"{found[1]} is a type of {seen[found[1]]} already"
                seen.setdefault(found[1], path)


def check_shape(root, path, rules):
    lines = (root / path).read_text(encoding="utf-8").splitlines()
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines[:2]):
        yield path, 1, "the line SPDX-License-Identifier: Apache-2.0 is missing"
    if not FILE_NAME.match(path.name):
        yield path, 1, "file names are lower case words joined by _"
    if path.name.startswith("utvei_"):
        yield path, 1, "everything here is utvei; the file name need not say it"
    if len(lines) > LINES_AT_MOST and str(path) not in rules.long_files:
        yield path, LINES_AT_MOST + 1, f"{len(lines)} lines; cut it, or name the reason under [long files] in rooms.txt"


def check_exits(root, paths, rules):
    """No number leaves but through a gate: who writes or prints is listed with what keeps numbers of a register inside."""
    table = Path("tests/architecture/rooms.txt")
    for path in paths:
        if path.suffix != ".cpp" or room_of(path)[0] not in ("cli", "output", "page", "studio") or path.parts[0] == "tests":
            continue
        text = "\n".join(line.split("//")[0] for line in (root / path).read_text(encoding="utf-8").splitlines())
        if not EXIT.search(text):
            continue
        if str(path) not in rules.exits:
            yield path, 1, "writes or prints, and is not under [exits] in rooms.txt with the gate that its numbers pass"
            continue
        gates, reason = rules.exits[str(path)]
        if not gates and not reason:
            yield table, 1, f"{path} has neither a gate nor a reason"
        for gate in gates:
            if not re.search(rf"\b{gate}\b", text):
                yield path, 1, f"does not call {gate}, which rooms.txt says its numbers pass"


def check_table(root, rules):
    table = Path("tests/architecture/rooms.txt")
    for room, used in rules.uses.items():
        for name in sorted(used - set(rules.uses)):
            yield table, 1, f"{room} uses {name}, which is no room"
        if any(room in rules.reach(name) for name in used):
            yield table, 1, f"{room} uses itself in a circle"
    for path in rules.long_files:
        if not (root / path).is_file() or len((root / path).read_text(encoding="utf-8").splitlines()) <= LINES_AT_MOST:
            yield table, 1, f"{path} needs no exception any more"


def violations(root):
    rules = Rules(root / "tests/architecture/rooms.txt")
    yield from check_table(root, rules)
    yield from check_links(root, rules)
    paths = list(sources_of(root))
    yield from check_names(root, paths)
    yield from check_exits(root, paths, rules)
    for path in paths:
        yield from check_includes(root, path, rules)
        yield from check_shape(root, path, rules)


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(violations(Path(arguments[0])))
    for path, line, message in found:
        print(f"{path}:{line}: {message}")
    print(f"{len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
