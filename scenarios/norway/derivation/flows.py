# SPDX-License-Identifier: Apache-2.0
"""Yearly flows between states by single year of age, and the rates that follow from them."""
import math

from .books import AGES, FROM_AGE, PENSION_AGE, balanced, read

YEAR = 365.25
PAID_DAYS = 248
EMPLOYER_DAYS = 16
BANDS = (15, 16, 17, 18, 19, 20, 22, 25, 30, 40, 50, 60, 62, 64, 67)


def sick_hazards(facts):
    """Hazards of NAV-paid sick leave by days from, per year, from the shares over eight weeks and on the last day."""
    last, weeks8 = PAID_DAYS * 7 / 5, 56 - EMPLOYER_DAYS
    early = -math.log(facts["sick_over_8_weeks"]) * YEAR / weeks8
    late = -math.log(facts["sick_at_end_of_one_stay"] / facts["sick_over_8_weeks"]) * YEAR / (last - weeks8)
    return [(0, early), (weeks8, late)], last


def unemployed_hazards(facts):
    """Hazards of unemployment by days from, per year, from the shares gone after a month and after six."""
    month = YEAR / 12
    stay1, stay6 = 1 - facts["unemployed_gone_1_month"], 1 - facts["unemployed_gone_6_months"]
    return [(0, -math.log(stay1) * 12), (month, -math.log(stay6 / stay1) * 12 / 5), (6 * month, facts["long_unemployed_exit"])]


def mean_and_left(hazards, scale, last):
    """Mean stay in years, and share still there on the last day, where all hazards are scaled."""
    mean, left = 0.0, 1.0
    for (day, hazard), end in zip(hazards, [day for day, _ in hazards[1:]] + [last]):
        kept = math.exp(-scale * hazard * (end - day) / YEAR)
        mean += left * (1 - kept) / (scale * hazard)
        left *= kept
    return mean, left


def scale_to(hazards, last, exits):
    """The scale at which so many exits a year before the last day come of each person in a steady stock."""
    low, high = 1e-3, 1e3
    for _ in range(100):
        scale = math.sqrt(low * high)
        mean, left = mean_and_left(hazards, scale, last)
        low, high = (scale, high) if (1 - left) / mean < exits else (low, scale)
    return scale


def first_guesses():
    """First guesses of rates: {(from, to): [(age from, age to, rate)]}."""
    guesses = {}
    for line in read("derivation/first_guess.csv"):
        band = (float(line["age_from"]), float(line["age_to"]), float(line["rate_per_year"]))
        guesses.setdefault((line["from"], line["to"]), []).append(band)
    return guesses


def at_age(bands, age):
    return next((rate for start, end, rate in bands if start <= age < end), 0.0)


def limit_flows(stocks, facts):
    """Flows by age of those whose rights end: used up sick pay, and AAP after three and after five years."""
    def shares(name):
        lines = {line["to"]: float(line["share"]) for line in read(f"limits/{name}.csv")}
        leaving = 1 - lines.pop("stay", 0.0)
        return {to: share / leaving for to, share in lines.items()}
    flows = {age: {} for age in AGES}
    with_aap = ("aap", "aap_work", "measure_aap")
    everybody = sum(stocks[state][age] for state in with_aap for age in AGES)
    rules = [("sick_leave", stocks["sick_leave"], facts["sick_exhausted"], "sick_pay")]
    for state in with_aap:
        part = sum(stocks[state].values()) / everybody
        rules += [(state, stocks[state], part * facts["aap_ended_at_3_years"], "aap_3_years"),
                  (state, stocks[state], part * facts["aap_ended_at_5_years"], "aap_5_years")]
    for state, stock, total, name in rules:
        of_adults = {age: stock[age] if age >= 18 else 0.0 for age in AGES}
        for age in AGES:
            for to, share in shares(name).items():
                flow = total * of_adults[age] / sum(of_adults.values()) * share
                flows[age][state, to] = flows[age].get((state, to), 0.0) + flow
    return flows


def needed_by_age(shares, people, moved):
    """Net flow into each state by transitions that the change with age, deaths and moves ask for, by age."""
    states = list(shares)
    needed = {age: {} for age in AGES}
    for age in AGES:
        for state in states:
            now = shares[state][age]
            if age == FROM_AGE:
                change = (shares[state][age] + shares[state][age + 1]) / 2 - (1.0 if state == "school" else 0.0)
            elif age == PENSION_AGE - 1:
                change = now - shares[state][age - 1]
            else:
                change = (shares[state][age + 1] - shares[state][age - 1]) / 2
            net_moved = moved[state][age] - now * sum(moved[other][age] for other in states)
            needed[age][state] = people[age] * change - net_moved
    return needed


def delay(needed, inflows):
    """Takes the need of a state at an age at which no transition leads there at the first age at which one does, from school."""
    for state in {state for by_age in needed.values() for state in by_age} - {"school"}:
        first = min((age for age in AGES if any(b == state and flow > 0 for (_, b), flow in inflows[age].items())), default=None)
        for age in range(FROM_AGE, first or FROM_AGE):
            moved = needed[age][state]
            needed[age][state] = 0.0
            needed[age]["school"] += moved
            needed[first][state] += moved
            needed[first]["school"] -= moved


def flows_by_age(shares, people, moved, facts):
    """Balanced flows of transitions by age, without those of limits: {age: {(from, to): people a year}}; and the limits'."""
    guesses = first_guesses()
    stocks = {state: {age: by_age[age] * people[age] for age in AGES} for state, by_age in shares.items()}
    rules = limit_flows(stocks, facts)
    guessed = {age: {pair: stocks[pair[0]][age] * at_age(bands, age) for pair, bands in guesses.items()} for age in AGES}
    needed = needed_by_age(shares, people, moved)
    delay(needed, guessed)
    found = {}
    for age in AGES:
        guess = {pair: flow for pair, flow in guessed[age].items() if flow > 0}
        states = sorted({state for pair in guess for state in pair})
        left = dict(needed[age])
        for (a, b), flow in rules[age].items():
            left[a] = left.get(a, 0.0) + flow
            left[b] = left.get(b, 0.0) - flow
        found[age] = balanced(guess, {state: left.get(state, 0.0) for state in states}, states)
    return found, rules, stocks, guessed


def state_of(name):
    """The state of the model: people on measures with AAP are a state of the books only, in the model a trait tells them apart."""
    return "measure" if name == "measure_aap" else name


def banded(flows, stocks, pair):
    """Rates of a transition by age band: [(from, to, rate)]."""
    rates = []
    for start, end in zip(BANDS, BANDS[1:]):
        stock = sum(stocks[pair[0]][age] for age in range(start, end))
        flow = sum(flows[age].get(pair, 0.0) for age in range(start, end))
        rates.append((start, end, flow / stock if stock > 1 else 0.0))
    return rates
