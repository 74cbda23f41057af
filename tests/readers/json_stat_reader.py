# SPDX-License-Identifier: Apache-2.0
"""JSON-stat 2.0: the description of the format as a schema, the numbers of the CSV, and `utvei tables` reads it back.

usage: json_stat_reader.py PROGRAM RESULT REGISTER_RESULT
"""
import csv
import itertools
import json
import sys
import tempfile
from pathlib import Path

from exported import need, number, rows, run, table_names

need("jsonschema")
import jsonschema  # noqa: E402

MAPPING = """utvei: mapping/1
file: stock.json
columns:
  draw: {keep: "0"}
  region: {as: region}
  year: {as: year}
  state: {as: state, values: {school: school, work: work, aap: aap}}
  ContentsCode: {keep: stock}
"""

program, result, register = sys.argv[1:]
schema = json.loads((Path(__file__).parent / "json_stat.schema.json").read_text(encoding="utf-8"))
hidden = 0


def cells(dataset):
    """Codes of the dimensions, value and status of each cell."""
    codes = [sorted(dataset["dimension"][name]["category"]["index"], key=dataset["dimension"][name]["category"]["index"].get)
             for name in dataset["id"]]
    for i, place in enumerate(itertools.product(*codes)):
        yield dict(zip(dataset["id"], place)), dataset["value"][i], dataset.get("status", {}).get(str(i))


for source in (result, register):
    for name in table_names(program, source):
        dataset = json.loads(run(program, "export", source, "--as", "json-stat2", "--table", name, "--quiet"))
        jsonschema.validate(dataset, schema)
        found = {}
        for place, value, status in cells(dataset):
            assert place.pop("ContentsCode") and (value is None) == (status is not None)
            if status != "..":
                found[tuple(place.items())] = value
        lines = rows(program, source, name)
        assert len(lines) == len(found)
        for line in lines:
            value = found[tuple((key, text) for key, text in line.items() if key not in ("table", "value"))]
            assert value == number(line["value"]), (name, line, value)
            hidden += value is None
assert hidden > 0

dataset = json.loads(run(program, "export", result, "--as", "json-stat2", "--table", "person_years", "--quiet"))
assert dataset["role"] == {"geo": ["region"], "time": ["year"], "metric": ["ContentsCode"]}
assert dataset["dimension"]["region"]["category"]["label"]["4204"] == "Kristiansand – Ålo"
assert dataset["extension"]["utvei"]["data_class"] == "synthetic"
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "stock.json").write_text(
        run(program, "export", result, "--as", "json-stat2", "--table", "stock", "--quiet"), encoding="utf-8")
    (Path(folder) / "stock.yaml").write_text(MAPPING, encoding="utf-8")
    read = list(csv.DictReader(run(program, "tables", Path(folder) / "stock.yaml", "--format", "csv").splitlines()))
lines = rows(program, result, "stock")
assert len(read) == len(lines)
for line in lines:
    same = [one for one in read if all(one[key] == line[key] for key in ("region", "year", "state"))]
    assert len(same) == 1 and number(same[0]["count"]) == number(line["value"]), (line, same)
