# SPDX-License-Identifier: Apache-2.0
"""Who lives with whom: the people of a start put into households, with the children that the model does not have.

Families get as many children as SSB counts siblings, parents of a fitting age, and adult children who have not moved out; then
couples without children, people who share a home, and all others alone. Within county, age and sex it is drawn who; of people in
the states outside some are not asked, as they live in families less often. Draws are those of a fixed seed: the file is the same each time.
"""
import bisect
import random

from .books import read
from .people import SEXES
from .start import Carry, stayers_in

SEED = 2022
ADULT = 18
OUTSIDE = ("unemployed", "measure", "aap", "disability", "other_scheme", "no_known_status")
SPREAD_OF_SIBLINGS = 8  # years within which brothers and sisters are born, most of the time


class Guesses:
    """The lines of derivation/households.csv by what they say."""

    def __init__(self):
        self.bands, self.numbers = {}, {}
        for line in read("derivation/households.csv"):
            if line["from"]:
                self.bands.setdefault(line["what"], []).append((int(line["from"]), int(line["to"] or 0), float(line["value"])))
            else:
                self.numbers[line["what"]] = float(line["value"])

    def at_age(self, what, age):
        return next((value for start, end, value in self.bands[what] if start <= age < end), 0.0)


class Pool:
    """Adults of a county who have no household yet, by sex in order of age."""

    def __init__(self, people):
        self.people = {sex: sorted((p for p in people if p["sex"] == sex), key=lambda p: p["age"]) for sex in SEXES}

    def nearest(self, sex, age):
        """Takes who is nearest in age; the other sex where there is nobody left."""
        mine = self.people[sex] or next(people for people in self.people.values() if people)
        i = bisect.bisect_left([p["age"] for p in mine], age)
        if i == len(mine) or (i > 0 and age - mine[i - 1]["age"] < mine[i]["age"] - age):
            i -= 1
        return mine.pop(i)

    def any_between(self, sex, start, end, draw):
        mine = self.people[sex]
        ages = [p["age"] for p in mine]
        first, last = bisect.bisect_left(ages, start), bisect.bisect_left(ages, end)
        return mine.pop(first + int(draw * (last - first))) if last > first else None

    def rest(self):
        return [p for people in self.people.values() for p in people]


