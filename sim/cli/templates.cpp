// SPDX-License-Identifier: Apache-2.0
#include "templates.hpp"

#include <array>

namespace utvei {
namespace {

constexpr std::string_view model_text =
    R"yaml(# A model: the states of a life and the transitions between them. Check it with `utvei check model.yaml`, see it with
# `utvei graph model.yaml --format svg -o model.svg`. The numbers are examples, not estimates.
utvei: model/1
name: my_model

# regions: regions.csv          # region;parent;level;name_nb;name_nn;name_en (a code stands for all below it)

# `label` is what figures and tables say; `group` colours them. Durations carry their unit: 52 weeks, 18 months, 3 years.
states:
  school:
    group: education
    label: {nb: Videregående skole, nn: Vidaregåande skule, en: Upper secondary school}
  work:
    group: work
    label: {nb: Arbeid, nn: Arbeid, en: Work}
    ends_at_age: {age: 67, to: {retired: 1}}
  sick_leave:
    group: work
    label: {nb: Sykmeldt, nn: Sjukmeld, en: Sick leave}
    # A limit is a rule: who has been here for 52 weeks leaves, in these shares.
    limit: {after: 52 weeks, to: {aap: 0.65, work: 0.35}}
    ends_at_age: {age: 67, to: {retired: 1}}
  aap:
    group: outside
    label: {nb: Arbeidsavklaringspenger, nn: Arbeidsavklaringspengar, en: Work assessment allowance}
    # `stay`: the share whom the limit does not move.
    limit: {after: 3 years, stay: 0.6, to: {disability: 0.6, work: 0.4}}
    ends_at_age: {age: 67, to: {retired: 1}}
  disability:
    group: outside
    label: {nb: Uføretrygd, nn: Uføretrygd, en: Disability pension}
    ends_at_age: {age: 67, to: {retired: 1}}
  retired:
    label: {nb: Alderspensjon, nn: Alderspensjon, en: Retired}
    absorbing: true             # nobody leaves

# What people have, and rates may differ by: levels, or `number`.
traits:
  sex: [female, male]

# Transition intensities per year: one number, or `rates: FILE.csv` with the columns from;to;rate_per_year and any of region,
# a trait, age_from;age_to, days_from;days_to, year_from;year_to. A transition with neither takes its rate from `rates:` below.
transitions:
  - {from: school, to: work, rate_per_year: 0.40}
  - {from: school, to: aap, rate_per_year: 0.02}
  - {from: work, to: sick_leave, rate_per_year: 0.15}
  - {from: sick_leave, to: work, rate_per_year: 3.0}
  - {from: sick_leave, to: aap, rate_per_year: 0.10}
  - {from: aap, to: work, rate_per_year: 0.30}
  - {from: aap, to: disability, rate_per_year: 0.15}

# rates: rates.h5               # from `utvei estimate study.yaml -o rates.h5`
)yaml";

constexpr std::string_view scenario_text =
    R"yaml(# A scenario: whom to follow, for how long, and what is different. It names a model: `utvei new model -o model.yaml` makes one.
# Check it with `utvei check scenario.yaml`, run it with `utvei run scenario.yaml`. Two scenarios in one run meet the same people and the same luck.
utvei: scenario/1
name: my_scenario               # also the name of the result file
model: model.yaml
# extends: baseline.yaml        # take another scenario's values first, and write only what differs

start: 2025-01-01
years: 10
seed: 42

# One value or shares, as in sex: {female: 51, male: 49}; or a CSV: population: {file: people.csv}
population:
  persons: 10000
  state: {school: 0.7, work: 0.3}
  age: 18
  traits:
    sex: {female: 1, male: 1}

# When to count heads, each year (month-day, in quotes), and which tallies to keep.
stock_dates: ["11-16"]
age_groups: [16, 20, 25, 30, 40, 50, 62, 67]
breakdowns:
  - [year, state]
  - [year, age_group, sex, state]
life_courses: none              # or all, or {sample: 1000}
# income: income.yaml           # who has a low income: `utvei new income -o income.yaml`

# What if: entries that meet multiply; they act on intensities, not on limits.
changes:
  - name: aap_to_work           # what --set and batches call it: changes.aap_to_work.hazard_ratio
    transition: aap -> work     # or "* -> work", "aap -> *", or a list
    hazard_ratio: 1.2
    age: {from: 18, to: 30}
    from: 2026-01-01
    to: 2031-01-01
)yaml";

