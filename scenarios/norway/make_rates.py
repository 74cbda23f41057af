#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derives the rates of the Norwegian model from facts and first guesses, step by step.

Usage: make_rates.py            writes rates/, start/ and the people of from_2020/ beside this file; those in households packed
       make_rates.py --check    says whether the files there are what it would write (exit code 1 if not)
       make_rates.py --county 39 1 FOLDER    writes a start and a scenario of the municipalities of a county, here one person for
                                each resident
       make_rates.py --print    prints how far the balance had to move the first guesses, and says it of facts

1. People by state and age: the profile of derivation/age_profile.csv, scaled to the totals of November 2022 and November 2024
   (derivation/books.py).
2. What a cohort's change with age, deaths and moves over the border ask of transitions, by single year of age, were shares by
   age as in November 2024 for ever (derivation/flows.py).
3. First guesses (derivation/first_guess.csv) moved as little as possible until they meet it, limits taken off.
4. Rates by age band; in two states by duration, in two by class of people; by county where NAV has county figures. Each line
   says what it rests on (derivation/evidence.py).
Only Python's standard library is used.
"""
import gzip
import os
import pathlib
import sys

from derivation.books import (AGES, HERE, LAST_BAND_END, PENSION_AGE, hazard_of_old_age, people_by_age, read, read_facts,
                              shares_by_age, state_totals)
from derivation.evidence import with_evidence
from derivation.flows import (banded, first_guesses, flows_by_age, mean_and_left, scale_to, sick_hazards, state_of,
                              unemployed_hazards)
from derivation.households import household_table
from derivation.people import (ADULT_STATES_ON_BENEFIT, DEATH_BANDS, arrivals_by_age, by_sex, counties, county_shares,
                               death_rates, departure_rates)
from derivation.start import people_table, start_tables

ONE_FOR = 100  # residents for whom a person of start/ stands
YEARS = (2020, 2022, 2024)  # with people by state: rates keep the last of them steady, runs start in the others
MIXED = ("other_scheme", "no_known_status")
RETURN_TO = {"work": 0.05, "no_known_status": 0.02}  # of people abroad, a year; general knowledge, unverified


class Country:
    """What is derived once and used by all tables."""

    def __init__(self):
        self.facts = facts = read_facts()
        hazards, last = sick_hazards(facts)
        mean, _ = mean_and_left(hazards, 1.0, last)
        self.people = {year: people_by_age(facts, year) for year in YEARS}
        self.totals = {year: state_totals(facts, year, facts["sick_leave_spells"] * mean) for year in YEARS}
        self.shares = {year: shares_by_age(self.people[year], self.totals[year]) for year in YEARS}
        base, people = self.shares[2024], self.people[2024]  # the year that the rates keep steady
        disabled = {age: sum(base[state][age] for state in ADULT_STATES_ON_BENEFIT) for age in AGES}
        self.deaths = death_rates(facts, people, disabled)
        self.departures = departure_rates(facts, people)
        moved = arrivals_by_age(facts, base)
        for state in base:
            for age in AGES:
                leaving = next(rate for start, end, rate in self.departures if start <= age < end)
                dying = self.deaths[age] * (facts["death_disability"] if state in ADULT_STATES_ON_BENEFIT else 1.0)
                moved[state][age] -= (leaving + dying) * base[state][age] * people[age]
        self.flows, self.rules, self.stocks, self.guessed = flows_by_age(base, people, moved, facts)
        self.retiring = hazard_of_old_age(people, base, self.totals[2024]["retired"])

    def total(self, *pairs):
        """People a year who make these transitions or leave so by a limit."""
        return sum(by_age[age].get(pair, 0.0) for by_age in (self.flows, self.rules) for age in AGES for pair in pairs)


def number(value):
    return f"{value:.4g}"


def merged(bands):
    """Bands without those that say the same as the one before."""
    kept = []
    for start, end, rate in bands:
        text = number(rate)
        if kept and kept[-1][2] == text:
            kept[-1] = (kept[-1][0], end, text)
        else:
            kept.append((start, end, text))
    return kept


def bands_of(country, pair):
    """Age bands of a transition, open at both ends."""
    bands = banded(country.flows, country.stocks, pair)
    if pair == ("work", "retired"):
        tail = [(PENSION_AGE, "", country.retiring)]
    elif pair[0] == "work":
        tail = [(PENSION_AGE, "", 0.0)]
    else:
        bands[-1] = (bands[-1][0], LAST_BAND_END, bands[-1][2])
        tail = [(LAST_BAND_END, "", 0.0)]
    bands[0] = ("", bands[0][1], bands[0][2])
    return merged(bands + tail)


def plain_lines(country, pair):
    return [[pair[0], state_of(pair[1]), start, end, rate] for start, end, rate in bands_of(country, pair)]


def measure_lines(country, pairs):
    """Transitions of those on measures, with AAP and without; who does not make one has a rate of 0."""
    lines = []
    for to in dict.fromkeys(b for _, b in pairs):
        for state, with_aap in (("measure", "no"), ("measure_aap", "yes")):
            bands = bands_of(country, (state, to)) if (state, to) in pairs else [("", "", "0")]
            lines += [["measure", to, with_aap, start, end, rate] for start, end, rate in bands]
    return lines


def lines_by_sex(country, pair, ratio):
    """Women have `ratio` times the rate of men; the mean is kept where both are as many."""
    parts = {"female": 2 * ratio / (1 + ratio), "male": 2 / (1 + ratio)}
    return [[*pair, sex, start, end, number(part * float(rate))] for sex, part in parts.items()
            for start, end, rate in bands_of(country, pair)]


def lines_by_duration(country, pairs, hazards, last):
    """Exits with the hazards of a fact by duration, scaled by age to the exits that the balance asks for, with its destinations."""
    all_bands = {pair: {start: (end, float(rate)) for start, end, rate in unmerged(country, pair)} for pair in pairs}
    lines, scales = [], {}
    for start in next(iter(all_bands.values())):
        exits = sum(bands[start][1] for bands in all_bands.values())
        scale = scale_to(hazards, last, exits) if exits > 0 else 0.0
        scales[start] = scale
        for pair, bands in all_bands.items():
            end, rate = bands[start]
            days = [day for day, _ in hazards]
            for (day, hazard), until in zip(hazards, days[1:] + [""]):
                value = scale * hazard * rate / exits if exits > 0 else 0.0
                lines.append([pair[0], state_of(pair[1]), start, end, f"{day:.4g}", until and f"{until:.4g}", number(value)])
    return sorted(lines, key=lambda line: line[1]), scales


def unmerged(country, pair):
    bands = banded(country.flows, country.stocks, pair)
    return [("", bands[0][1], bands[0][2]), *bands[1:-1], (bands[-1][0], LAST_BAND_END, bands[-1][2]), (LAST_BAND_END, "", 0.0)]


def stayer_ratios(facts):
    """Exit of a mover and of a stayer over the mean of the stock, in which stayers are more than among those who come in."""
    share, slow = facts["stayers"], facts["stayer_exit"]
    in_stock = share / slow / (share / slow + 1 - share)
    mover = 1 / (1 - in_stock + in_stock * slow)
    return {"no": mover, "yes": mover * slow}


def lines_by_class(country, pair):
    return [[pair[0], state_of(pair[1]), stayer, start, end, number(ratio * float(rate))]
            for stayer, ratio in stayer_ratios(country.facts).items() for start, end, rate in bands_of(country, pair)]


def county_ratio(pair):
    """Rates of a county over those of the country: new disability per 1,000, mean 2022-24; odds of a job after reduced capacity."""
    if pair[1].startswith("disability"):
        ratios = [county_shares(f"new_disability_{year}")[1] for year in (2022, 2023, 2024)]
        return {region: sum(ratio[region] for ratio in ratios) / 3 for region in ratios[0]}
    odds = {line["region"]: float(line["job_after_reduced_capacity"]) / 100 for line in counties()
            if line["job_after_reduced_capacity"]}
    share, _ = county_shares("people_2024")
    mean = sum(odds[region] * share[region] for region in odds) / sum(share[region] for region in odds)
    return {region: value / (1 - value) * (1 - mean) / mean for region, value in odds.items()}


def lines_by_county(country, pair):
    """The country's line, and one for each county that has a figure."""
    bands = bands_of(country, pair)
    lines = [[*pair, "", start, end, rate] for start, end, rate in bands]
    for region, ratio in county_ratio(pair).items():
        lines += [[*pair, region, start, end, number(ratio * float(rate))] for start, end, rate in bands if float(rate) > 0]
    return lines


