#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lays a run with income beside published figures, as lines of a Markdown table.

Usage: compare_income.py FOLDER [CHILDREN]       folders of tables as `utvei export` writes them, of low_income.yaml and of its children:

    utvei run low_income.yaml --out runs
    utvei export runs/norway_low_income.h5 -o runs/low_income
    python3 compare_income.py --children runs/apart
    utvei run runs/apart/scenario.yaml --out runs
    utvei export runs/norway_children.h5 -o runs/children
    python3 compare_income.py runs/low_income runs/children

Tables of income know no age. So --children writes the same people with the children, who are below 18 at the end of 2025, in a
county where nobody else is: Finnmark, whose others it puts into Troms.
"""
import csv
import gzip
import os
import pathlib
import sys

from derivation.books import HERE, read, read_facts

YEARS = ("2023", "2024", "2025")
BELOW_18 = 18 - (2026 - 2022 - 10 / 12)  # at the start, who is younger than 18 at the end of 2025
APART, ELSEWHERE = "56", "55"


def by_type(folder, name, region=None):
    """Sums of a table by (year, household type, income state if it has one), and over all types."""
    found = {}
    with open(pathlib.Path(folder) / f"{name}.csv", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if region in (None, line.get("region")):
                for kind in (line.get("household_type", "all"), "all"):
                    key = (line["year"], kind, line.get("income_state", ""))
                    found[key] = found.get(key, 0.0) + float(line["value"])
    return found


class Run:
    """Shares with a low income in a year, and persistently, of people by type of household."""

    def __init__(self, folder, region=None):
        self.states, self.known = by_type(folder, "income_state", region), by_type(folder, "three_years_known", region)

    def low(self, year, kind="all"):
        """Only of years in which nobody can be persistently low: that hides who is not low in the year itself."""
        return self.states[year, kind, "low"] / sum(count for key, count in self.states.items() if key[:2] == (year, kind))

    def persistent(self, year, kind="all"):
        return self.states[year, kind, "persistently_low"] / self.known[year, kind, ""]


def show(what, published, found):
    print(f"| {what} | {100 * published:.1f} % | {100 * found:.1f} % | {100 * (found - published):+.1f} points |".replace("-", "−"))


def show_table(folder, children):
    facts, run = read_facts(), Run(folder)
    g = {line["year"]: float(line["amount"]) for line in read("income/base_amounts.csv")}
    with open(pathlib.Path(folder) / "median_income.csv", encoding="utf-8") as file:
        median = next(float(line["value"]) for line in csv.DictReader(file) if line["year"] == YEARS[0])
    published = facts["median_income_2022"] / g["2022"]
    found = median / g[YEARS[0]]
    print("| | Published | Model | |\n|---|---|---|---|")
    print(f"| median income per consumption unit, 2022; {YEARS[0]} | {facts['median_income_2022']:,.0f} kroner, {published:.2f} G | "
          f"{median:,.0f} kroner, {found:.2f} G | {100 * (found / published - 1):+.1f} % |".replace("-", "−"))
    for year in YEARS[:2]:
        show(f"low income, 2017; {year}", facts["low_income_2017"], run.low(year))
    show("persistently, 2009–11; 2023–25", facts["persistent_low_income_2011"], run.persistent("2025"))
    show("… in households of one adult with children, 2008–10; 2023–25", facts["persistent_one_parent_2010"],
         run.persistent("2025", "one_adult_with_children"))
    show("… of two adults with children", facts["persistent_couple_with_children_2010"], run.persistent("2025", "two_adults_with_children"))
    if children:
        show("children persistently, 2021–23; 2023–25", facts["persistent_children_2023"], Run(children, APART).persistent("2025"))


def write_children(folder):
    folder.mkdir(parents=True, exist_ok=True)
    columns, *lines = gzip.decompress((HERE / "start/people_in_households.csv.gz").read_bytes()).decode("utf-8").splitlines()
    age, region = (columns.split(";").index(name) for name in ("age", "region"))
    with open(folder / "people.csv", "w", encoding="utf-8") as file:
        file.write(columns + "\n")
        for line in lines:
            cells = line.split(";")
            cells[region] = APART if float(cells[age]) < BELOW_18 else ELSEWHERE if cells[region] == APART else cells[region]
            file.write(";".join(cells) + "\n")
    (folder / "scenario.yaml").write_text(f"utvei: scenario/1\nextends: {os.path.relpath(HERE / 'low_income.yaml', folder.resolve())}\n"
                                          "name: norway_children\npopulation: {file: people.csv}\n", "utf-8")


def main():
    if sys.argv[1:2] == ["--children"] and len(sys.argv) == 3:
        return write_children(pathlib.Path(sys.argv[2]))
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    return show_table(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else None)


if __name__ == "__main__":
    main()
