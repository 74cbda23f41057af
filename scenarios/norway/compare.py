#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lays runs of the Norwegian model beside the facts.

Usage: compare.py FOLDER        FOLDER holds stock.csv, transitions.csv and life_courses.csv, as `utvei export` writes them:

    utvei run baseline.yaml --set life_courses=all --out runs
    utvei export runs/norway.h5 -o runs/norway/
    utvei export runs/norway.h5 --life-courses -o runs/norway/life_courses.csv
    python3 compare.py runs/norway

       compare.py --starts FROM_2020 FROM_2022        by how many people each start misses the status of November 2024, as a table:

    utvei validate from_2020 --draws 20 --format csv -o from_2020.csv
    utvei validate . --draws 20 --format csv -o from_2022.csv
    python3 compare.py --starts from_2020.csv from_2022.csv

One person of the run stands for a hundred residents. A figure of so few has an error of its own: the last column is twice the
square root of the people behind it, in per cent of them.
"""
import csv
import pathlib
import sys

from derivation.books import read, read_facts
from derivation.history import Lives

ONE_FOR = 100  # `weight` of the scenario: its tables hold people, its life courses those who were simulated
OUTSIDE = ("unemployed", "aap", "disability", "other_scheme", "no_known_status")
EDUCATION = ("school", "higher_education", "apprenticeship")
EMPLOYED = ("apprenticeship", "disability_work", "aap_work", "sick_leave", "work")
COUNTED_ELSEWHERE = ("residents", "disability_work", "aap_work")  # who has a job is at work, too
STATES = ("unemployed", "measure", "aap", "disability", "retired", "other_scheme", "no_known_status")


def read_table(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def stocks(folder):
    """Residents at each 16 November by (year, state), counted up to the country."""
    found = {}
    for line in read_table(folder, "stock"):
        key = (int(line["year"]), line["state"])
        found[key] = found.get(key, 0.0) + float(line["value"])
    return found


def flows(folder, first, last):
    """Transitions a year by (from, to), mean of calendar years."""
    found = {}
    for line in read_table(folder, "transitions"):
        if first <= int(line["year"]) <= last:
            pair = tuple(line["transition"].split(" -> "))
            found[pair] = found.get(pair, 0.0) + float(line["value"]) / (last - first + 1)
    return found


def show(name, fact, found, per=1.0):
    """One line: fact, run, run over fact, and twice the standard error of a count."""
    people = max(1.0, found / ONE_FOR) if per == 1.0 else None
    error = f"{200 / people ** 0.5:8.0f} %" if people else ""
    digits = 0 if per == 1.0 else 3
    print(f"{name:<46} {fact:>12.{digits}f} {found:>12.{digits}f} {100 * (found / fact - 1):>+8.1f} % {error}")


def show_stocks(folder, facts):
    stock = stocks(folder)
    employed = sum(facts[f"employed_{name}_2024"] for name in ("only", "education", "aap", "disability", "pension", "other"))
    of = {name: facts.get(f"{name}_2024") for name in STATES}
    of["retired"] = facts["afp_2024"] + facts["old_age_2024"]
    print(f"{'Stock on 16 November 2024':<46} {'fact':>12} {'run':>12} {'':>10} {'2 se':>10}")
    residents = sum(value for (year, state), value in stock.items() if year == 2024 and state not in ("dead", "abroad"))
    show("residents 15+", facts["people_15_2024"], residents)
    show("employed or in education", employed + facts["education_2024"], sum(stock[2024, state] for state in set(EMPLOYED + EDUCATION)))
    show("disability_work", facts["employed_disability_2024"], stock[2024, "disability_work"])
    show("aap_work", facts["employed_aap_2024"], stock[2024, "aap_work"])
    for state in STATES:
        show(state, of[state], stock[2024, state])
    print("\nStocks in thousands, 16 November")
    years = sorted({year for year, _ in stock})
    print(f"{'':<18}" + "".join(f"{year:>8}" for year in years))
    for state in sorted({state for _, state in stock}):
        print(f"{state:<18}" + "".join(f"{stock.get((year, state), 0) / 1000:>8.1f}" for year in years))


def show_young(folder, facts):
    """NEET by the age group table: all ages of 15-29 are groups of the scenario."""
    young = ("15-17", "18-19", "20-24", "25-29")
    print()
    for year in (2022, 2024):
        found = sum(float(line["value"]) for line in read_table(folder, "stock_by_year_age_group_sex_state")
                    if int(line["year"]) == year and line["age_group"] in young and line["state"] in OUTSIDE)
        show(f"outside, 15-29, November {year} (fact of 2022)", facts["neet_15_29_2022"], found)


def show_women(folder, facts):
    """Women's part of those on disability benefit; the start has the fact, so 2032 shows whether the flows keep it."""
    benefit = ("disability", "disability_work")
    for year in (2024, 2032):
        lines = [line for line in read_table(folder, "stock_by_year_age_group_sex_state")
                 if int(line["year"]) == year and line["state"] in benefit]
        women = sum(float(line["value"]) for line in lines if line["sex"] == "female")
        show(f"women's part of disability benefit, {year}", facts["disability_women_share"] / (2 * facts["disability_share"]),
             women / sum(float(line["value"]) for line in lines), 0)


