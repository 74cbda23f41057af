# SPDX-License-Identifier: Apache-2.0
"""The people of the start, one for each hundred, and those who join later."""
from .books import OLDEST, PENSION_AGE, read
from .flows import state_of
from .people import SEXES, arrivals_15, entrants, start_shares

ONE_FOR = 100
CLASSED = ("other_scheme", "no_known_status")
# Time already spent, in days: middles of equal parts of the people in the state. Few on AAP are over three
# years: a start does not say who has been through a limit already, and a quarter of them would leave in the first minute.
TIME_IN_STATE = {
    "sick_leave": (10, 40, 90, 160, 260), "unemployed": (15, 60, 150, 330, 700), "measure": (20, 60, 120, 240),
    "measure_aap": (20, 60, 120, 240),
    "aap": (90, 270, 470, 650, 800, 930, 1050, 1400), "aap_work": (90, 270, 470, 650, 800, 930, 1050, 1400),
    "other_scheme": (30, 120, 300, 700), "no_known_status": (60, 250, 600, 1400),
    "disability": (1000, 3000), "disability_work": (1000, 3000), "work": (200, 700, 2000), "school": (60,),
    "higher_education": (60, 430, 800), "apprenticeship": (60, 430), "retired": (1000,),
}


def age_cells():
    """Cells of completed ages: single years while much changes, then wider."""
    return [(age, age + 1) for age in range(15, 30)] + [(age, age + 4) for age in range(30, 62, 4)] + [
        (62, 64), (64, PENSION_AGE), (67, 70), (70, 75), (75, 80), (80, 85), (85, 90), (90, 97)]


class Carry:
    """Whole numbers whose sum stays within one of the sum of what was asked for."""

    def __init__(self):
        self.rest = 0.5

    def take(self, amount):
        self.rest += amount
        whole = int(self.rest)
        self.rest -= whole
        return whole


def county_weights(state, share, disability):
    """Share of the people of a state who live in each county: those on disability benefit as NAV's shares of 2020 have it."""
    weights = {region: part * (disability[region] if state.startswith("disability") else 1.0) for region, part in share.items()}
    return {region: weight / sum(weights.values()) for region, weight in weights.items()}


def stayers_in(state, facts):
    share, slow = facts["stayers"], facts["stayer_exit"]
    return share / slow / (share / slow + 1 - share) if state in CLASSED else share


def sexes_in(state, facts):
    """Women and men of a state: those on disability benefit as NAV's shares have it, even elsewhere."""
    if not state.startswith("disability"):
        return SEXES
    women = facts["disability_women_share"] / (2 * facts["disability_share"])
    return {"female": women, "male": 1 - women}


def people_table(country, share, disability):
    """People of November 2022 by state, age, county and sex; county and sex are taken as independent of age, and of each other."""
    at_start = start_shares(country.totals[2022], country.shares[2022], country.people[2022])
    table = [["state", "age", "region", "sex", "stayer", "dagpenger", "aap_on_measure", "time_in_state", "count"]]
    for state, by_age in at_start.items():
        heads, slow, row = Carry(), Carry(), 0
        with_aap = "yes" if state == "measure_aap" else "no"
        for start, end in age_cells():
            in_cell = sum(by_age.get(age, 0.0) for age in range(start, end if end < 97 else OLDEST)) / ONE_FOR
            for region, weight in county_weights(state, share, disability).items():
                for sex, part in sexes_in(state, country.facts).items():
                    count = heads.take(in_cell * weight * part)
                    if count == 0:
                        continue
                    row += 1
                    age = start + (end - start) * (row * 0.618034 % 1)
                    days = TIME_IN_STATE[state][row % len(TIME_IN_STATE[state])]
                    right = "yes" if state == "unemployed" and row % 2 == 0 else "no"
                    stayers = min(count, slow.take(count * stayers_in(state, country.facts)))
                    for stayer, heads_of in (("no", count - stayers), ("yes", stayers)):
                        if heads_of > 0:
                            table.append([state_of(state), f"{int(age * 100) / 100:g}", region, sex, stayer, right, with_aap, f"{days} days", heads_of])
    return table


def joining(facts, share, scale):
    """Shares of those who join by county, sex and class, with counts of one for a hundred; none has a benefit."""
    for region, weight in share.items():
        for sex, part in SEXES.items():
            for stayer, of_class in (("no", 1 - facts["stayers"]), ("yes", facts["stayers"])):
                yield region, sex, stayer, "no", "no", f"{scale * weight * part * of_class / ONE_FOR:.4f}"


def entrants_table(facts, share):
    """Who turns 15 in a year, every year."""
    return [["region", "sex", "stayer", "dagpenger", "aap_on_measure", "count"], *map(list, joining(facts, share, entrants(facts)))]


def arrivals_table(facts, share):
    """Who comes to the country in a year, every year, as in 2022-24 but for those who come back by the rates of the model."""
    table = [["state", "age_from", "age_to", "region", "sex", "stayer", "dagpenger", "aap_on_measure", "count"]]
    for line in read("derivation/migration.csv"):
        if line["kind"] == "arrival":
            scale = arrivals_15(facts) * float(line["weight"])
            table += [[line["state"], line["age_from"], line["age_to"], *rest] for rest in joining(facts, share, scale)]
    return table