constexpr std::string_view study_text =
    R"yaml(# A study: which files hold the spells, and what to estimate from them. Check it with `utvei check study.yaml`, run it with
# `utvei estimate study.yaml -o rates.h5 --inside`. `utvei new persons -o persons.csv` and `utvei new spells -o spells.csv` show what
# the data files look like; change the names below to those of yours.
utvei: study/1
name: my_study
model: model.yaml
data_class: register            # register, open or synthetic; everything made from the study inherits it
window: {from: 2015-01-01, to: 2025-01-01}
intervals: half_open            # or closed: the stop date belongs to the spell, as in many registers

# Left side: what utvei calls it; right side: the columns of your files.
persons: {file: persons.csv, id: person, birth: birth_date, traits: [sex]}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}
# residence: {file: moves.csv, id: person, region: region, start: start, stop: stop}
# traits_over_time: [{file: education.csv, id: person, trait: education, value: level, start: start}]
# stock_dates: ["11-16"]        # `utvei register` counts heads on this day of each year
# bridge: 30 days               # shorter gaps in a state are passed over
# rejects: {at_most: 0.01}      # share of the rows of a file that may be broken; --rejects FILE lists them

estimate:
  bands: {age: [16, 20, 25, 30, 40, 50, 62, 67], time_in_state: [0 days, 90 days, 1 year]}
  terms: [sex, age]
  region: none                  # or pooled: each region's own data, and more of the others' where it has few
)yaml";

constexpr std::string_view population_text =
    R"yaml(# A population: people from tables of how many there are. Check it with `utvei check population.yaml`, make the people with
# `utvei populate population.yaml -o people.h5`, and start a scenario with `population: people.h5`. `utvei new margin -o margin.csv`
# shows what a table looks like.
utvei: population/1
name: my_population
model: model.yaml
date: 2025-01-01                # the day that the people are of: the start of the scenario
data_class: open                # register, open or synthetic: where the tables come from
seed: 42                        # of the rounding to whole people

# Delimited files. Every column but the count tells people apart: region, age (16, 16-19, 80+) or age_from and age_to, state, or a
# trait of the model; each trait and the state must be in one of them. Where tables disagree the earlier holds.
margins:
  - {name: state by age and sex, file: margin.csv, count: persons}
# - {name: age by region, file: age.csv, count: persons, where: {year: 2025}}
# structural_zeros: impossible.csv              # combinations that nobody has
# time_in_state: {file: durations.csv}          # state;from;to;share: how long people have been where they are
# register: {file: register.h5}                 # people of `utvei register`, to be copied
# oldest: 105                                   # where open bands of age end
)yaml";

constexpr std::string_view income_text =
    R"yaml(# What people live on in each state, and where low income begins. Check it with `utvei check income.yaml`; a scenario that
# names it (`income: income.yaml`) counts who has a low income. The numbers are examples: see that they are right before you use them.
utvei: income/1
name: my_income
model: model.yaml

# G, the base amount, as the mean of each calendar year; or a table year;amount. It grows after the last year.
base_amounts: {2024: 122225, 2025: 128116, 2026: 134419}
growth: 0.035
kroner_of: 2024                 # amounts in kroner are of that year; they follow G to the others

# Of who works all year, before tax: a number, or a table by any of region, a trait, age_from;age_to. `spread` is between people.
earnings: {amount: 600000, spread: 0.35}