COUNTY_PAIRS = [(a, b) for a in ("aap", "aap_work") for b in ("work", "disability", "disability_work")]


def rate_tables(country):
    """Lines of the rate tables by name of file, with their columns."""
    tables = {}
    pairs = list(first_guesses())
    for state in dict.fromkeys(state_of(a) for a, _ in pairs):
        mine = [pair for pair in pairs if state_of(pair[0]) == state]
        if state in ("sick_leave", "unemployed"):
            hazards, last = sick_hazards(country.facts) if state == "sick_leave" else (unemployed_hazards(country.facts), 40 * 365.25)
            columns, lines = ["age_from", "age_to", "days_from", "days_to"], lines_by_duration(country, mine, hazards, last)[0]
        elif state == "measure":
            columns, lines = ["reduced_capacity", "age_from", "age_to"], measure_lines(country, mine)
        elif state in MIXED:
            columns, lines = ["stayer", "age_from", "age_to"], [line for pair in mine for line in lines_by_class(country, pair)]
        elif state in ("aap", "aap_work"):
            columns = ["region", "age_from", "age_to"]
            lines = [line for pair in mine for line in (lines_by_county(country, pair) if pair in COUNTY_PAIRS else
                                                        [[*row[:2], "", *row[2:]] for row in plain_lines(country, pair)])]
        elif state == "work":
            columns = ["sex", "age_from", "age_to"]
            ratio = country.facts["sick_women_to_men"]
            lines = [line for pair in mine for line in (lines_by_sex(country, pair, ratio) if pair[1] == "sick_leave" else
                                                        [[*row[:2], "", *row[2:]] for row in plain_lines(country, pair)])]
        else:
            columns, lines = ["age_from", "age_to"], [line for pair in mine for line in plain_lines(country, pair)]
        tables[f"rates/{state}.csv"] = [["from", "to", *columns, "rate_per_year"], *lines]
    tables["rates/dead.csv"] = death_table(country)
    tables["rates/abroad.csv"] = abroad_table(country)
    return tables


