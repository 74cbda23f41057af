# SPDX-License-Identifier: Apache-2.0
"""Births into the model, deaths, moves over the border, and the people of the start."""
import math

from .books import AGES, OLDEST, PENSION_AGE, read

SEXES = {"female": 0.5, "male": 0.5}
DEATH_BANDS = (15, 30, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, OLDEST)
ADULT_STATES_ON_BENEFIT = ("disability", "disability_work")


def death_rates(facts, people, disabled):
    """Death rates by age of people not on disability benefit, of both sexes together: a Gompertz curve met in the sum."""
    slope, more = facts["death_growth_by_age"], facts["death_disability"] - 1
    raw = sum(math.exp(slope * (age + 0.5)) * count * (1 + more * disabled.get(age, 0.0)) for age, count in people.items())
    return {age: facts["deaths_15"] / raw * math.exp(slope * (age + 0.5)) for age in people}


def by_sex(facts):
    """What a sex has of the death rate of both."""
    ratio = facts["death_men_to_women"]
    return {"female": 2 / (1 + ratio), "male": 2 * ratio / (1 + ratio)}


def departure_rates(facts, people):
    """Rates of leaving the country: [(age from, age to, rate)]."""
    lines = [(int(line["age_from"]), int(line["age_to"] or OLDEST), float(line["weight"]))
             for line in read("derivation/migration.csv") if line["kind"] == "departure"]
    raw = sum(weight * people.get(age, 0.0) for start, end, weight in lines for age in range(start, end))
    return [(start, end, weight * facts["departures_15"] / raw) for start, end, weight in lines]


def arrivals_15(facts):
    """Arrivals a year from 15 years on, 2022-24: what the growth of the people leaves when entrants, deaths and departures are known."""
    growth = (facts["people_15_2024"] - facts["people_15_2022"]) / 2
    return growth + facts["deaths_15"] + facts["departures_15"] - entrants(facts)


def entrants(facts):
    """People who turn 15 in a year."""
    return facts["people_13_15"] / 3


def arrivals_by_age(facts, states):
    """Arrivals a year by state and age, below the pension age."""
    total = arrivals_15(facts)
    arrivals = {state: dict.fromkeys(AGES, 0.0) for state in states}
    for line in read("derivation/migration.csv"):
        if line["kind"] == "arrival" and int(line["age_from"]) < PENSION_AGE:
            ages = range(int(line["age_from"]), int(line["age_to"]))
            for age in ages:
                arrivals[line["state"]][age] += total * float(line["weight"]) / len(ages)
    return arrivals


def start_shares(totals, shares, people):
    """People of the start by state and age, older ones too."""
    at_start = {state: {age: shares[state].get(age, 0.0) * people[age] for age in AGES} for state in shares}
    younger = sum(at_start["retired"].values())
    older = [age for age in people if age >= PENSION_AGE]
    old_work = sum(people[age] for age in older) - (totals["retired"] - younger)
    # Work fades with the square of the way to 85; the scale meets the total.
    fade = {age: max(0.0, (85 - age) / 18) ** 2 for age in older}
    scale = old_work / sum(fade[age] * people[age] for age in older)
    for age in older:
        at_start["work"][age] = people[age] * scale * fade[age]
        at_start["retired"][age] = people[age] - at_start["work"][age]
    return at_start


def counties():
    """Counties with their numbers: the lines of the regions file at the top."""
    return [line for line in read("regions.csv") if line["level"] == "county"]


def county_shares(column):
    """Share of people in each county, and what the column is there over its mean by people (1 where it is empty)."""
    lines = counties()
    total = sum(float(line["people_2024"]) for line in lines)
    share = {line["region"]: float(line["people_2024"]) / total for line in lines}
    known = [line for line in lines if line[column]]
    mean = (sum(float(line[column]) * share[line["region"]] for line in known) / sum(share[line["region"]] for line in known))
    return share, {line["region"]: float(line[column]) / mean if line[column] else 1.0 for line in lines}
