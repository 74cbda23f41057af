# SPDX-License-Identifier: Apache-2.0
"""What became of the people of the start: life courses of a run, with the ages of start/people.csv.

A life course holds no age. The key of the n-th person of a population without a column `person` is mix64(n)
(docs/formats/population.md), so the ages of those who were there at the start are found again; those who join later are left out where an age is asked for.
"""
import bisect
import csv
import datetime
import math

from .books import HERE

START = datetime.date(2022, 11, 1)
MASK = (1 << 64) - 1


def mix64(number):
    """The finaliser of splitmix64."""
    z = (number + 0x9E3779B97F4A7C15) & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def years_of(text):
    """Years since the start."""
    date = datetime.date.fromisoformat(text[:10])
    hours = int(text[11:13]) + int(text[14:16]) / 60 if len(text) > 10 else 0.0
    return ((date - START).days + hours / 24) / 365.25


class Lives:
    """States of people over time, in years since the start; ages of those who were there then."""

    def __init__(self, folder):
        self.ages, self.spent = {}, {}
        number = 0
        with open(HERE / "start/people.csv", encoding="utf-8") as file:
            for line in csv.DictReader(file, delimiter=";"):
                for _ in range(int(line["count"])):
                    number += 1
                    key = str(mix64(number))
                    self.ages[key] = float(line["age"])
                    self.spent[key] = float(line["time_in_state"].split()[0]) / 365.25
        self.times, self.states, self.moves = {}, {}, []
        with open(folder / "life_courses.csv", encoding="utf-8") as file:
            for line in csv.DictReader(file):
                if line["cause"] in ("end", "dagpenger", "reduced_capacity"):
                    continue
                when = years_of(line["time"])
                self.moves.append((when, line["from"], line["to"], line["cause"]))
                self.times.setdefault(line["person"], []).append(when)
                self.states.setdefault(line["person"], []).append(line["to"])

    def state(self, person, year):
        """The state on 16 November of a year."""
        return self.states[person][bisect.bisect_right(self.times[person], self.at(year)) - 1]

    @staticmethod
    def at(year):
        return years_of(f"{year}-11-16") + 1e-6

    def age(self, person, year):
        return self.ages[person] + self.at(year)

    def where(self, year, states, age_from, age_to):
        """People of the start who are in one of the states, at these ages, on 16 November of a year."""
        return [person for person in self.ages if age_from <= self.age(person, year) < age_to
                and self.state(person, year) in states]

    def all_in(self, year, states):
        """All people who are in one of the states on 16 November of a year, whatever their age."""
        return [person for person in self.times if self.times[person][0] <= self.at(year) and self.state(person, year) in states]

    def time_in(self, person, year, states):
        """Years that a person has been in these states without a break on 16 November of a year."""
        times, visited = self.times[person], self.states[person]
        i = bisect.bisect_right(times, self.at(year)) - 1
        while i > 0 and visited[i - 1] in states:
            i -= 1
        return self.at(year) - times[i] + (self.spent.get(person, 0.0) if i == 0 else 0.0)

    def causes(self, state, cause, first, last):
        """Moves out of a state by a rule, a year, in calendar years."""
        start, end = years_of(f"{first}-01-01"), years_of(f"{last + 1}-01-01")
        return sum(a == state and why == cause and start < when <= end for when, a, _, why in self.moves) / (last - first + 1)

    def share_staying(self, state, years, first, last):
        """Share of stays begun in these calendar years that last longer than so many years; the last must leave time to see it."""
        start, end = years_of(f"{first}-01-01"), years_of(f"{last + 1}-01-01")
        stays = [(times[i + 1] if i + 1 < len(times) else math.inf) - times[i]
                 for person, times in self.times.items() for i in range(1, len(times))
                 if self.states[person][i] == state and start < times[i] <= end]
        return sum(stay > years for stay in stays) / len(stays)
