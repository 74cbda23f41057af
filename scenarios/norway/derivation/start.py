# SPDX-License-Identifier: Apache-2.0
"""The people of the start, and those who join later: one person for so many residents."""
from .books import OLDEST, PENSION_AGE, read
from .flows import state_of
from .people import SEXES, arrivals_15, entrants, start_shares

REDUCED = ("aap", "aap_work", "measure_aap")  # states of the books whose people have reduced work capacity
CLASSED = ("other_scheme", "no_known_status")
# Time already spent, in days: middles of equal parts of the people in the state. Few on AAP are over three
# years: a start does not say who has been through a limit already, and a quarter of them would leave in the first minute.
ON_AAP = (90, 270, 470, 650, 800, 930, 1050, 1400)
TIME_IN_STATE = {
    "sick_leave": (10, 40, 90, 160, 260), "unemployed": (15, 60, 150, 330, 700), "measure": (20, 60, 120, 240),
    "aap": ON_AAP, "aap_work": ON_AAP,
    "measure_aap": ON_AAP,  # time with AAP, whose clock goes on: rates of those on measures do not hang on the days there
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


def weights_by_region(state, places, share, disability):
    """Part of the people of a state who live in each place: those on disability benefit by county as NAV's shares of 2020 have it."""
    weights = {county: part * (disability[county] if state.startswith("disability") else 1.0) for county, part in share.items()}
    total = sum(weights.values())
    return {region: weights[county] / total * part for region, (county, part) in places.items()}


def stayers_in(state, facts):
    share, slow = facts["stayers"], facts["stayer_exit"]
    return share / slow / (share / slow + 1 - share) if state in CLASSED else share


def sexes_in(state, facts):
    """Women and men of a state: those on disability benefit as NAV's shares have it, even elsewhere."""
    if not state.startswith("disability"):
        return SEXES
    women = facts["disability_women_share"] / (2 * facts["disability_share"])
    return {"female": women, "male": 1 - women}


def people_table(country, year, places, share, disability, one_for):
    """People of a November by state, age, place and sex; place and sex are taken as independent of age, and of each other."""
    at_start = start_shares(country.totals[year], country.shares[year], country.people[year])
    table = [["state", "age", "region", "sex", "stayer", "dagpenger", "reduced_capacity", "time_in_state", "count"]]
    for state, by_age in at_start.items():
        heads, slow, row = Carry(), Carry(), 0
        reduced = "yes" if state in REDUCED else "no"
        for start, end in age_cells():
            in_cell = sum(by_age.get(age, 0.0) for age in range(start, end if end < 97 else OLDEST)) / one_for
            for region, weight in weights_by_region(state, places, share, disability).items():
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
                            table.append([state_of(state), f"{int(age * 100) / 100:g}", region, sex, stayer, right, reduced,
                                          f"{days} days", heads_of])
    return table


def joining(facts, places, share, people, one_for):
    """Those who join by place, sex and class, with counts of one for so many people; none has a benefit."""
    for region, (county, fraction) in places.items():
        for sex, part in SEXES.items():
            for stayer, of_class in (("no", 1 - facts["stayers"]), ("yes", facts["stayers"])):
                count = people * share[county] * fraction * part * of_class / one_for
                yield region, sex, stayer, "no", "no", f"{count:.4f}"


def entrants_table(facts, places, share, one_for):
    """Who turns 15 in a year, every year."""
    return [["region", "sex", "stayer", "dagpenger", "reduced_capacity", "count"],
            *map(list, joining(facts, places, share, entrants(facts), one_for))]


def arrivals_table(facts, places, share, one_for):
    """Who comes to the country in a year, every year, as in 2022-24 but for those who come back by the rates of the model."""
    table = [["state", "age_from", "age_to", "region", "sex", "stayer", "dagpenger", "reduced_capacity", "count"]]
    for line in read("derivation/migration.csv"):
        if line["kind"] == "arrival":
            people = arrivals_15(facts) * float(line["weight"])
            table += [[line["state"], line["age_from"], line["age_to"], *rest]
                      for rest in joining(facts, places, share, people, one_for)]
    return table


def start_tables(country, places, shares, one_for):
    """The tables of start/ by name: one person for so many of these places, which say their county and their part of it."""
    share, disability = shares
    return {"people.csv": people_table(country, 2022, places, share, disability, one_for),
            "entrants.csv": entrants_table(country.facts, places, share, one_for),
            "arrivals.csv": arrivals_table(country.facts, places, share, one_for)}
