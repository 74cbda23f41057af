# SPDX-License-Identifier: Apache-2.0
"""Whether the JSON Schemas and `utvei check` say the same of a file.

usage: agreement.py ROOT UTVEI        exit code 0: they agree; 1: they do not; 77: python3-jsonschema or PyYAML is missing

Every shipped file passes both. Small files that both accept are then changed, key by key as the schema lists them: a key
is added, misspelt, removed, or gets a value of another kind; both must say the same of it. What only a reader can know the
schema may let pass: whether there is a state or a column of that name, and what WIDER lists. A key that the reader knows and
the schema does not is found by asking the reader, which answers an unknown key with those that it knows.
"""
import copy
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

from samples import BASES, FILES, FOLLOWED, FROM_TRIAL, INCOME, MIXED, MODEL, MONEY, SCENARIO, TRIAL
from wider import WIDER

KINDS = ("model", "scenario", "study", "population", "mapping", "income", "money", "calibration", "trial", "power", "mix", "regions", "batch", "plan")

# Keys that the reader knows only to say that they are not in this version.
LATER = {"region_covariates", "breaks"}
FILES_AT_ONCE = 40
STRANGER = "zzzzqqqqzzzz"
CANDIDATES = (12345, 0.5, -1, True, [], [1], ["some text"], {}, {"some key": 1}, "some text")


class Loader(yaml.SafeLoader):
    """Dates stay text, as an editor that reads YAML 1.2 has them."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path):
    """With text for keys, as JSON has it."""
    return json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), Loader)))


class Schemas:
    def __init__(self, root):
        folder = root / "docs" / "formats" / "schema"
        self.by_kind = {k: json.loads((folder / f"{k}.schema.json").read_text(encoding="utf-8")) for k in KINDS}
        for schema in self.by_kind.values():
            jsonschema.Draft7Validator.check_schema(schema)
        self.validators = {k: jsonschema.Draft7Validator(schema) for k, schema in self.by_kind.items()}

    def problems(self, kind, document):
        return [f"{'.'.join(map(str, e.path))}: {e.message}" for e in self.validators[kind].iter_errors(document)]

    def shape(self, kind, schema):
        """The part of a schema that lists keys: behind references and alternatives."""
        if "$ref" in schema:
            return self.shape(kind, self.by_kind[kind]["definitions"][schema["$ref"].rsplit("/", 1)[1]])
        if "properties" in schema or "items" in schema or isinstance(schema.get("additionalProperties"), dict):
            return schema
        for part in schema.get("anyOf", []) + schema.get("allOf", []):
            shape = self.shape(kind, part)
            if "properties" in shape:
                return shape
        return schema


def at(document, path):
    for step in path:
        document = document[step]
    return document


def changed(document, path, change):
    copied = copy.deepcopy(document)
    change(at(copied, path))
    return copied


def misspelt(key):
    return key[:-1] + "qx"


def set_value(key, value):
    return lambda keys: keys.__setitem__(key, value)


def variants(schemas, kind, document, schema, path=()):
    """(name, document, whether the reader may know more) of each change below `path`."""
    shape = schemas.shape(kind, schema)
    here = at(document, path)
    if isinstance(here, list):
        if here and isinstance(here[0], dict):
            yield from variants(schemas, kind, document, shape["items"], (*path, 0))
        return
    if not isinstance(here, dict):
        return
    for key, sub in shape.get("properties", {}).items():
        name = ".".join(map(str, (*path, key)))
        only_reader_knows = WIDER.get(".".join(step for step in (kind, *path, key) if isinstance(step, str)), "")
        is_wider = bool(only_reader_knows)
        values = [here[key]] if key in here else []
        values += [value for value in sub.get("examples", []) if value not in values]
        for value in values:
            full = changed(document, path, set_value(key, value))
            yield f"{name} = {json.dumps(value)}", full, is_wider
            if not is_wider or key in here and value == here[key]:
                yield from variants(schemas, kind, full, sub, (*path, key))
        yield f"{name} misspelt", changed(document, path, set_value(misspelt(key), values[0] if values else 1)), "else it is a" in only_reader_knows
        if key in here:
            yield f"{name} removed", changed(document, path, lambda keys, k=key: keys.pop(k)), is_wider
        takes_text = not schemas.problems(kind, changed(document, path, set_value(key, "some text")))
        for value in CANDIDATES:
            is_open = takes_text or isinstance(value, (str, dict)) or value == ["some text"] or is_wider
            yield f"{name} = {json.dumps(value)}", changed(document, path, set_value(key, value)), is_open
    if "properties" not in shape and isinstance(shape.get("additionalProperties"), dict):
        for key in list(here)[:1]:
            yield from variants(schemas, kind, document, shape["additionalProperties"], (*path, key))


def maps(schemas, kind, document, schema, path=()):
    """(path, keys of the schema) of each map of a document."""
    shape, here = schemas.shape(kind, schema), at(document, path)
    if isinstance(here, list) and here and "items" in shape:
        yield from maps(schemas, kind, document, shape["items"], (*path, 0))
    if not isinstance(here, dict):
        return
    if "properties" in shape:
        yield path, set(shape["properties"])
    for key in here:
        sub = shape.get("properties", {}).get(key, shape.get("additionalProperties"))
        if isinstance(sub, dict):
            yield from maps(schemas, kind, document, sub, (*path, key))


class Reader:
    """`utvei check` in a folder that holds what the files name."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder, text=True, capture_output=True, check=False)

    def refuses(self, path):
        done = self.run("check", str(path))
        if done.returncode not in (0, 3, 4):
            raise RuntimeError(f"check {path} ended with {done.returncode}: {done.stderr}")
        return done.stderr if done.returncode else ""

    def refuses_each(self, paths):
        """What it says of each of many files: of all in one run, or one by one where it speaks of something else as well."""
        done = self.run("check", "--format", "json", *map(str, paths))
        said = {str(path): [] for path in paths}
        try:
            for entry in json.loads(done.stdout):
                if entry["severity"] == "error":
                    said[entry["file"]].append(f"{entry['problem']} ({entry['help']})")
            return ["\n".join(said[str(path)]) for path in paths]
        except (KeyError, ValueError):
            return [self.refuses(path) for path in paths]


