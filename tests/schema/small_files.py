# SPDX-License-Identifier: Apache-2.0
"""The small files that agreement.py changes key by key, what they name, and where only a reader can tell."""

MODEL = {
    "utvei": "model/1",
    "states": {"school": {"group": "education"}, "work": {"limit": {"after": "1 year", "to": {"school": 1}}}, "retired": {"absorbing": True}},
    "regions": "regions.csv",
    "traits": {"sex": ["female", "male"], "job": ["no", "yes"]},
    "definitions": {"busy": {"states": ["work"], "of": ["school", "work"], "label": {"en": "Busy"}}},
    "transitions": [
        {"from": "school", "to": "work", "rate_per_year": 0.3},
        {"from": "work", "to": "school", "rate_per_year": 0.1},
        {"from": "work", "to": "retired", "rate_per_year": 0.1},
    ],
}
SCENARIO = {
    "utvei": "scenario/1",
    "name": "small",
    "model": "model.yaml",
    "start": "2025-01-01",
    "years": 2,
    "population": {"persons": 10, "state": "school", "age": 16, "region": "r01", "traits": {"sex": "female"}},
    "changes": [{"transition": "school -> work", "hazard_ratio": 1.3}],
}
STUDY = {
    "utvei": "study/1",
    "name": "small",
    "model": "model.yaml",
    "window": {"from": "2015-01-01", "to": "2020-01-01"},
    "persons": {"file": "persons.csv", "id": "person", "birth": "birth", "sex": "sex", "region": "region"},
    "sources": [{"file": "spells.csv", "id": "person", "start": "start", "stop": "stop",
                 "state_from": {"column": "state"}}],
    "estimate": {"bands": {"age": [16, 30]}, "region": "fixed"},
}
ACTIVITIES = {
    "utvei": "study/1",
    "name": "overlapping",
    "model": "model.yaml",
    "window": {"from": "2015-01-01", "to": "2020-01-01"},
    "persons": {"file": "persons.csv", "id": "person", "birth": "birth", "sex": "sex"},
    "sources": [{"file": "jobs.csv", "id": "person", "start": "start", "stop": "stop", "activity": "job"},
                {"file": "spells.csv", "id": "person", "start": "start", "stop": "stop",
                 "activity_from": {"column": "state", "values": {"work": "course"}}}],
    "states_when": [{"state": "work", "all": ["job"], "none": ["course"]}, {"state": "school", "all": "course"}],
    "flags": ["job"],
    "estimate": {"terms": ["job"]},
}
MICRODATA = {
    "utvei": "study/1",
    "name": "platform",
    "model": "model.yaml",
    "window": {"from": "2015-01-01", "to": "2020-01-01"},
    "persons": {"file": "births.csv", "kind": "microdata", "birth": "measure"},
    "residence": {"file": "places.csv", "kind": "microdata"},
    "traits_over_time": [{"file": "sexes.csv", "kind": "microdata", "trait": "sex", "values": {"1": "male"}}],
    "sources": [{"file": "status.csv", "kind": "microdata", "state_from": {"values": {"1": "work"}}}],
}
PANEL = {
    "utvei": "study/1",
    "name": "seen",
    "model": "model.yaml",
    "persons": {"file": "persons.csv", "id": "person", "sex": "sex"},
    "sources": [{"kind": "panel", "file": "panel.csv", "id": "person", "date": "date", "state_from": {"column": "state"}}],
    "estimate": {"terms": ["sex"], "cuts": [2016]},
}
COUNTS = {
    "utvei": "study/1",
    "name": "counted",
    "model": "model.yaml",
    "exposure": {"file": "counts.csv", "holdout": "counts.csv"},
}
MAPPING = {
    "utvei": "mapping/1",
    "file": "table.csv",
    "value": "n",
    "columns": {
        "status": {"as": "state", "values": {"A": "work"}, "total": "TOT"},
        "region": {"as": "region"},
        "sex": {"as": "sex"},
    },
    "signs": {"*": "hidden"},
    "small": {"hidden_below": 4},
    "recode": {"file": "today.csv", "from": "old", "to": "new"},
}
SHEET = {
    "utvei": "mapping/1",
    "file": "sheet.csv",
    "until": "Source",
    "columns": {"#1": {"as": "region"}},
    "wide": {"as": "year", "columns": ["2023", "2024"]},
}
PEOPLE = {
    "utvei": "population/1",
    "name": "small",
    "model": "model.yaml",
    "date": "2022-11-01",
    "margins": [{"file": "people.csv"}],
    "seed_table": {"file": "people.csv"},
    "time_in_state": {"file": "times.csv"},
    "households": {"margins": [{"file": "homes.csv"}]},
}
# Targets of each operator: of a list only the first is changed.
OPERATORS = (
    {"stock": {"definition": "busy", "at": "2026-01-01", "unit": "share"}},
    {"inflow": {"states": ["work"], "of": ["school", "work"], "from": "2025-01-01", "to": "2026-01-01"}},
    {"exits": {"states": ["school"], "from": "2025-01-01", "to": "2026-01-01", "in": ["work"]}},
    {"followed": {"states": ["school"], "at": "2025-06-01"}},
    {"spells": {"states": ["work"], "from": "2025-01-01", "to": "2026-01-01", "longer_than": "1 month"}},
)
CALIBRATIONS = tuple(
    {
        "utvei": "calibration/1",
        "name": "small",
        "scenario": "scenario.yaml",
        "targets": [{"name": "seen", **seen, "value": 0.3, "sd_log": 0.1}],
        "offsets": [{"transition": "school -> work", "prior_sd": 0.3}],
    }
    for seen in OPERATORS
)
FILES = {
    "table.csv": "status;region;sex;n\nA;r01;1;10\nA;r01;2;20\nTOT;r01;1;10\nTOT;r01;2;20\n",
    "today.csv": "old;new\nold1;r01\n",
    "sheet.csv": ";2023;2024\nr01;5;6\nSource: us;;\n",
    "people.csv": "age;sex;job;state;count\n16+;female;no;work;3\n",
    "homes.csv": "adults;children;count\n1;0;3\n",
    "times.csv": "state;from;to;share\nwork;0 days;1 year;1\n", "zeros.csv": "state\nschool\n",
    "regions.csv": "region;parent;level;name_nb\nr01;;county;Nord\nr02;;county;Sør\n",
    "persons.csv": "person;birth;sex;region\np1;1990-01-01;female;r01\n",
    "spells.csv": "person;start;stop;state\np1;2015-01-01;2016-01-01;work\n",
    "jobs.csv": "person;start;stop\np1;2015-01-01;2016-01-01\n",
    "births.csv": "p1;199803;;;\n",
    "places.csv": "p1;r01;1998-03-01;;\n",
    "sexes.csv": "p1;1;;;\n",
    "status.csv": "p1;1;2015-01-01;2016-01-01;\n",
    "panel.csv": "person,date,state,seen\np1,2015-01-01,work,snapshot\np1,2016-01-01,school,snapshot\n",
    "counts.csv": "from,to,region,events,person_years\nschool,work,r01,3,10\n",
    "moves.csv": "person;place;from;to\np1;r01;1990-01-01;\n",
    "codes.csv": "old;new;since\nold1;r01;\n",
    "ages.csv": "age_from;age_to;weight\n16;67;1\n",
    "rates/work.csv": "from;to;rate_per_year\nschool;work;0.3\n",
}

