# SPDX-License-Identifier: Apache-2.0
"""readers/python: tables as in the CSV, differences as `utvei compare` has them.

usage: python_reader.py PROGRAM RUNS       RUNS: folders one, draws and replicates with baseline.h5 and what_if.h5
"""
import csv
import math
import sys
from pathlib import Path

from exported import need, number, rows, run

need("h5py", "pandas")
sys.path.insert(0, str(Path(__file__).parents[2] / "readers/python"))
import utvei  # noqa: E402

program, runs = sys.argv[1], Path(sys.argv[2])


def same(one, other):
    one, other = (math.nan if value is None else value for value in (one, other))
    return math.isnan(one) and math.isnan(other) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def check_difference(folder, interval):
    baseline, scenario = folder / "baseline.h5", folder / "what_if.h5"
    table = csv.DictReader(run(program, "compare", baseline, scenario, "--format", "csv", "--quiet").splitlines())
    wanted = {(line["region"], line["year"], line["state"]): line for line in table if line["measure_of"] == "person_years"}
    for by in (["state"], ["region", "state"], ["year", "state"]):
        found = utvei.difference(baseline, scenario, "person_years", by=by)
        for _, row in found.iterrows():
            line = wanted[(str(row.get("region", "")), str(row.get("year", "")), row["state"])]
            keys = ["baseline", "value", "difference", "mc_se"] + (["low_95", "high_95"] if interval == "parameters" else [])
            assert row["interval"] == interval
            for key in keys:
                assert same(row[key], number(line[key])), (folder, key, dict(row), line)
    heads = utvei.difference(baseline, scenario, "stock", where={"year": 2030, "state": ["work", "aap"]}, by=["state"])
    assert list(heads["state"]) == ["work", "aap"] and list(heads["state_label"])[0] == "Arbeid"


check_difference(runs / "draws", "parameters")
check_difference(runs / "one", "simulation")
check_difference(runs / "replicates", "simulation")
result = runs / "draws/baseline.h5"
assert "person_years" in list(utvei.tables(result)["table"])
assert utvei.about(result)["seed"] == 42
frame = utvei.table(result, "stock", language="en")
lines = rows(program, result, "stock")
assert list(frame["value"]) == [float(line["value"]) for line in lines]
assert list(frame["year"]) == [int(line["year"]) for line in lines] and list(frame["region"]) == [line["region"] for line in lines]
assert "Work" in set(frame["state_label"])
for wrong, error in ((lambda: utvei.difference(result, runs / "draws/what_if.h5", "stock", by=["state"]), ValueError),
                     (lambda: utvei.difference(result, runs / "one/what_if.h5", "stock", by=["year"]), ValueError),
                     (lambda: utvei.table(result, "stok"), KeyError)):
    try:
        wrong()
    except error:
        continue
    raise AssertionError(error)