def show_flows(folder, facts):
    flow = flows(folder, 2023, 2024)
    benefit = ("disability", "disability_work")
    new = {pair: value for pair, value in flow.items() if pair[1] in benefit and pair[0] not in benefit}
    print(f"\n{'Flows a year, 2023-24':<46} {'fact':>12} {'run':>12}")
    at_risk = sum(value for name, value in facts.items() if name in
                  ("people_19_25", "people_26_29", "people_30_39", "people_40_49", "people_50_61", "people_62_66")) * 0.895 + 68000
    counted = (facts["disability_2022"] + facts["disability_work_2022"]) / facts["disability_nav_2021"]
    show("new disability benefit, as SSB counts", counted * facts["new_disability_per_1000"] / 1000 * at_risk, sum(new.values()))
    from_aap = sum(value for (a, _), value in new.items() if a.startswith("aap"))
    show("of these from AAP, share", facts["new_disability_from_aap"], from_aap / sum(new.values()), 0)
    aap = ("aap", "aap_work")
    into_aap = sum(value for (a, b), value in flow.items() if b in aap and a not in (*aap, "measure"))
    show("new AAP (the fact is of 2018)", facts["new_aap"], into_aap)
    left = {to: value for (a, to), value in flow.items() if a == "apprenticeship" and to not in ("dead", "abroad")}
    show("of those who leave apprenticeship, to work", facts["apprentice_certificate_5_years"], left["work"] / sum(left.values()), 0)
    show("sick leave that NAV pays", facts["sick_leave_spells"], flow["work", "sick_leave"])


def show_counties(folder):
    """Disability benefit by county, over the country's: NAV's shares are age-standardised, those of the run are of all ages from 15 on."""
    lines = [line for line in read("regions.csv") if line["level"] == "county"]
    on_benefit, people = {}, {}
    for line in read_table(folder, "stock"):
        if int(line["year"]) == 2024 and line["state"] not in ("dead", "abroad"):
            value = float(line["value"])
            people[line["region"]] = people.get(line["region"], 0.0) + value
            if line["state"] in ("disability", "disability_work"):
                on_benefit[line["region"]] = on_benefit.get(line["region"], 0.0) + value
    country = sum(on_benefit.values()) / sum(people.values())
    print("\nDisability benefit by county, November 2024, over the country (start: 2020)")
    for line in lines:
        region = line["region"]
        show(f"{region} {line['name_nb']} (2020: {float(line['disability_2020']) / 10.5:.2f})", float(line["disability_2024"]) / 10.5,
             on_benefit[region] / people[region] / country, 0)