def death_table(country):
    lines = [["from", "to", "sex", "age_from", "age_to", "rate_per_year"]]
    people = country.people[2024]
    for state, more in (("*", 1.0), *((state, country.facts["death_disability"]) for state in ADULT_STATES_ON_BENEFIT)):
        for sex, part in by_sex(country.facts).items():
            for start, end in zip(DEATH_BANDS, DEATH_BANDS[1:]):
                ages = [age for age in range(start, end) if age in people]
                rate = sum(country.deaths[age] * people[age] for age in ages) / sum(people[age] for age in ages)
                bounds = ["" if start == DEATH_BANDS[0] else start, "" if end == DEATH_BANDS[-1] else end]
                lines.append([state, "dead", sex, *bounds, number(part * more * rate)])
    return lines


def abroad_table(country):
    lines = [["from", "to", "age_from", "age_to", "rate_per_year"]]
    last = len(country.departures) - 1
    for i, (start, end, rate) in enumerate(country.departures):
        lines.append(["*", "abroad", "" if i == 0 else start, "" if i == last else end, number(rate)])
    for to, rate in RETURN_TO.items():
        lines += [["abroad", to, "", PENSION_AGE, number(rate)], ["abroad", to, PENSION_AGE, "", "0"]]
    return lines


def as_text(table):
    return "".join(";".join(str(cell) for cell in line) + "\n" for line in table)


