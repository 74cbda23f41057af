# SPDX-License-Identifier: Apache-2.0
"""datapackage.json and ro-crate-metadata.json say of the files beside them what is so.

usage: package_reader.py PROGRAM RESULT REGISTER_RESULT
"""
import csv
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from exported import run

program, result, register = sys.argv[1:]


def check_resource(folder, resource):
    """Types, codes and hash are those of the file."""
    data = (folder / resource["path"]).read_bytes()
    assert resource["bytes"] == len(data) and resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
    heading, *lines = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=resource["dialect"]["delimiter"])
    fields = resource["schema"]["fields"]
    assert heading == [field["name"] for field in fields], (heading, fields)
    empty = 0
    for line in lines:
        for text, field in zip(line, fields, strict=True):
            if field["name"] == "value" and text == "":
                empty += 1
            elif field["type"] in ("integer", "year"):
                int(text)
            elif field["type"] == "number":
                float(text.replace(field.get("decimalChar", "."), "."))
            elif "constraints" in field:
                assert text in field["constraints"]["enum"]
    assert empty == resource.get("heldBack", 0)
    return empty


with tempfile.TemporaryDirectory() as place:
    folder = Path(place) / "tables"
    for source, more in ((result, []), (result, ["--dialect", "norwegian", "--labels"]), (register, [])):
        shutil.rmtree(folder, ignore_errors=True)
        run(program, "export", source, "-o", folder, "--quiet", *more)
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        paths = {resource["path"] for resource in package["resources"]}
        assert paths == {path.name for path in folder.iterdir()} - {"datapackage.json"}
        held_back = sum(check_resource(folder, resource) for resource in package["resources"])
        assert package["utvei"]["heldBack"] == held_back and (held_back > 0) == (source == register)
        assert package["utvei"]["seed"] == 4294967295 and package["sources"][0]["title"] == "modell æ.yaml"

    runs = Path(place) / "runs og mer"
    runs.mkdir()
    shutil.copy(result, runs / "grunnlag æ.h5")
    (runs / "notat.txt").write_text("x", encoding="utf-8")
    for _ in range(2):  # it does not describe itself
        run(program, "export", runs, "--as", "ro-crate", "--licence", "https://creativecommons.org/licenses/by/4.0/", "--quiet")
    crate = json.loads((runs / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    assert entities["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
    root = entities["./"]
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert [part["@id"] for part in root["hasPart"]] == ["grunnlag%20%C3%A6.h5", "notat.txt"]
    file = entities["grunnlag%20%C3%A6.h5"]
    assert file["sha256"] == hashlib.sha256(Path(result).read_bytes()).hexdigest()

    def references(value):
        if isinstance(value, dict):
            if set(value) == {"@id"}:
                yield value["@id"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    known = set(entities) | {"https://w3id.org/ro/crate/1.1"}
    assert set(references(crate["@graph"])) <= known, set(references(crate["@graph"])) - known
    run_of = entities["#run-grunnlag%20%C3%A6.h5"]
    assert run_of["@type"] == "CreateAction" and 'utvei run "a b.yaml"' in run_of["description"] and len(run_of["object"]) == 2
