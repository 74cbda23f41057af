# SPDX-License-Identifier: Apache-2.0
"""An attack on what follows lists: who takes part in measures, contacts with services, and people who are followed.

usage: attack_lists.py ROOT UTVEI      exit code 0: no hidden count is found; 1: some are; 77: glpsol is missing

As attack.py: the made-up register of the demo is taken for a real one, and simulated with few people. Beside the tables
the attacker has what `compare` says in JSON of participants and of events, and knows that who began so long before the
end of the run began in the years before, that contacts in which all needs are met are among all contacts, and likewise
of offers, requests and participants. A number of one to four people counts as found if linear programming says that it
is below five, or holds it in an interval shorter than four.
"""
import csv
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from attack import LEAST, prepare, run
from linear import Puzzle

EVERY = 2
YEARS = ["2025", "2026", "2027"]
#: what is among what
PARTS = {"contacts_all_met": "contacts", "refusals": "offers", "turned_away": "requests", "served_at_once": "participants"}
WHOLES = sorted(set(PARTS.values()))
SCENARIO = """extends: a.yaml
name: {name}
measures:
  coach:
    who: {{state: unemployed, age: {{to: 40}}}}
    found_after: {{median: 3 months}}
    uptake: 0.7
    places: {{total: {places}}}
    queue: {{gives_up_after: {{median: 3 months}}}}
    lasts: {{median: 6 months}}
    effects: [{{transition: unemployed -> work, hazard_ratio: 1.3, assumed: true}}]
needs:
  debt: {{share: 0.3, takes: {{median: 4 months}}}}
coordination:
  way: one_after_another
  contact: [unemployed, aap, no_known_status]
  assessment_after: {{one_after_another: {{median: 2 months}}, referral: {{median: 1 month}}, together: {{median: 1 month}}}}
  hand_over: {{median: 1 month}}
events:
  job: {{since: {{measure: coach}}, comes_to: work, within: 2 years}}
  first: {{since: run, comes_to: unemployed, within: 2 years}}
"""


def exported(utvei, folder, name, *more):
    """Cells of tables of measures and contacts by quantity and place; None where the value is empty."""
    cells = {}
    for row in csv.DictReader(io.StringIO(run(utvei, folder, "export", f"runs/{name}.h5", *more))):
        quantity, value = row.pop("table"), row.pop("value")
        place = frozenset((d, l) for d, l in row.items() if l and d not in ("draw", "replicate"))
        cells[quantity, place] = float(value) if value else None
    return cells


def with_sums(cells):
    """Sums over regions and years as well."""
    whole = {}
    for (quantity, place), value in cells.items():
        if (quantity not in PARTS and quantity not in WHOLES) or not {d for d, _ in place} <= {"region", "year", "measure"}:
            continue
        for gone in ((), ("region",), ("year",), ("region", "year")):
            key = quantity, frozenset(at for at in place if at[0] not in gone)
            whole[key] = whole.get(key, 0) + value
    return whole


def compared(utvei, folder, name):
    """What a comparison with `c` prints of the scenario: lines, and summaries."""
    cells = {}
    for row in csv.DictReader(io.StringIO(run(utvei, folder, "compare", "runs/c.h5", f"runs/{name}.h5", "--format", "csv"))):
        quantity = row["measure_of"].split("_by_")[0]
        if quantity in PARTS or quantity in WHOLES:
            place = {d: row[d] for d in ("region", "year") if row[d]}
            if row["state"]:
                place["measure"] = row["state"]
            cells[quantity, frozenset(place.items())] = float(row["value"])
    return cells, json.loads(run(utvei, folder, "compare", "runs/c.h5", f"runs/{name}.h5", "--format", "json"))