# A line for each state of the model: a share of earnings, a benefit, an amount; `nothing`; or `outside` (dead, abroad).
states:
  school: nothing
  work: {earnings: 1}
  sick_leave: {benefit: {share: 1, of: full_earnings, ceiling: 6 G}}
  aap:
    # 66 per cent of the last year, or of the mean of three; `earned_before` is for who begins the run here.
    benefit: {share: 0.66, of: [{years: 1}, {years: 3}], ceiling: 6 G, floor: 2.041 G}
    earned_before: 0.5
  disability:
    benefit: {share: 0.66, of: {years: 5, best: 3}, ceiling: 6 G, floor: 2.329 G}
    earned_before: 0.5
  retired: {amount: 2.5 G}

taxes:                          # or none, where the amounts are after tax
  - {above: 0.9 G, rate: 0.25}
  - {above: 6 G, rate: 0.38}
household: {children_below: 17, per_child: 0.15 G}
low_income: {share_of_median: 0.6}

# Ways over both chains, counted step by step.
pathways:
  ill_and_poor:
    - {name: ill, states: [sick_leave, aap]}
    - {name: low_income, income: [low, persistently_low]}
    - {name: work, states: [work]}
)yaml";

constexpr std::string_view money_text =
    R"yaml(# Who pays what people live on, and how it is added up over years. Check it with `utvei check money.yaml`; a scenario that names
# it (`money: money.yaml`, beside `income:`) counts what each payer pays. The numbers are examples: see that they are right before
# you use them, and say under `verified` where you read them.
utvei: money/1
name: my_money
model: model.yaml
kroner_of: 2025                 # prices here, and all results, are in kroner of this year
prices: {growth: 0.02}          # consumer prices; amounts follow wages, as G does

# Who pays in each state with a benefit or an amount: person, employer, municipality, county, health_authority or state.
payers:
  sick_leave: {first: employer, for: 16 days, then: state}
  aap: state
  disability: state
  retired: state
taxes: {municipality: 0.38, county: 0.07, state: 0.55}
municipal_tax_kept: 0.4         # the rest is evened out between municipalities
contributions: 0.141            # employers', of pay
# services: {aap: {state: 20000, municipality: 8000}}    # kroner a year of each person there
value_of_time: 0                # kroner a year, of who goes to work instead: 0 flatters

discount: [{from: 0, rate: 0.04}, {from: 40, rate: 0.03}, {from: 75, rate: 0.02}]
tax_cost: 0.2                   # what society loses for each krone of taxes
residual: none                  # or how long the last year's difference goes on: 20 years, forever
displacement: none              # or {to: aap}: where those are whose jobs are taken; shown with 0, 25 and 50 per cent
# verified: {discount: "R-109/21, section 5"}
)yaml";

constexpr std::string_view batch_text =
    R"yaml(# A batch: a scenario, and what differs between those that are made of it. See what it comes to with `utvei batch plan batch.yaml`,
# run it with `utvei batch run batch.yaml`. Whatever stops it, `utvei batch resume batch.yaml` goes on, and does nothing twice.
utvei: batch/1
name: my_batch
base: scenario.yaml             # or scenarios: [baseline.yaml, what_if.yaml]

# Keys as --set takes them, and the values that they get: every combination, or with `combine: zip` the first values of all
# axes, then the second ones, and so on.
axes:
  - {name: ratio, key: changes.aap_to_work.hazard_ratio, values: [1, 1.2, 1.5]}
  - {name: until, key: changes.aap_to_work.age.to, values: [20, 30]}
combine: grid
names: "ratio{ratio}-until{until}"    # of scenarios and their result files
exclude:
  - {ratio: 1, until: 20}       # a ratio of 1 changes nothing: one such scenario is enough
