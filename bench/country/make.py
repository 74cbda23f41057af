#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the folder of the workload "country": the Norwegian model at full size.

357 municipalities in 15 counties, 5.6 million people from 15 years on, thirty years. States, limits and national rates
are those of scenarios/norway; 26 transitions get an effect of each municipality (log-normal, sd 0.15 on the log scale),
as an estimate from registers would have. Municipalities have the sizes of a Zipf law, and people the states, ages and
traits of the first guess for their county. Nothing is drawn: the same files each time.

usage: make.py FOLDER [PERSONS] [--moves]      --moves: 4 % of people a year move to any other municipality
"""
import csv
import pathlib
import shutil
import statistics
import sys

here = pathlib.Path(__file__).resolve().parent
norway = here.parent.parent / "scenarios" / "norway"
municipalities = 357
log_sd = 0.15
local = {
    "school": "apprenticeship work no_known_status aap",
    "apprenticeship": "work unemployed",
    "work": "sick_leave unemployed no_known_status",
    "sick_leave": "work aap_work aap",
    "unemployed": "work measure aap other_scheme no_known_status",
    "measure": "work",
    "aap_work": "work",
    "aap": "work disability disability_work",
    "other_scheme": "work",
    "no_known_status": "work unemployed",
}
folders = [word for word in sys.argv[1:] if not word.startswith("--")]
out = pathlib.Path(folders[0])
persons = int(folders[1]) if len(folders) > 1 else 5_600_000
moves = "--moves" in sys.argv


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";"))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def effect(number, transition):
    """The effect of a municipality: quantiles of the normal law in a scattered order, so that they mean nothing else."""
    place = (number * 211 + transition * 97) % municipalities
    return 2.718281828459045 ** (log_sd * statistics.NormalDist().inv_cdf((place + 0.5) / municipalities))


def write_rates(codes):
    (out / "rates").mkdir(parents=True, exist_ok=True)
    number = 0
    for path in sorted((norway / "rates").glob("*.csv")):
        # What they rest on is left out: a municipality's effect does not rest on it.
        national = [{column: value for column, value in row.items() if column not in ("source", "confidence", "status")}
                    for row in read(path) if not row.get("region")]
        rows = [{"region": "", **row} for row in national]
        for destination in local.get(path.stem, "").split():
            number += 1
            for place, code in enumerate(codes):
                rows += [{**row, "region": code, "rate_per_year": f"{float(row['rate_per_year']) * effect(place, number):.5g}"}
                         for row in rows[:len(national)] if row["to"] == destination]
        write(out / "rates" / path.name, rows)


def write_people(homes):
    """People of each county's first guess, as many as each municipality has; fractions are carried on, so sums hold."""
    guess = {}
    for row in read(norway / "start" / "people.csv"):
        guess.setdefault(row["region"], []).append(row)
    weights = [1 / (place + 10) for place in range(municipalities)]
    rows, due, given = [], 0.0, 0
    for (code, county), weight in zip(homes, weights):
        of_county = sum(float(row["count"]) for row in guess[county])
        for row in guess[county]:
            due += persons * weight / sum(weights) * float(row["count"]) / of_county
            if (count := round(due) - given) > 0:
                rows.append({**row, "region": code, "count": count})
                given += count
    write(out / "people.csv", rows)


counties = sorted(row["region"] for row in read(norway / "regions.csv") if row["level"] == "county")
homes = [(f"{counties[i % len(counties)]}{i // len(counties) + 1:02}", counties[i % len(counties)])
         for i in range(municipalities)]
out.mkdir(parents=True, exist_ok=True)
write(out / "regions.csv", [{"region": county, "parent": "", "level": "county"} for county in counties] +
      [{"region": code, "parent": county, "level": "municipality"} for code, county in homes])
shutil.copytree(norway / "limits", out / "limits", dirs_exist_ok=True)
shutil.copy(norway / "pension_age.csv", out)
shutil.copy(norway / "age_standard.csv", out)
shutil.copy(norway / "model.yaml", out)
write_rates([code for code, _ in homes])
write_people(homes)
demography = ""
if moves:
    write(out / "moving.csv", [{"rate_per_year": 0.04}])
    write(out / "destinations.csv", [{"from": a, "to": b, "count": 1} for a, _ in homes for b, _ in homes if a != b])
    demography = "demography: {moves: {rates: moving.csv, to: destinations.csv}}\n"
(out / "country.yaml").write_text((here / "country.yaml").read_text(encoding="utf-8") + demography, encoding="utf-8")
