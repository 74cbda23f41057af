#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the register of the demo: 5,000 people who do not exist, in three places that do not exist.

Usage: make_register.py            writes persons.csv, spells.csv and population.csv beside this file
       make_register.py --check    says whether the files there are what it would write (exit code 1 if not)

Each life starts at school on the 16th birthday and goes on by competing exponential times, with intensities per year
that depend on the state, the time already spent in it, age and region, until age 67 or the end of the register. After
52 weeks of sick leave, and for two in five after three years of AAP, a rule ends the spell. Moments are whole days. Only
Python's standard library is used; random.Random(seed).random() is the same in all versions.
"""
import datetime
import math
import pathlib
import random
import sys

SEED = 2025
PERSONS = 5000
FIRST_DAY = datetime.date(2015, 1, 1)
LAST_DAY = datetime.date(2025, 1, 1)  # the day after the register ends
YEAR = 365.25
FROM_AGE, RETIRED_AGE = 16, 67
REGIONS = {"9901": 0.45, "9902": 0.33, "9903": 0.22}
# Hazard ratio of every way into work, by region.
INTO_WORK = {"9901": 1.0, "9902": 0.75, "9903": 1.1}

SICK_LEAVE_DAYS = 364  # 52 weeks
AAP_DAYS = 1096  # three years of 365.25 days, on the first whole day
AFTER_SICK_LEAVE = {"aap": 0.65, "work": 0.25, "no_known_status": 0.10}
AFTER_AAP = {"disability": 0.45, "work": 0.35, "no_known_status": 0.20}
AAP_STAYS = 0.6


def intensities(state, years_in_state, age, region):
    """Destinations and their intensities per year."""
    d, young, old, into_work = years_in_state, age < 30, age >= 50, INTO_WORK[region]
    if state == "school":
        late = 0.3 if d < 2 else 1.5
        return {"apprenticeship": 0.15 * late, "work": 0.28 * late * into_work, "unemployed": 0.04 * late,
                "no_known_status": 0.05, "aap": 0.004}
    if state == "apprenticeship":
        late = 0.4 if d < 2 else 1.8
        return {"work": 0.45 * late * into_work, "unemployed": 0.06 * late, "no_known_status": 0.04}
    if state == "work":
        settled = 1.6 if d < 2 else 0.8
        return {"sick_leave": 0.075 * (1.3 if old else 1), "unemployed": 0.03 * settled * (1.8 if young else 1),
                "no_known_status": 0.015 * settled, "school": 0.02 if young else 0.002}
    if state == "sick_leave":
        return {"work": (4.0 if d < 0.25 else 1.6) * into_work, "unemployed": 0.05, "aap": 0.06}
    if state == "unemployed":
        return {"work": (1.7 if d < 0.5 else 0.9 if d < 1 else 0.45) * into_work, "no_known_status": 0.2,
                "aap": 0.09, "school": 0.12 if young else 0.02}
    if state == "aap":
        return {"work": (0.22 if d < 1 else 0.13) * into_work, "disability": 0.02 if d < 1 else 0.10 * (1.5 if old else 1),
                "unemployed": 0.04, "no_known_status": 0.05}
    if state == "disability":
        return {"work": 0.01}
    if state == "no_known_status":
        return {"work": (0.55 if d < 1 else 0.22) * into_work, "unemployed": 0.15, "aap": 0.06,
                "school": 0.2 if young else 0.01}
    return {}


def pick(shares, uniform):
    for name, share in shares.items():
        uniform -= share
        if uniform < 0:
            return name
    return name  # rounding


def limit_of(state, luck):
    """Days after which a rule ends the spell, and where to; None if no rule does."""
    if state == "sick_leave":
        return SICK_LEAVE_DAYS, pick(AFTER_SICK_LEAVE, luck.random())
    if state == "aap" and luck.random() >= AAP_STAYS:
        return AAP_DAYS, pick(AFTER_AAP, luck.random())
    return None


# Days in state and years of age at which an intensity may change.
STATE_STEPS = [91, 182, 365, 730]
AGE_STEPS = [30, 50]


def next_change(state, birth, day, end, luck):
    """Where a spell that begins on `day` leads to and when, both counted in days; (None, end) if it lasts."""
    entered, limit = day, limit_of(state, luck)
    region = birth["region"]
    while day < end:
        age = (day - birth["day"]) / YEAR
        bounds = [entered + s for s in STATE_STEPS] + [birth["day"] + math.ceil(a * YEAR) for a in AGE_STEPS]
        bounds = [b for b in bounds if b > day] + [end]
        if limit:
            bounds.append(entered + limit[0])
        until = min(bounds)
        rates = intensities(state, (day - entered) / YEAR, age, region)
        total = sum(rates.values())
        wait = math.ceil(-math.log(1 - luck.random()) / total * YEAR)
        if day + max(wait, 1) < until:
            return pick({to: rate / total for to, rate in rates.items()}, luck.random()), day + max(wait, 1)
        if limit and until == entered + limit[0] and until < end:
            return limit[1], until
        day = until
    return None, end


def life(person, luck):
    """Spells (state, first day, day after the last; None: still going on) from the 16th birthday on."""
    day = person["day"] + math.ceil(FROM_AGE * YEAR)
    retires = person["day"] + math.ceil(RETIRED_AGE * YEAR)
    end = min(retires, LAST_DAY.toordinal())
    state = "school"
    while day < end:
        to, until = next_change(state, person, day, end, luck)
        if to is None and until < LAST_DAY.toordinal():
            to = "retired"
        yield state, day, until if to else None
        state, day = to, until
    if state == "retired":
        yield state, day, None


def date(ordinal):
    return datetime.date.fromordinal(ordinal).isoformat()


def make_person(luck):
    # From those who turn 16 on the last day of the register to those who turn 67 on the first.
    youngest, oldest = LAST_DAY.toordinal() - FROM_AGE * YEAR, FIRST_DAY.toordinal() - (RETIRED_AGE - 1) * YEAR
    return {"day": int(oldest + (youngest - oldest) * luck.random()),
            "sex": "female" if luck.random() < 0.49 else "male",
            "region": pick(REGIONS, luck.random())}


def cross_section(persons, spells):
    """Those of age 16-66 when the register ends, by whole years of age and of time in the state; each stands for ten."""
    last = LAST_DAY.toordinal()
    counts = {}
    for number, state, start, stop in spells:
        if stop is None and state != "retired":
            person = persons[number - 1]
            key = (state, int((last - person["day"]) / YEAR), person["region"], person["sex"], int((last - start) / YEAR))
            counts[key] = counts.get(key, 0) + 10
    return counts


def make_files():
    luck = random.Random(SEED)
    persons = [make_person(luck) for _ in range(PERSONS)]
    spells = []
    for number, person in enumerate(persons, 1):
        for state, start, stop in life(person, luck):
            if stop is None or stop > FIRST_DAY.toordinal():
                spells.append((number, state, start, stop))
    lines = {"persons.csv": ["person,birth,sex,region"], "spells.csv": ["person,start,stop,state"],
             "population.csv": ["state,age,region,sex,time_in_state,count"]}
    for number, p in enumerate(persons, 1):
        lines["persons.csv"].append(f"{number},{date(p['day'])},{p['sex']},{p['region']}")
    for number, state, start, stop in spells:
        lines["spells.csv"].append(f"{number},{date(start)},{date(stop) if stop else ''},{state}")
    for (state, age, region, sex, years), count in sorted(cross_section(persons, spells).items()):
        lines["population.csv"].append(f"{state},{age},{region},{sex},{years} years,{count}")
    return {name: "\n".join(rows) + "\n" for name, rows in lines.items()}


def main():
    folder = pathlib.Path(__file__).resolve().parent
    differing = []
    for name, text in make_files().items():
        if "--check" not in sys.argv:
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        elif not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text:
            differing.append(name)
    for name in differing:
        print(f"{name} is not what make_register.py makes: run it and look at the difference")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
