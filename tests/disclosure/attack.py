# SPDX-License-Identifier: Apache-2.0
"""An attack on what a batch exports: can hidden counts be had from all tables of two scenarios together?

usage: attack.py ROOT UTVEI      exit code 0: none can, and without complements some could; 1: some can; 77: glpsol is missing

The made-up register of the demo is taken for a real one, and simulated with few people in many cells. The attacker knows
all tables of both scenarios that `export` writes, all that `compare` prints of them and `report` holds, that sums are sums, that no hidden
number is 0, and that outside the region where the scenarios differ they are alike. A number of one to four people counts
as found if linear programming says that it is below five, or holds it in an interval shorter than four.
"""
import csv
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from linear import Puzzle, subsets

LEAST = 5
QUANTITIES = {"stock": {"region", "age_group", "state"}, "transitions": {"region", "age_group", "transition", "year"}}
CHANGED = "9902"
ATTACKED = 120
ASKED = 8


def run(utvei, folder, *arguments):
    done = subprocess.run([utvei, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


def prepare(root, utvei, folder, every=9):
    """Two scenarios of a register, of few people: one line of `every` of the demo's population."""
    for name in ("model.yaml", "study.yaml", "regions.csv", "persons.csv", "spells.csv"):
        shutil.copy(root / "scenarios/demo" / name, folder)
    run(utvei, folder, "estimate", "study.yaml", "--set", "data_class=register", "-o", "rates.h5", "--inside")
    lines = (root / "scenarios/demo/population.csv").read_text().splitlines()
    few = [line.rsplit(",", 1)[0] + ",1" for line in lines[1::every]]
    (folder / "population.csv").write_text("\n".join([lines[0], *few]) + "\n")
    (folder / "a.yaml").write_text(
        "utvei: scenario/1\nname: a\nmodel: model.yaml\nstart: 2025-01-01\nyears: 3\nseed: 7\n"
        "population: {file: population.csv}\nstock_dates: [\"11-16\"]\nage_groups: [16, 30, 50]\n"
        "breakdowns:\n  - [region, year, state]\n  - [year, age_group, state]\n")
    (folder / "b.yaml").write_text(
        f"extends: a.yaml\nname: b\nchanges:\n  - {{transition: unemployed -> work, hazard_ratio: 3, region: [\"{CHANGED}\"]}}\n")
    run(utvei, folder, "run", "a.yaml", "b.yaml", "--out", "runs", "--quiet")


def key_of(scenario, quantity, place):
    return scenario, quantity, frozenset(place.items())


def tables_of(utvei, folder, name, *more):
    """Cells by key; None where the value is empty. Dimensions of one place, and days outside the run, are left out."""
    cells = {}
    for row in csv.DictReader(io.StringIO(run(utvei, folder, "export", f"runs/{name}.h5", *more))):
        quantity = row.pop("table").split("_by_")[0]
        value = row.pop("value")
        if quantity not in QUANTITIES:
            continue
        place = {dimension: label for dimension, label in row.items() if label and dimension not in ("draw", "replicate")}
        cells[key_of(name, quantity, place)] = float(value) if value else None
    return cells


def compared(utvei, folder, *more):
    """Numbers of both scenarios that a comparison prints."""
    cells = {}
    for row in csv.DictReader(io.StringIO(run(utvei, folder, "compare", "runs/a.h5", "runs/b.h5", "--format", "csv", *more))):
        quantity = row["measure_of"].split("_by_")[0]
        if quantity not in QUANTITIES:
            continue
        place = {"transition" if quantity == "transitions" else "state": row["state"]}
        for dimension in ("region", "year", "age_group"):
            if row.get(dimension):
                place[dimension] = row[dimension]
        cells[key_of("a", quantity, place)] = float(row["baseline"])
        cells[key_of("b", quantity, place)] = float(row["value"])
    return cells


def reported(utvei, folder):
    """Numbers of both scenarios that the report's document holds: people by place, year and state, and moves."""
    document = json.loads(run(utvei, folder, "report", "runs/a.h5", "runs/b.h5", "--format", "json"))
    figures = {figure["id"]: figure for section in document["sections"] for figure in section["figures"]}
    rows = lambda name: [dict(zip((column["name"] for column in figures[name]["columns"]), row))
                         for row in (figures[name]["rows"] if name in figures else [])]
    cells = {}
    for row in rows("people-by-state"):
        place = {"state": row["state"], "year": f"{row['year']:.0f}", **({"region": row["region"]} if row["region"] else {})}
        if row["people"] is not None:
            cells[key_of(row["scenario"], "stock", place)] = row["people"]
    for row in rows("pathways"):
        cells[key_of(row["scenario"], "transitions", {"transition": f"{row['from']} -> {row['to']}"})] = row["people"]
    return cells, document


def check_figures(document):
    """No figure of a register has lives or kroner, and no number of one to four people."""
    for section in document["sections"]:
        for figure in section["figures"]:
            assert figure["id"] not in ("single-lives", "payers"), f"{figure['id']} is shown of a register"
            if figure["kind"] not in ("region_map", "difference_bands", "sankey"):
                continue
            names = [column["name"] for column in figure["columns"]]
            for row in figure["rows"]:
                for name in ("count", "people", "eligible", "baseline", "value"):
                    number = row[names.index(name)] if name in names else None
                    few = number is not None and figure["kind"] != "region_map" and 0 < number < LEAST
                    assert not few, f"{figure['id']}: {name} {number} is of few people"


def all_sums(cells):
    """The truth: every table and all sums of it, as far as counts add up."""
    whole = {}
    for (scenario, quantity, place), value in cells.items():
        add = QUANTITIES[quantity]
        kept = {d for d, _ in place} & {"state", "transition"}
        free = [d for d, _ in place if d in add and d not in kept]
        for gone in subsets(sorted(free)):
            left = frozenset((d, l) for d, l in place if d not in gone)
            table = frozenset(d for d, _ in place)
            whole.setdefault((scenario, quantity, left), {}).setdefault(table, 0.0)
            whole[scenario, quantity, left][table] += value
    return {key: next(iter(by_table.values())) for key, by_table in whole.items()}


def sums(truth):
    """Each sum with its parts along one dimension."""
    parts = {}
    for scenario, quantity, place in truth:
        for dimension, label in place:
            if dimension not in QUANTITIES[quantity] or dimension in ("state", "transition"):
                continue
            rest = frozenset(at for at in place if at[0] != dimension)
            if (scenario, quantity, rest) in truth:
                parts.setdefault((scenario, quantity, rest, dimension), []).append((scenario, quantity, place))
    return parts


def attack(truth, shown, folder):
    """The small numbers that are found, and how many were attacked."""
    puzzle = Puzzle(folder)
    for key, value in shown.items():
        puzzle.show(key, value)
    for (scenario, quantity, rest, _), parts in sums(truth).items():
        puzzle.tie([(1, part) for part in parts] + [(-1, (scenario, quantity, rest))])
    for scenario, quantity, place in truth:
        at = dict(place)
        if scenario == "a" and at.get("region", CHANGED) != CHANGED:
            puzzle.tie([(1, ("a", quantity, place)), (-1, ("b", quantity, place))])
    small = sorted((key for key, value in truth.items() if 0 < value < LEAST), key=lambda key: (*key[:2], sorted(key[2])))
    assert all(key not in shown for key in small), "a small number is shown"
    chosen = random.Random(1).sample(small, min(ATTACKED, len(small)))
    found = []
    for key in chosen:
        least, most = puzzle.bounds(key)
        if most < LEAST - 1e-6 or most - least < LEAST - 1 - 1e-6:
            found.append((key, truth[key], least, most))
    return found, len(chosen), len(small)


def asked_for(utvei, folder, truth, shown):
    """Hidden numbers that come out where somebody asks for them by name, or for what they differ by."""
    told = []
    # `50+` cannot be asked for: a plus stands between labels.
    may_be_asked = lambda key: key[:2] == ("a", "stock") and not any("+" in label for _, label in key[2])
    hidden = sorted((key for key in truth if key not in shown and truth[key] >= LEAST and may_be_asked(key)), key=lambda key: sorted(key[2]))
    for key in random.Random(2).sample(hidden, min(ASKED, len(hidden))):
        place = dict(key[2])
        outcome = "stock," + ",".join(f"{dimension}={label}" for dimension, label in sorted(place.items()))
        better = ("--better", place["state"] + "=more")
        ranked = run(utvei, folder, "compare", "runs/a.h5", "runs/b.h5", "--format", "json", "--rank", outcome, *better)
        if json.loads(ranked).get("rankings"):
            told.append(outcome)
        question = [utvei, "compare", "runs/a.h5", "runs/b.h5", "--tornado", "--outcome", outcome, *better]
        if subprocess.run(question, cwd=folder, capture_output=True, text=True).returncode == 0:
            told.append(f"--tornado {outcome}")
    return told, min(ASKED, len(hidden))


def main(root, utvei):
    if shutil.which("glpsol") is None:
        print("skipped: glpsol (glpk-utils) is missing")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(root, utvei, folder)
        inside = {**tables_of(utvei, folder, "a", "--inside"), **tables_of(utvei, folder, "b", "--inside")}
        truth = all_sums(inside)
        outside = {**tables_of(utvei, folder, "a"), **tables_of(utvei, folder, "b")}
        shown = {key: value for key, value in outside.items() if value is not None}
        for more in ((), ("--by", "age_group")):
            shown.update(compared(utvei, folder, *more))
        cells, document = reported(utvei, folder)
        check_figures(document)
        print(f"{len(cells)} numbers of the report, {sum(key not in shown for key in cells)} that no other command shows")
        shown.update(cells)
        for key, value in shown.items():
            assert abs(truth[key] - value) < 1e-6, f"{key} is shown as {value} and is {truth[key]}"
        found, attacked, small = attack(truth, shown, folder)
        hidden = len(truth) - sum(key in shown for key in truth)
        print(f"{len(truth)} numbers, {small} of few people, {hidden} hidden; {attacked} attacked, {len(found)} found")
        for key, value, least, most in found:
            print(f"  {key[0]} {key[1]} {dict(key[2])}: {value:g} is known to be {least:g} to {most:g}")
        told, asked = asked_for(utvei, folder, truth, shown)
        print(f"{asked} hidden numbers asked for by name, {len(told)} told {told}")
        naive = {key: value for key, value in truth.items() if value == 0 or value >= LEAST}
        found_naively, attacked, _ = attack(truth, naive, folder)
        print(f"with small numbers alone hidden, {len(found_naively)} of {attacked} are found")
        return 1 if found or told or not found_naively else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