class TrialReader(Reader):
    """A trial is read with the model of a scenario that has an effect of it."""

    def scenario_of(self, path):
        scenario = copy.deepcopy(FROM_TRIAL)
        scenario["measures"][0]["effects"][0]["from_trial"]["population"] = str(path)
        beside = self.folder / f"of-{path.name}"
        beside.write_text(json.dumps(scenario), encoding="utf-8")
        return beside

    def refuses(self, path):
        return super().refuses(self.scenario_of(path))

    def refuses_each(self, paths):
        beside = {str(self.scenario_of(path)): str(path) for path in paths}
        done = self.run("check", "--format", "json", *beside)
        said = {str(path): [] for path in paths}
        for entry in json.loads(done.stdout):
            if entry["severity"] == "error":
                said[beside.get(entry["file"], entry["file"])].append(f"{entry['problem']} ({entry['help']})")
        return ["\n".join(said[str(path)]) for path in paths]


def disagreements(schemas, reader, kind, base, under):
    """`under`: changes of keys that begin so; the others are those of another sample of the kind."""
    def compare(numbered):
        paths = [reader.folder / f"{kind}-{number}.yaml" for number, _ in numbered]
        for path, (_, (_, document, _)) in zip(paths, numbered):
            path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        for (_, (name, document, may_know_more)), of_reader in zip(numbered, reader.refuses_each(paths)):
            of_schema = schemas.problems(kind, document)
            if bool(of_schema) != bool(of_reader) and not (of_reader and may_know_more):
                yield f"{kind}: {name}\n  schema: {of_schema or 'accepts'}\n  reader: {of_reader or 'accepts'}"

    ours = (change for change in variants(schemas, kind, base, schemas.by_kind[kind]) if change[0].startswith(under))
    changes = list(enumerate([("as it is", base, False), *ours]))
    parts = [changes[first : first + FILES_AT_ONCE] for first in range(0, len(changes), FILES_AT_ONCE)]
    with ThreadPoolExecutor(2) as pool:
        found = [text for texts in pool.map(lambda part: list(compare(part)), parts) for text in texts]
    found += [f"{kind}: the sample itself: {problem}" for problem in schemas.problems(kind, base)]
    print(f"{kind}: {len(changes)} files, {len(found)} disagreements")
    return found


