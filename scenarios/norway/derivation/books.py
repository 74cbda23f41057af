# SPDX-License-Identifier: Apache-2.0
"""The books of a country: who is where by age, who must have moved for that, and the flows nearest to a first guess that do it.

A cohort that grows a year older has other shares of its people in each state. Transitions must account for the difference,
once deaths and moves in and out of the country are taken off. Of all flows that do, `balanced` takes those with the least
Kullback-Leibler distance to the first guess: every flow from a to b is multiplied by exp(potential[b] - potential[a]).
"""
import csv
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent
FROM_AGE = 15  # SSB counts the status of residents from 15 years on
PENSION_AGE = 67
LAST_BAND_END = 69  # nobody is in a state that ends at the pension age when older than this
AGES = range(FROM_AGE, PENSION_AGE)
OLDEST = 105


def read(name):
    """The lines of a table of the model, as dictionaries; paths are seen from its folder."""
    with open(HERE / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_facts():
    """Facts by name, as numbers."""
    return {line["fact"]: float(line["value"]) for line in read("facts.csv")}


def people_by_age(facts, year):
    """Residents by completed age from 15 years on: even within the age groups of SSB's table, scaled to the total of the year.

    The groups are those of the next 1 January where facts have them, and of 1 January 2025 where not.
    """
    def of(name):
        return facts.get(f"{name}_{year + 1}", facts[name])
    groups = [(15, 16, "people_13_15"), (16, 19, "people_16_18"), (19, 26, "people_19_25"), (26, 30, "people_26_29"),
              (30, 40, "people_30_39"), (40, 50, "people_40_49"), (50, 62, "people_50_61"), (62, 67, "people_62_66"),
              (67, 80, "people_67_79")]
    people = {}
    for first, end, name in groups:
        width = 3 if name == "people_13_15" else end - first
        people.update({age: of(name) / width for age in range(first, end)})
    oldest = range(80, OLDEST)
    weights = [0.88 ** (age - 80) for age in oldest]
    people.update({age: of("people_80") * weight / sum(weights) for age, weight in zip(oldest, weights)})
    scale = facts[f"people_15_{year}"] / sum(people.values())
    return {age: count * scale for age, count in people.items()}


def state_totals(facts, year, sick_stock):
    """People by state, where a fact says how many."""
    def of(name):
        share = facts.get(f"{name}_share_{year}")
        return facts[f"{name}_{year}"] if share is None else share * facts[f"people_15_{year}"]
    working_aap, working_disability = (facts.get(f"{name}_work_{year}", facts.get(f"employed_{name}_{year}"))
                                       for name in ("aap", "disability"))
    with_aap = facts["measure_aap_part"]
    totals = {state: of(state) for state in ("unemployed", "aap", "disability", "other_scheme", "no_known_status")}
    return {**totals, "disability_work": working_disability, "aap_work": working_aap, "retired": of("afp") + of("old_age"),
            "measure": of("measure") * (1 - with_aap), "measure_aap": of("measure") * with_aap,
            "sick_leave": sick_stock * facts[f"people_15_{year}"] / facts["people_15_2024"]}


def along(knots, age):
    """The value at an age on the straight lines between knots; 0 outside them, if no knot stands at the end."""
    for (age0, value0), (age1, value1) in zip(knots, knots[1:]):
        if age0 <= age <= age1:
            return value0 + (value1 - value0) * (age - age0) / (age1 - age0)
    return 0.0


def shares_by_age(people, totals):
    """Share of each age in each state below the pension age, met exactly by total where one is known; work has the rest."""
    knots = {}
    for line in read("derivation/age_profile.csv"):
        knots.setdefault(line["state"], []).append((float(line["age"]), float(line["share"])))
    shares = {state: {age: along(points, age) for age in AGES} for state, points in knots.items()}
    for state, total in totals.items():
        if state == "retired":  # most are older than this
            continue
        raw = sum(shares[state][age] * people[age] for age in AGES)
        shares[state] = {age: share * total / raw for age, share in shares[state].items()}
    shares["work"] = {age: max(0.0, 1 - sum(shares[state][age] for state in knots)) for age in AGES}
    return shares


def hazard_of_old_age(people, shares, retired):
    """Rate at which those at work retire from the pension age on, for so many pensioners in all."""
    younger = sum(shares["retired"][age] * people[age] for age in AGES)
    old = [age for age in people if age >= PENSION_AGE]
    working = sum(people[age] for age in old) - (retired - younger)
    at_66 = shares["work"][PENSION_AGE - 1]
    low, high = 0.0, 5.0
    for _ in range(60):
        rate = (low + high) / 2
        found = sum(people[age] * at_66 * math.exp(-rate * (age - PENSION_AGE + 1)) for age in old)
        low, high = (rate, high) if found > working else (low, rate)
    return rate


def solve(matrix, right):
    """x of matrix x = right, by Gaussian elimination with pivots."""
    size = len(right)
    rows = [list(matrix[i]) + [right[i]] for i in range(size)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for k in range(column, size + 1):
                rows[row][k] -= factor * rows[column][k]
    found = [0.0] * size
    for row in reversed(range(size)):
        found[row] = (rows[row][size] - sum(rows[row][k] * found[k] for k in range(row + 1, size))) / rows[row][row]
    return found


def balanced(guess, needed, states, stiffness=1e-3):
    """Flows {(a, b): people a year} nearest to the guess whose net inflow to each state is what is needed.

    Newton's method on the dual, sum(flow) - potential . needed + stiffness / 2 * |potential|^2, which is convex. The
    stiffness (in thousandths of the flow through a state) lets what cannot be met stay unmet in place of growing without bound.
    """
    index = {state: i for i, state in enumerate(states)}
    size = len(states)
    through = [1.0] * size
    for (a, b), flow in guess.items():
        through[index[a]] += flow
        through[index[b]] += flow
    potential = [0.0] * size

    def value(at):
        flows = sum(flow * math.exp(at[index[b]] - at[index[a]]) for (a, b), flow in guess.items())
        return flows + sum(stiffness * through[i] * at[i] ** 2 / 2 - at[i] * needed[states[i]] for i in range(size))

    for _ in range(100):
        slope = [stiffness * through[i] * potential[i] - needed[states[i]] for i in range(size)]
        curve = [[stiffness * through[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for (a, b), flow in guess.items():
            i, j = index[a], index[b]
            moved = flow * math.exp(potential[j] - potential[i])
            slope[i] -= moved
            slope[j] += moved
            curve[i][i] += moved
            curve[j][j] += moved
            curve[i][j] -= moved
            curve[j][i] -= moved
        step = solve(curve, [-s for s in slope])
        length = min(1.0, 2.0 / max(1e-12, max(abs(s) for s in step)))
        now = value(potential)
        while length > 1e-9 and value([p + length * s for p, s in zip(potential, step)]) > now:
            length /= 2
        potential = [p + length * s for p, s in zip(potential, step)]
        if max(abs(s) for s in step) < 1e-10:
            break
    return {(a, b): flow * math.exp(potential[index[b]] - potential[index[a]]) for (a, b), flow in guess.items()}
