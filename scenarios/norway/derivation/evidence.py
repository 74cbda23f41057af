# SPDX-License-Identifier: Apache-2.0
"""What each line of the tables of rates rests on: the columns `source`, `confidence` and `status`.

A rate has several parts: a first guess of its transition and age, and facts that spread it over days, sexes, classes of people and
counties. A line has the least confidence of its parts. It is `derived` where all of them are published figures or follow from such;
it is `unverified` where one is general knowledge or of low confidence.
"""
import functools

from .books import FROM_AGE, LAST_BAND_END, OLDEST, PENSION_AGE, read

COLUMNS = ["source", "confidence", "status"]

BALANCED = ("balanced 2022-2024", "M")
ASSUMED_NONE = ("assumed: none at this age", "L")
EMPTY = ("assumed: nobody of this age is in the state", "L")
NOBODY_LEFT = ("nobody is in the state after the pension age", "H")
DEATHS = ("general knowledge: Gompertz curve with deaths of 15+ in 2023",
          ["deaths_15", "death_growth_by_age", "death_men_to_women", "death_disability"])
DEPARTURES = ("general knowledge: rates by age with departures of 15+ in 2023", "L")
RETURNS = ("general knowledge: part of those who leave come back", "L")
RETIRING = ("pensioners of November 2024 (SSB arbstatus), people at work at 66 from general knowledge", "L")
# Facts behind the hazards from a number of days on, the latest first.
BY_DAYS = {
    "sick_leave": [(40, "by days: NAV 2016-2017, the last day found by running", ["sick_over_8_weeks", "sick_at_end_of_one_stay"]),
                   (0, "by days: NAV 2017", ["sick_over_8_weeks"])],
    "unemployed": [(150, "by days: NAV 2-2016, after six months chosen", ["long_unemployed_exit"]),
                   (30, "by days: NAV 2-2016", ["unemployed_gone_1_month", "unemployed_gone_6_months"]),
                   (0, "by days: NAV 2-2016", ["unemployed_gone_1_month"])],
}
# Of people on measures, by whether AAP or disability benefit goes on meanwhile; the books have them apart.
ON_MEASURE = {"no": "measure", "yes": "measure_aap"}


@functools.cache
def fact_lines():
    return {line["fact"]: line for line in read("facts.csv")}


@functools.cache
def guess_lines():
    """First guesses of each transition of the books, in order of age."""
    guesses = {}
    for line in read("derivation/first_guess.csv"):
        guesses.setdefault((line["from"], line["to"]), []).append(line)
    return guesses


def of_facts(text, names):
    """A part that rests on facts: it has the least of their confidences."""
    return text, max((fact_lines()[name]["confidence"] for name in names), key="HML".index)


def guess_parts(pair, row):
    """First guesses at the ages of a line, and what is assumed where there is none."""
    first, end = float(row["age_from"] or FROM_AGE), float(row["age_to"] or OLDEST)
    leaves_at = PENSION_AGE if pair[0] == "work" else LAST_BAND_END
    guesses, gaps, known_to = [], [], first
    for guess in guess_lines().get(pair, []):
        start, until = float(guess["age_from"]), float(guess["age_to"])
        until = leaves_at if until == PENSION_AGE else until  # the rate of the last band holds until the state ends
        if start >= end or until <= first:
            continue
        if start > known_to:
            gaps.append(ASSUMED_NONE)
        guesses.append((guess["basis"], guess["confidence"]))
        known_to = until
    if known_to < min(end, leaves_at):
        gaps.append(ASSUMED_NONE)
    if end > leaves_at:
        gaps.append(ASSUMED_NONE if pair[0] == "work" else NOBODY_LEFT)
    if guesses and float(row["rate_per_year"]) == 0:
        return [EMPTY, *gaps]
    return guesses + [BALANCED] * bool(guesses) + gaps


def factor_parts(pair, row):
    """What spreads a rate over days, sexes, classes and counties; a rate of 0 is spread over nothing."""
    if float(row["rate_per_year"]) == 0:
        return []
    if pair[0] in BY_DAYS:
        text, facts = next(part for days, *part in BY_DAYS[pair[0]] if float(row["days_from"]) >= days)
        return [of_facts(text, facts)]
    if row.get("stayer"):
        return [of_facts("by class: chosen so that half of NEET leave in a year", ["stayers", "stayer_exit"])]
    if pair == ("work", "sick_leave"):
        return [of_facts("by sex: SSB 447425, 2020", ["sick_women_to_men"])]
    if row.get("region"):
        return [("by county: job six months after (NAV, table 2, 2023-2024)", "M") if pair[1] == "work" else
                ("by county: new disability benefit (NAV 2022-2024)", "H")]
    return []


def parts_of(row):
    """Parts of the evidence of a line: [(source, confidence)]."""
    pair = (row["from"], row["to"])
    if pair[1] == "dead":
        return [of_facts(*DEATHS)]
    if pair[1] == "abroad":
        return [DEPARTURES]
    if pair[0] == "abroad":
        return [RETURNS if float(row["rate_per_year"]) > 0 else ASSUMED_NONE]
    if pair == ("work", "retired") and row["age_from"] == PENSION_AGE:
        return [RETIRING]
    if row.get("reduced_capacity"):
        pair = (ON_MEASURE[row["reduced_capacity"]], pair[1])
    elif pair[1] == "measure" and pair not in guess_lines():
        pair = (pair[0], "measure_aap")
    if pair not in guess_lines():
        return [(f"assumed: none of those {'with' if row['reduced_capacity'] == 'yes' else 'without'} AAP", "L")]
    return guess_parts(pair, row) + factor_parts(pair, row)


def evidence_of(row):
    """Source, confidence and status of a line of a table of rates."""
    parts = list(dict.fromkeys(parts_of(row)))
    confidence = max((level for _, level in parts), key="HML".index)
    source = " + ".join(text for text, _ in parts)
    unverified = confidence == "L" or "general knowledge" in source
    return [source, confidence, "unverified" if unverified else "derived"]


def with_evidence(table):
    """A table of rates with the three columns."""
    columns, *lines = table
    return [columns + COLUMNS, *([*line, *evidence_of(dict(zip(columns, line)))] for line in lines)]