def tables_puzzle(folder, truth, shown):
    """Counts with their sums over regions and years, and parts with the rest of their wholes."""
    puzzle = Puzzle(folder)
    for key, value in shown.items():
        if key in truth:
            puzzle.show(key, value)
    for (quantity, place), value in truth.items():
        for dimension in ("region", "year"):
            if dimension in dict(place):
                continue
            parts = [key for key in truth if key[0] == quantity and dimension in dict(key[1]) and
                     frozenset(at for at in key[1] if at[0] != dimension) == place]
            if parts:
                puzzle.tie([(1, part) for part in parts] + [(-1, (quantity, place))])
        if quantity in PARTS:
            rest = (f"not {quantity}", place)
            puzzle.may_be_none(rest)
            if (quantity, place) not in puzzle.shown:  # hidden with its whole
                puzzle.may_be_none((quantity, place))
            puzzle.tie([(1, (quantity, place)), (1, rest), (-1, (PARTS[quantity], place))])
    return puzzle


def rests(truth):
    """Those who are not of the part."""
    return {(f"not {q}", place): truth[PARTS[q], place] - value for (q, place), value in truth.items() if q in PARTS}


def participants_of(told):
    """Lists of who begins, and of where they are later, with their sums; None where a number is null."""
    cells = {}
    for list_ in told["began"]:
        for label, people in list_["people"].items():
            cells["began", list_["measure"], list_["by"], label] = people
        cells["began", list_["measure"], list_["by"], ""] = list_["all"]
    for list_ in told["after_start"]:
        for label, people in list_["people"].items():
            cells["later", list_["measure"], list_["months_after_start"], label] = people
        cells["later", list_["measure"], list_["months_after_start"], ""] = list_["followed"]
    return cells


def add_participants(puzzle, truth, shown):
    """Each list with its sum, and both with who began in the years of the run."""
    measures = sorted({key[1] for key in truth})
    for key, value in shown.items():
        if value is not None:
            puzzle.show(key, value)
    for of in sorted({key[:3] for key in truth}, key=str):
        labels = [key for key in truth if key[:3] == of and key[3]]
        puzzle.tie([(1, label) for label in labels] + [(-1, (*of, ""))])
    more = {}
    for measure in measures:
        everybody = "participants", frozenset({("measure", measure)})
        by_year = [("participants", frozenset({("measure", measure), ("year", year)})) for year in YEARS]
        for of in {key[2] for key in truth if key[0] == "began" and key[1] == measure}:
            puzzle.tie([(1, ("began", measure, of, "")), (-1, everybody)])
        # A month is a twelfth of 365.25 days: half a day before New Year nobody begins.
        puzzle.tie([(1, ("later", measure, 24, ""))] + [(-1, year) for year in by_year[:1]])
        puzzle.tie([(1, ("later", measure, 12, ""))] + [(-1, year) for year in by_year[:2]])
        last_year = {"later": truth["later", measure, 6, ""] - truth["later", measure, 12, ""]}
        last_year["last"] = truth["began", measure, "state", ""] - truth["later", measure, 6, ""]
        for name, value in last_year.items():
            more["half a year", measure, name, ""] = value
            puzzle.may_be_none(("half a year", measure, name, ""))
        puzzle.tie([(1, ("later", measure, 6, "")), (-1, ("later", measure, 12, "")), (-1, ("half a year", measure, "later", ""))])
        puzzle.tie([(1, everybody), (-1, ("later", measure, 6, "")), (-1, ("half a year", measure, "last", ""))])
    return {**{key: value for key, value in truth.items() if value is not None}, **more}


def event_ends(utvei, folder, name):
    """How following people ended, by event, months since and outcome."""
    ends = {}
    for row in csv.DictReader(io.StringIO(run(utvei, folder, "export", f"runs/{name}.h5", "--inside", "--table", "event_times"))):
        key = row["event"], int(row["months"]), row["event_outcome"]
        ends[key] = ends.get(key, 0) + float(row["value"])
    return ends