# Where what the schema lets pass may still be wrong: the kind, the keys, and why only a reader can tell.
WIDER = {
    "model.states.school.absorbing": "a state with a way out cannot be",
    "model.transitions": "each state needs a way in or out",
    "model.transitions.rates": "the rate has one source, and the file must be there",
    "model.rates": "the file must be there",
    "scenario.rates": "the file must be there",
    "scenario.changes.hazard_ratio.mean": "it lies inside the interval",
    "scenario.changes.age.from": "it lies before `to`",
    "scenario.changes.age.to": "it lies after `from`",
    "study.window.from": "it lies before `to`; numbers need `time`",
    "study.window.to": "it lies after `from`; numbers need `time`",
    "study.time": "then `window` holds numbers",
    "study.persons": "bands of age need a birth, rates by region a region",
    "study.persons.traits": "not `sex` a second time",
    "study.persons.birth": "bands of age need it",
    "study.persons.region": "rates by region need it",
    "study.register": "the file must be there, and nothing that it settles beside it",
    "study.residence": "not beside `region` of the persons",
    "study.traits_over_time": "not beside the trait's column of the persons",
    "study.estimate.sd_prior": "regions borrow; its numbers are in range",
    "study.estimate.region": "what borrows is no raw rates; spatial needs `edges`",
    "study.estimate.edges": "of `region: spatial`, and the file is there",
    "study.persons.sex": "terms need their columns",
    "study.flags": "terms need them",
    "study.estimate.limits": "the states have limits",
    "study.estimate.before_limit": "some state has a limit, and its tolerance is shorter",
    "study.sources.state_from.values": "the data may have codes alone",
    "study.sources.activity_from.values": "the data may have codes alone",
    "study.traits_over_time.values": "the data may have codes alone",
    "study.traits_over_time.stop": "the file has the column",
    "study.residence.stop": "the file has the column",
    "study.estimate.cuts": "a year has four digits unless the study has `time`",
    "population.margins.count": "the file has the column",
    "population.margins.where": "the file has the columns",
    "population.seed_table.count": "the file has the column",
    "population.seed_table.where": "the file has the columns",
    "population.households.margins.count": "the file has the column",
    "population.households.margins.where": "the file has the columns",
    "population.time_in_state.count": "the file has the column",
    "population.time_in_state.where": "the file has the columns",
    "population.register": "the file must be there",
    "population.margins": "each trait and the state of people come from somewhere",
    "study.estimate.bands.period": "a year has four digits unless the study has `time`",
    "model.definitions.busy.of": "those who are counted are among them",
    "model.definitions.busy.states": "they are among those of `of`",
    "model.definitions.outside.states": "they are among those of `of`",
    "model.definitions.busy.age.from": "it lies before `to`",
    "model.definitions.busy.age.to": "it lies after `from`",
    "model.definitions.outside.age.from": "it lies before `to`",
    "model.definitions.outside.age.to": "it lies after `from`",
    "calibration.targets.stock.age.from": "it lies before `to`",
    "calibration.targets.stock.age.to": "it lies after `from`",
    "calibration.offsets.age.from": "it lies before `to`",
    "calibration.offsets.age.to": "it lies after `from`",
    "calibration.offsets.by": "the level and the people are there",
    "mapping.model": "its words are those of the table",
    "mapping.skip_lines": "something is left",
    "mapping.until": "the file has what stands below the table",
    "mapping.value": "the file has the column",
    "mapping.wide": "the numbers stand in one column",
    "mapping.columns.status.total": "nothing places totals",
    "mapping.small": "the numbers may have been published so",
    "mapping.small.round_to": "the numbers may have been published so",
    "mapping.small.least": "it lies below what is hidden",
}
# Keys that the reader knows only to say that they are not in this version.
LATER = {"region_covariates", "breaks"}

# Each with its kind.
BASES = (
    ("model", MODEL),
    ("scenario", SCENARIO),
    *(("study", base) for base in (STUDY, COUNTS, ACTIVITIES, MICRODATA, PANEL)),
    ("population", PEOPLE),
    *(("mapping", base) for base in (MAPPING, SHEET)),
    *(("calibration", base) for base in CALIBRATIONS),
)