class Settling:
    """Puts people into households, county by county; what is left over in one is carried to the next."""

    def __init__(self, facts, one_for):
        self.facts, self.one_for, self.guesses = facts, one_for, Guesses()
        self.random = random.Random(SEED)
        self.carries, self.homes = {}, []

    def draw(self):
        return self.random.random()

    def around(self, middle, spread):
        return middle + spread * (2 * self.draw() - 1)

    def heads(self, what, amount):
        return self.carries.setdefault(what, Carry()).take(amount)

    def size(self, what):
        bands = self.guesses.bands[what]
        left = self.draw() * sum(value for _, _, value in bands)
        for children, _, value in bands:
            left -= value
            if left < 0:
                return children
        return bands[-1][0]

    def children_of(self, region, share):
        """Children below 15: as many of each age as SSB has of 0-5 and 6-17 years."""
        children = []
        for age in range(15):
            of_age = self.facts["children_0_5_2023"] / 6 if age < 6 else self.facts["children_6_17_2023"] / 12
            for sex, part in SEXES.items():
                for _ in range(self.heads(("child", sex), of_age * share * part / self.one_for)):
                    stayer = "yes" if self.heads("stayer", stayers_in("school", self.facts)) else "no"
                    children.append({"state": "school", "age": int(100 * (age + self.draw())) / 100, "region": region, "sex": sex,
                                     "stayer": stayer, "dagpenger": "no", "reduced_capacity": "no", "time_in_state": "60 days"})
        return children

    def parents(self, pool, eldest, one):
        numbers = self.guesses.numbers
        mother_age = max(ADULT + 1.0, self.around(eldest + numbers["mother_at_first"], 8))
        father_age = self.around(mother_age + numbers["man_older"], 6)
        if one:
            mother = self.draw() < numbers["mothers_of_single"]
            return [pool.nearest("female", mother_age) if mother else pool.nearest("male", father_age)]
        return [pool.nearest("female", mother_age), pool.nearest("male", father_age)]

    def families(self, pool, minors):
        one_of = self.facts["single_parents_2023"] / (self.facts["single_parents_2023"] + self.facts["couples_with_children_2023"])
        queue = sorted(minors, key=lambda child: child["age"] + SPREAD_OF_SIBLINGS * self.draw())
        families = []
        while queue:
            one = self.heads("one_parent", one_of) == 1
            size = self.size("children_of_one" if one else "children_of_couple")
            children, queue = queue[:size], queue[size:]
            families.append(self.parents(pool, max(child["age"] for child in children), one) + children)
        return families

    def adult_children(self, pool, families, at_home, share):
        """Families of adult children alone, as many as SSB counts; who is left lives where the eldest of the others is oldest."""
        numbers = self.guesses.numbers
        queue = sorted(at_home, key=lambda child: child["age"] + 4 * self.draw())
        for _ in range(self.heads("adult_children_homes", self.facts["with_adult_children_2023"] * share / self.one_for)):
            size = 1 + self.heads("adult_children", numbers["adult_children"] - 1)
            children, queue = queue[:size], queue[size:]
            if children:
                one = self.draw() < numbers["one_parent_of_adult"]
                self.homes.append(self.parents(pool, max(child["age"] for child in children), one) + children)
        eldest_first = sorted(families, key=lambda home: -max(p["age"] for p in home if p["age"] < ADULT))
        for child, home in zip(queue, eldest_first):
            home.append(child)

    def couples(self, pool, share):
        for start, end, part in self.guesses.bands["couple"]:
            couples = self.facts["couples_without_children_2023"] * part * share / self.one_for
            for _ in range(self.heads(("couple", start), couples)):
                man = pool.any_between("male", start, end, self.draw())
                if man:
                    woman_age = max(ADULT, self.around(man["age"] - self.guesses.numbers["man_older"], 6))
                    self.homes.append([man, pool.nearest("female", woman_age)])

    def shared(self, people, share):
        """Households of several families, here of single people; the others live alone."""
        young = self.guesses.numbers["sharing_if_young"]
        order = sorted(people, key=lambda p: self.draw() ** (1 / (young if p["age"] < 35 else 1)), reverse=True)
        homes = self.heads("shared", self.facts["several_families_2023"] * share / self.one_for)
        for _ in range(homes):
            size = self.heads("sharing", self.facts["people_in_several_families_2023"] / self.facts["several_families_2023"])
            self.homes.append(order[:size])
            order = order[size:]
        self.homes += [[person] for person in order]

    def settle(self, people, region, share):
        at_home = [p for p in people if ADULT <= p["age"] and self.draw() < self.guesses.at_age("with_parents", p["age"])]
        staying = {id(p) for p in at_home}
        single = {id(p) for p in people if p["state"] in OUTSIDE and self.draw() < self.guesses.numbers["single_outside"]}
        pool = Pool([p for p in people if p["age"] >= ADULT and id(p) not in staying | single])
        minors = [p for p in people if p["age"] < ADULT] + self.children_of(region, share)
        families = self.families(pool, minors)
        self.adult_children(pool, families, at_home, share)
        self.homes += families
        self.couples(pool, share)
        self.shared(pool.rest() + [p for p in people if p["age"] >= ADULT and id(p) in single - staying], share)


def household_table(country, table, share, one_for):
    """The people of a table of people, each with a household; who lives alone has none, and one row with others who are alike."""
    columns, *lines = table
    settling = Settling(country.facts, one_for)
    people = {region: [] for region in share}
    for line in lines:
        person = dict(zip(columns, line))
        people[person["region"]] += [{**person, "age": float(person["age"])} for _ in range(int(person.pop("count")))]
    for region, part in share.items():
        settling.settle(people[region], region, part)
    alone, together = {}, []
    for number, home in enumerate(settling.homes):
        for person in home:
            cells = (*(f"{person[name]:g}" if name == "age" else person[name] for name in columns[:-1]),)
            if len(home) == 1:
                alone[cells] = alone.get(cells, 0) + 1
            else:
                together.append([*cells, number, ""])
    return [[*columns[:-1], "household", "count"], *together, *([*cells, "", count] for cells, count in alone.items())]