def keys_that_the_schema_lacks(schemas, reader, kind, base):
    """The reader answers a key that is like none with all keys that it knows."""
    path = reader.folder / f"{kind}-stranger.yaml"
    for where, keys in maps(schemas, kind, base, schemas.by_kind[kind]):
        document = changed(base, where, set_value(STRANGER, 1))
        if not schemas.problems(kind, document):
            continue  # its keys are names, of states or dimensions
        path.write_text(json.dumps(document), encoding="utf-8")
        answer = re.search(rf"`{STRANGER}`.*?help: known: ([^\n]*)", reader.refuses(path), re.DOTALL)
        known = set(answer[1].split(", ")) if answer else {"(no answer)"}
        known = {key for key in known if not key.startswith("…")}  # a long list is cut short
        if lacking := known - keys - LATER:
            yield f"{kind}: {'.'.join(map(str, where)) or 'top'}: the schema has no {sorted(lacking)}"


def kind_of(path):
    """What a file says it is, or the one that it extends."""
    document = read_yaml(path)
    while "utvei" not in document and "extends" in document:
        path = path.parent / document["extends"]
        document = read_yaml(path)
    return str(document.get("utvei", "scenario/1")).split("/", maxsplit=1)[0]


def shipped(root, schemas, program, folder):
    """Every file of scenarios/, with the rates that its study makes, and its people."""
    shutil.copytree(root / "scenarios", folder / "scenarios")
    for study in sorted((folder / "scenarios").rglob("study.yaml")):
        done = Reader(program, study.parent).run("estimate", study.name, "-o", "rates.h5")
        if done.returncode:
            yield f"estimate {study.relative_to(folder)}: {done.stderr}"
    for recipe in sorted((folder / "scenarios").rglob("population.yaml")):
        done = Reader(program, recipe.parent).run("populate", recipe.name, "-o", "people.h5")
        if done.returncode:
            yield f"populate {recipe.relative_to(folder)}: {done.stderr}"
    paths = sorted((folder / "scenarios").rglob("*.yaml"))
    with ThreadPoolExecutor(2) as pool:
        refused = list(pool.map(lambda path: Reader(program, path.parent).refuses(path.name), paths))
    for path, problem in zip(paths, refused):
        if problems := schemas.problems(kind_of(path), read_yaml(path)):
            yield f"{path.relative_to(folder)}: {problems}"
        if problem:
            yield f"{path.relative_to(folder)}: {problem}"


def main(root, program):
    schemas = Schemas(root)
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        named = {"model": MODEL, "scenario": SCENARIO, "followed": FOLLOWED, "mixed": MIXED, "trial": TRIAL, "income": INCOME, "money": MONEY,
                 "covariates": {**MODEL, "regions": "covariates.csv"}}
        for path, text in {**FILES, **{f"{kind}.yaml": json.dumps(document) for kind, document in named.items()}}.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        for kind, base, *under in BASES:
            reader = TrialReader(program, folder) if kind == "trial" else Reader(program, folder)
            found += disagreements(schemas, reader, kind, base, tuple(under) or "")
            found += keys_that_the_schema_lacks(schemas, reader, kind, base)
        found += shipped(root, schemas, program, folder)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), str(Path(sys.argv[2]).resolve())))