def show_lives(folder, facts):
    lives = Lives(folder)
    print(f"\n{'Life courses':<46} {'fact':>12} {'run':>12}")
    show("sick pay used up, a year", facts["sick_exhausted"], lives.causes("sick_leave", "limit", 2023, 2024) * ONE_FOR)
    for name, days in (("unemployed_gone_1_month", 30.4), ("unemployed_gone_6_months", 182.6)):
        show(name.replace("_", " "), facts[name], 1 - lives.share_staying("unemployed", days / 365.25, 2023, 2026), 0)
    for year in (2022, 2024):
        neet = lives.where(year, OUTSIDE, 15, 30)
        back = [person for person in neet if lives.state(person, year + 1) in EMPLOYED + EDUCATION]
        show(f"outside at 15-29 in {year}, in work or education in {year + 1}", facts["neet_left_in_year"], len(back) / len(neet), 0)
    neet = lives.where(2022, OUTSIDE, 15, 30)
    five = [person for person in neet if all(lives.state(person, 2022 + n) in OUTSIDE for n in range(1, 5))]
    show("outside at 15-29 in 2022, and each of the next four years", facts["neet_five_years"], len(five) / len(neet), 0)
    allowance = ("aap", "aap_work", "measure")  # people keep AAP on measures
    for year in (2024, 2030):
        long = [person for person in lives.all_in(year, allowance) if lives.time_in(person, year, allowance) > 3]
        show(f"AAP over 3 years, November {year}", facts["aap_over_3_years"], len(long) * ONE_FOR)
    health = ("aap", "disability")  # the table puts those who have a job with the employed
    workers = lives.where(2022, EMPLOYED, 15, 100)
    for years, name in ((5, "work_to_health_5_years"), (10, "work_to_health_10_years")):
        share = sum(lives.state(person, 2022 + years) in health for person in workers) / len(workers)
        show(f"employed 2022, on AAP or disability {years} years on", facts[name], share, 0)
    print("\nStill in the same state, all ages below 62: those there in 2022, and those who had come within the year before 2024")
    for state in ("aap", "disability", "other_scheme", "no_known_status", "unemployed"):
        there = lives.where(2022, (state,), 15, 57)
        new = [person for person in lives.where(2024, (state,), 15, 57) if lives.time_in(person, 2024, (state,)) <= 1]
        shares = [sum(lives.state(person, 2022 + n) == state for person in there) / len(there) for n in (1, 3, 5)]
        news = [sum(lives.state(person, 2024 + n) == state for person in new) / len(new) for n in (1, 3, 5)]
        print(f"{state:<20}" + "".join(f"  {n} y {share:.2f}" for n, share in zip((1, 3, 5), shares)) + "   new:" +
              "".join(f"  {n} y {share:.2f}" for n, share in zip((1, 3, 5), news)))


def validated(path):
    """What `utvei validate` says of the status of November 2024, by name, and of all residents."""
    with open(path, encoding="utf-8") as file:
        found = {line["name"].removesuffix("_2024"): {key: float(line[key]) for key in ("published", "model", "low_90", "high_90")}
                 for line in csv.DictReader(file) if line["name"].endswith("_2024") and float(line["published"]) > 1}
    found.setdefault("residents", {"model": sum(of["model"] for name, of in found.items() if name not in COUNTED_ELSEWHERE)})
    return found


def show_starts(path_2020, path_2022):
    """By how many people each start misses, as lines of a Markdown table."""
    first, second = validated(path_2020), validated(path_2022)
    print("| 16 November 2024 | Fact | Started in 2020 | People | 90 % interval | Started in 2022 | People |\n|---|---|---|---|---|---|---|")
    for name, of in first.items():
        cells = [f"{of['published']:,.0f}", f"{of['model']:,.0f}", f"{of['model'] - of['published']:+,.0f}",
                 f"{of['low_90']:,.0f}–{of['high_90']:,.0f}", f"{second[name]['model']:,.0f}",
                 f"{second[name]['model'] - of['published']:+,.0f}"]
        print(f"| {name.replace('_', ' ')} | " + " | ".join(cells).replace("-", "−") + " |")
    missed = [sum(abs(found[name]["model"] - of["published"]) for name, of in first.items() if name not in COUNTED_ELSEWHERE)
              for found in (first, second)]
    print(f"| all states, without sign | | | {missed[0]:,.0f} | | | {missed[1]:,.0f} |")


def main():
    if sys.argv[1:2] == ["--starts"] and len(sys.argv) == 4:
        return show_starts(*sys.argv[2:])
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder, facts = pathlib.Path(sys.argv[1]), read_facts()
    show_stocks(folder, facts)
    show_young(folder, facts)
    show_women(folder, facts)
    show_flows(folder, facts)
    show_lives(folder, facts)
    show_counties(folder)
    return None


if __name__ == "__main__":
    main()