def files_of(country):
    tables = {name: with_evidence(table) for name, table in rate_tables(country).items()}
    whole = {county["region"]: (county["region"], 1.0) for county in counties()}
    shares = county_shares("disability_2020")
    tables.update({f"start/{name}": table for name, table in start_tables(country, whole, shares, ONE_FOR).items()})
    tables["start/people_in_households.csv.gz"] = household_table(country, tables["start/people.csv"], shares[0], ONE_FOR)
    tables["from_2020/people.csv"] = people_table(country, 2020, whole, *shares, ONE_FOR)
    return {name: as_text(table) for name, table in tables.items()}


def text_of(path):
    """What a file says, unpacked: the same text may be packed in several ways."""
    if not path.exists():
        return None
    return gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")


def write_text(path, text):
    path.parent.mkdir(exist_ok=True)
    if path.suffix != ".gz":
        path.write_text(text, "utf-8")
    elif text_of(path) != text:
        path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def write_county(country, county, one_for, folder):
    """A scenario of the municipalities of one county, one person for so many residents."""
    lines = [line for line in read("regions.csv") if line["parent"] == county]
    if not lines:
        sys.exit(f"regions.csv has no municipalities of `{county}`: those that have are "
                 + ", ".join(sorted({line["parent"] for line in read("regions.csv")} - {""})))
    total = sum(float(line["people_2025"]) for line in lines)
    places = {line["region"]: (county, float(line["people_2025"]) / total) for line in lines}
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in start_tables(country, places, county_shares("disability_2020"), one_for).items():
        (folder / name).write_text(as_text(table), "utf-8")
    (folder / "scenario.yaml").write_text(
        f"utvei: scenario/1\nextends: {os.path.relpath(HERE / 'baseline.yaml', folder.resolve())}\nname: norway_{county}\nweight: {one_for}\n"
        "population: {file: people.csv}\ndemography: {entrants: {file: entrants.csv}, arrivals: {file: arrivals.csv}}\n", "utf-8")


def print_balance(country):
    """First guesses against what the balance made of them, and the facts that they imply."""
    for pair in first_guesses():
        before = sum(country.guessed[age][pair] for age in AGES)
        after = sum(country.flows[age].get(pair, 0.0) for age in AGES)
        print(f"{pair[0]:>17} -> {pair[1]:<17} {before:10.0f} {after:10.0f}   x {after / before:.2f}")
    new = country.total(*((a, b) for a in country.stocks for b in ADULT_STATES_ON_BENEFIT if a not in ADULT_STATES_ON_BENEFIT))
    aap = country.total(*((a, b) for a in ("aap", "aap_work") for b in ADULT_STATES_ON_BENEFIT))
    print(f"new disability {new:.0f}, from AAP {aap / new:.3f}")
    into_aap = country.total(*((a, b) for a in country.stocks for b in ("aap", "aap_work") if a not in ("aap", "aap_work", "measure_aap")))
    print(f"new AAP {into_aap:.0f}")
    for state, (hazards, last) in {"sick_leave": sick_hazards(country.facts),
                                   "unemployed": (unemployed_hazards(country.facts), 40 * 365.25)}.items():
        pairs = [pair for pair in first_guesses() if pair[0] == state]
        print(state, "hazards scaled by", {age: round(scale, 2) for age, scale in lines_by_duration(country, pairs, hazards, last)[1].items()})
    for state, by_age in country.stocks.items():
        print(f"{state:>17} {sum(by_age.values()):10.0f}")


def main():
    country = Country()
    if "--print" in sys.argv[1:]:
        return print_balance(country)
    if "--county" in sys.argv[1:]:
        if len(sys.argv) != 5 or not sys.argv[3].isdigit() or int(sys.argv[3]) < 1:
            sys.exit("usage: make_rates.py --county CODE ONE_FOR FOLDER")
        return write_county(country, sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4]))
    files = files_of(country)
    if "--check" in sys.argv[1:]:
        wrong = [name for name, text in files.items() if text_of(HERE / name) != text]
        print(f"not what make_rates.py writes: {', '.join(wrong)}" if wrong else "all files are as make_rates.py writes them")
        return sys.exit(1 if wrong else 0)
    for name, text in files.items():
        write_text(HERE / name, text)
    return None


if __name__ == "__main__":
    main()