baseline: {ratio: 1, until: 30} # what the others are compared with: one of them, or a file: baseline.yaml
# overrides: [{when: {ratio: 1.5}, set: {changes.aap_to_work.to: 2028-01-01}}]
# set: {population.persons: 2000}       # of all
# draws: 100                    # of all scenarios
# people_per_unit: 100000
# out: runs                     # where results go; finished units go to its folder units
)yaml";

// People who do not exist.
constexpr std::string_view persons_text = R"csv(person,birth_date,sex
1,1985-03-14,female
2,1991-11-02,male
3,1998-06-21,female
)csv";

// An empty stop: the spell was still going on when the data were drawn.
constexpr std::string_view spells_text = R"csv(person,start,stop,state
1,2012-08-01,2016-04-11,work
1,2016-04-11,2016-06-20,sick_leave
1,2016-06-20,,work
2,2014-08-15,2017-06-20,school
2,2017-06-20,2019-02-04,work
2,2019-02-04,2020-02-03,sick_leave
2,2020-02-03,2022-09-01,aap
2,2022-09-01,,work
3,2014-08-18,2018-01-10,school
3,2018-01-10,2021-05-31,aap
3,2021-05-31,,disability
)csv";

// Numbers that nobody counted.
constexpr std::string_view margin_text = R"csv(sex,age,state,persons
female,16-19,school,130
female,20-66,school,40
female,20-66,work,1180
female,20-66,disability,120
male,16-19,school,125
male,16-19,work,15
male,20-66,work,1260
male,20-66,disability,85
)csv";

constexpr std::string_view plan_text =
    R"yaml(# A plan: a chosen scenario, who is responsible, and what each year is expected to show. docs/follow.md (in Norwegian), docs/formats/plan.md.
# Check it with `utvei check plan.yaml`; `utvei follow plan.yaml --actual figures.csv -o pages` lays on it what was counted:
# year;indicator;actual;as_of     (`.` is not known yet, and not 0; as_of: the date, while the year is not over)
# 2027;working;1450;
utvei: plan/1
name: my_plan
label: {nb: Vår plan, nn: Vår plan, en: Our plan}
scenario: scenario.yaml         # or its result, runs/my_scenario.h5; bands take 39 replicates or draws: `replicates: 40` there
# baseline: without.yaml        # the same people without the plan
# region: "4203"                # one region of the tables
years: {from: 2026, to: 2030}   # both in the plan

actors:                         # each has a page of its own; kind: municipality, county, nav, employer or health
  nav: {kind: nav, label: NAV}
  kommunen: {kind: municipality, label: {nb: Kommunen, nn: Kommunen, en: The municipality}, contact: plan@kommunen.example}

# What is followed; left out: all steps of each measure of the scenario, and person-years outside work and education.
indicators:
  - name: outside
    label: {nb: Personår på AAP og uføretrygd, nn: Personår på AAP og uføretrygd, en: Person-years on AAP and disability pension}
    outcome: "person_years,state=aap+disability"    # as `compare --rank` writes it, without year and region
    unit: {nb: personår, nn: personår, en: person-years}
    actor: nav
  - name: working
    label: {nb: I arbeid 16. november, nn: I arbeid 16. november, en: In work on 16 November}
    outcome: "stock,state=work"
    actor: kommunen
  # A step of a measure that the scenario has: found, offered, started, completed or in_work.
  # - {name: began, label: Begynte, measure: my_measure, step: started, actor: nav}
)yaml";

constexpr std::array all_templates{
    Template{"model", model_text},           Template{"scenario", scenario_text}, Template{"study", study_text},
    Template{"population", population_text}, Template{"income", income_text},     Template{"money", money_text},
    Template{"batch", batch_text},           Template{"persons", persons_text},   Template{"spells", spells_text},
    Template{"margin", margin_text},         Template{"plan", plan_text}};

}  // namespace

std::span<Template const> templates() {
  return all_templates;
}

}  // namespace utvei