def add_events(puzzle, ends, told):
    """Who is followed still at a time, and to how many it has happened, as the shares say."""
    truth = {}
    for event in sorted({key[0] for key in ends}):
        shown = [one for one in told if one["event"] == event]
        stretches, begin = [], 0
        for mark in [int(one["months"]) for one in shown]:
            stretches += [(begin, mark), (mark, mark + 1)]
            begin = mark + 1
        cells = {}
        for first, end in stretches:
            for outcome in ("happened", "ended_otherwise", "not_followed"):
                cells[event, first, outcome] = sum(ends.get((event, m, outcome), 0) for m in range(first, end))
        for key in cells:
            puzzle.may_be_none(("event", *key))
        truth.update({("event", *key): value for key, value in cells.items()})
        for one in shown:
            mark, gone = int(one["months"]), {}
            before = [key for key in cells if key[1] < mark]
            puzzle.tie([(1, ("event", *key)) for key in before], one["persons"] - one["at_risk"])
            if sum(cells[key] for key in before if key[2] == "not_followed") == 0:  # else a life table says it, about
                until = [key for key in cells if key[1] <= mark and key[2] == "happened"]
                puzzle.tie([(1, ("event", *key)) for key in until], round(one["persons"] * one["value"], 6))
            for outcome in ("ended_otherwise", "not_followed"):
                sum_ = "event", event, f"before {mark}", outcome
                parts = [key for key in before if key[2] == outcome]
                truth[sum_] = sum(cells[key] for key in parts)
                puzzle.may_be_none(sum_)
                puzzle.tie([(1, ("event", *key)) for key in parts] + [(-1, sum_)])
    return truth


def found_in(puzzle, truth):
    """Small numbers that are shown, or found."""
    found = []
    small = sorted((key for key, value in truth.items() if 0 < value < LEAST), key=str)
    for key in small:
        least, most = (puzzle.shown[key],) * 2 if key in puzzle.shown else puzzle.bounds(key)
        # Of what may be none for all that is known, nothing is found but that it may.
        if least > 0 and (most < LEAST - 1e-6 or most - least < LEAST - 1 - 1e-6):
            found.append((key, truth[key], least, most))
    return found, len(small)


def found_with(folder, truth, people, ends, told):
    """What is found from the tables, lists and events that are told."""
    shown, lists, events = told
    puzzle = tables_puzzle(folder, truth, shown)
    everything = {**truth, **rests(truth), **add_participants(puzzle, people, lists), **add_events(puzzle, ends, events)}
    return (*found_in(puzzle, everything), len(everything))


def attack(utvei, folder, name):
    """All that is told of one scenario beside `c`, as one puzzle; then what would be told if small numbers alone were hidden."""
    truth = with_sums(exported(utvei, folder, name, "--inside"))
    shown = {key: value for key, value in exported(utvei, folder, name).items() if value is not None}
    lines, told = compared(utvei, folder, name)
    shown.update(lines)
    for key, value in shown.items():
        assert key not in truth or abs(truth[key] - value) < 1e-6, f"{key} is shown as {value} and is {truth[key]}"
    whole = json.loads(run(utvei, folder, "compare", "runs/c.h5", f"runs/{name}.h5", "--format", "json", "--inside"))
    people = participants_of(whole["participants"][name])
    ends = event_ends(utvei, folder, name)
    outside = shown, participants_of(told["participants"][name]), told["follow_ups"][name]["events"]
    found, small, numbers = found_with(folder, truth, people, ends, outside)
    print(f"{numbers} numbers, {small} of few people, {len(found)} found")
    for key, value, least, most in found:
        print(f"  {key}: {value:g} is known to be {least:g} to {most:g}")
    is_large = lambda value: value == 0 or value >= LEAST
    naive = ({key: value for key, value in truth.items() if is_large(value)},
             {key: value if is_large(value) else None for key, value in people.items()},
             whole["follow_ups"][name]["events"])
    found_naively, _, _ = found_with(folder, truth, people, ends, naive)
    print(f"with small numbers alone hidden, {len(found_naively)} are found")
    return bool(found) or not found_naively


def main(root, utvei):
    if shutil.which("glpsol") is None:
        print("skipped: glpsol (glpk-utils) is missing")
        return 77
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(root, utvei, folder, every=EVERY)
        for name, places in (("c", 20), ("d", 40)):
            (folder / f"{name}.yaml").write_text(SCENARIO.format(name=name, places=places))
        run(utvei, folder, "run", "c.yaml", "d.yaml", "--out", "runs", "--quiet")
        return 1 if attack(utvei, folder, "d") else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
