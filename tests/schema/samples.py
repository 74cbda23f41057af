# SPDX-License-Identifier: Apache-2.0
"""Small files that the JSON Schemas and `utvei check` both accept, to be changed key by key, and what stands beside them."""
from batches import BATCHES, PLAN

MODEL = {
    "utvei": "model/1",
    "states": {"school": {"group": "education"}, "work": {"group": "work", "limit": {"after": "1 year", "to": {"school": 1}}}, "retired": {"absorbing": True}},
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
    "precision": {"outcome": {"of": "person_years", "state": "work"}, "half_width": 5},
    "changes": [{"transition": "school -> work", "hazard_ratio": 1.3}],
}
COURSE = {
    "name": "course",
    "label": {"en": "Course"},
    "runs": {"from": "2025-06-01"},
    "takes_in": {"until": "2026-06-01"},
    "who": {"state": "school", "age": {"from": 16}, "traits": {"sex": ["female"]}, "time_in_state": {"at_least": "1 month"},
            "history": {"left": "work"}},
    "found_after": {"median": "1 month"},
    "places": {"total": 3},
    "queue": {"gives_up_after": {"median": "1 year"}},
    "lasts": {"median": "14 months"},
    "locks_in": {"transition": "school -> work", "hazard_ratio": 0.8},
    "effects": [{"transition": "school -> work", "hazard_ratio": 1.3, "by": {"sex": {"female": 0.5}}}],
    "not_with": ["other"],
    "uses": ["mentor"],
    "evidence": {"source": "a trial", "confidence": "M", "note": {"nb": "av voksne", "en": "of adults"}},
    "cost": [{"payer": "state", "per_participant_month": "2500 NOK", "start_cost": 250000}],
    "without_price": [{"label": {"en": "Health"}, "who": "participants", "direction": "better", "size": "not measured"}],
}
# What measures cost is for a scenario with money.
MEASURES = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "income": "income.yaml",
    "money": "money.yaml",
    "measures": [COURSE, {"name": "other", "who": {"state": "work"}}],
    "resources": {"mentor": {"total": 3, "caseload": 20}},
}
# Of a map with any names only the first is changed.
NEEDS = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "income": "income.yaml",
    "money": "money.yaml",
    "needs": {
        "debt": {
            "label": {"en": "Debt"},
            "share": {"school": 0.3},
            "found_after": {"median": "8 months"},
            "wait": {"median": "1 month"},
            "takes": {"median": "5 months"},
            "slows": {"school -> work": {"mean": 0.7, "interval_95": [0.5, 0.9]}},
            "assumed": True,
            "cost": [{"payer": "municipality", "per_participant_month": 4000}],
        },
        "care": {"share": 0.2, "service": "mentor", "takes": {"median": "2 months"}},
    },
    "coordination": {"way": "one_after_another", "contact": ["school"], "assessment_after": {"median": "1 year"},
                     "hand_over": {"median": "2 months"}},
    "resources": {"mentor": {"total": 3}},
}
# Its people have a need, and take part in a measure.
OUTCOMES = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "measures": [{"name": "course", "who": {"state": "school"}}],
    "needs": {"debt": {"share": 0.2, "takes": {"median": "2 months"}}},
    "coordination": {"way": "together", "contact": ["school"], "assessment_after": {"median": "1 year"}},
    "scores": {
        "soc": {
            "label": {"en": "Sense of coherence"},
            "range": [13, 91],
            "level": {"mean": {"mean": 50, "interval_95": [45, 55]}, "sd": 12},
            "states": {"work": 4},
            "needs": {"debt": {"mean": -3, "interval_95": [-5, -1]}},
            "measures": {"course": {"shift": 4, "after": {"half_life": "1 year"}}},
            "moves": {"half_life": "3 months"},
            "wanders": {"sd": 4, "half_life": "6 months"},
            "error": {"retest": 0.8},
            "assumed": True,
        },
    },
    "waves": {
        "followed": {"since": {"measure": "course"}, "at": ["start", "6 months", "end"],
                     "who": {"state": "school", "age": {"from": 16}, "traits": {"sex": "female"}}},
    },
    "events": {
        "first": {"label": {"en": "First job"}, "since": "contact", "comes_to": "work", "for": "3 months", "within": "1 year"},
    },
}
TRIAL = {
    "utvei": "trial/1",
    "name": "course",
    "source": "a trial",
    "population": {"persons": 400, "state": "school", "age": 16, "region": "r01", "traits": {"sex": "female"}},
}
# A scenario with an effect of a trial in `trial.yaml`.
FROM_TRIAL = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "measures": [{
        "name": "course",
        "who": {"state": "school"},
        "effects": [{
            "transition": "school -> work",
            "from_trial": {"population": "trial.yaml", "outcome": "employed_at", "at": "9 months", "control": 0.271,
                           "treated": 0.366, "n": [205, 205],
                           "kept_out": [{"at": "8 months", "control": 0.25, "treated": 0.35}]},
        }],
    }, {"name": "other", "who": {"state": "work"}}],
}
# A map by name in place of a list.
BY_NAME = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "changes": {"more": {"transition": "school -> work", "hazard_ratio": 1.3}},
    "measures": {"course": {"who": {"state": "school"}, "uptake": 0.5,
                            "effects": {"job": {"transition": "school -> work", "hazard_ratio": 2, "assumed": True}}}},
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
    "residence": {"file": "homes_of_people.csv", "kind": "microdata"},
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
INCOME = {
    "utvei": "income/1",
    "name": "income",
    "model": "model.yaml",
    "base_amounts": "base.csv",
    "growth": 0.03,
    "kroner_of": 2025,
    "earnings": {"amount": 560000, "spread": 0.3},
    "states": {
        "work": {"earnings": 1, "benefit": {"share": 0.66, "of": {"years": 5, "best": 1}}, "earned_before": 0.5, "amount": 1},
        "school": "nothing",
        "retired": {"amount": "2 G", "taxed": False},
    },
    "taxes": [{"above": "0.9 G", "rate": 0.25}],
    "household": {"children_below": 17},
    "low_income": {"share_of_median": 0.6},
    "histogram": {"width": 1, "up_to": 10},
    "pathways": {"back": [{"name": "poor", "income": ["low"]}, {"name": "work", "states": ["work"]}]},
}
MONEY = {
    "utvei": "money/1",
    "name": "money",
    "model": "model.yaml",
    "kroner_of": 2025,
    "prices": {"growth": 0.02, "index": {"2024": 133.6, "2025": 137.0}},
    "payers": {"work": {"first": "employer", "for": "16 days", "then": "state"}, "retired": "state"},
    "taxes": {"municipality": 0.38, "county": 0.07, "state": 0.55},
    "contributions": 0.141,
    "services": {"school": {"county": 120000, "municipality": "8000 NOK"}},
    "discount": [{"from": 0, "rate": 0.04}, {"from": 40, "rate": 0.03}],
    "tax_cost": 0.2,
    "displacement": {"share": 0.1, "to": "retired"},
    "verified": {"contributions": "the rules"},
}
# Somebody qualifies for the measure when it starts.
FOLLOWED = {
    **{key: value for key, value in SCENARIO.items() if key != "changes"},
    "measures": [{"name": "course", "who": {"state": "school"}}],
    "scores": {"coping": {"range": [0, 100], "level": {"mean": 50, "sd": 10}}},
}
POWER = {
    "utvei": "power/1",
    "name": "small",
    "scenario": "followed.yaml",
    "measure": "course",
    "persons": [30, 300],
    "assign": {"randomised": 0.5},
    "follow": "1 year",
    "outcome": "ever_employed",
    "estimator": "difference",
    "significance": 0.05,
    "power": 0.8,
    "lost": {"treated": 0.1, "control": 0.2},
    "studies": 1000,
}
MIXED = {
    **FOLLOWED,
    "resources": {"mentor": {"total": 2, "caseload": 3}},
    "measures": [{"name": "course", "who": {"state": "school"}, "uses": "mentor"}],
}
MIX = {
    "utvei": "mix/1",
    "name": "small",
    "scenario": "mixed.yaml",
    "choose": [{"measure": "course", "by": "region", "step": 5, "floor": {"r01": 5}, "ceiling": 30}],
    "budget": {"places": 40},
    "maximise": {"person_years": ["work"], "from": 2025, "until": 2026},
    "fairness": {"largest_ratio": 2},
    "certain": 0.95,
    "draws": 0,
    "replicates": 20,
    "simulations": 100,
    "standard": {"within": "4 weeks", "share": 0.9, "from": 2025},
    "certainty": [0.8, 0.95],
}
MIXES = (
    MIX,
    {**MIX, "choose": [{"resource": "mentor", "by": "total", "price": 900000}], "budget": {"kroner_per_year": 4000000}, "fairness": None},
)
REGIONS = {
    "utvei": "regions/1",
    "name": "towns",
    "model": "covariates.yaml",
    "exits": {"from_school": "school -> work", "from_work": ["work -> *"]},
    "labour_market": [{"covariate": "unemployment", "transition": "school -> work", "hazard_ratio": {"mean": 0.9, "interval_95": [0.8, 1]}}],
    "breaks": [{"at": "2018-01-01", "why": "a new rule"}],
}
IN_WAVES = {
    "utvei": "power/1",
    "name": "waves",
    "scenario": "followed.yaml",
    "measure": "course",
    "persons": 30,
    "assign": {"waiting_list": "3 months"},
    "follow": "1 year",
    "waves": ["start", "6 months", "1 year"],
    "outcome": {"score": "coping", "at": "6 months"},
    "estimator": "mixed_model",
    "errors": "robust",
    "enrol": {"score": "coping", "below": 60},
    "retest": 0.8,
    "lost": {"by_wave": [0, 0.1, 0.2]},
}
# Targets of each operator: of a list only the first is changed.
OPERATORS = (
    {"stock": {"definition": "busy", "at": "2026-01-01", "unit": "share"}},
    {"inflow": {"states": ["work"], "of": ["school", "work"], "from": "2025-01-01", "to": "2026-01-01"}},
    {"exits": {"states": ["school"], "from": "2025-01-01", "to": "2026-01-01", "in": ["work"]}},
    {"followed": {"states": ["school"], "at": "2025-06-01", "after": "6 months"}},
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
CALIBRATIONS += tuple(
    {
        "utvei": "calibration/1",
        "name": "small",
        "scenario": "scenario.yaml",
        "targets": [{"name": "seen", "stock": {"states": ["work"], "at": "2026-01-01", "unit": "share"}, **figure, "sd_log": 0.1}],
    }
    for figure in ({"value": {"from": 0.1, "to": 0.3}}, {"values": {"file": "seen.yaml", "where": {"year": "2026"}}})
)
FILES = {
    "base.csv": "year;amount\n2024;122225\n2025;128116\n",
    "factors.csv": "sex;factor\nfemale;0.9\nmale;1.1\n",
    "table.csv": "status;region;sex;n\nA;r01;1;10\nA;r01;2;20\nTOT;r01;1;10\nTOT;r01;2;20\n",
    "seen.csv": "region;year;n\nr01;2025;1\nr02;2025;1\nr01;2026;1\nr02;2026;1\n",
    "seen.yaml": "utvei: mapping/1\nfile: seen.csv\nvalue: \"n\"\ncolumns: {region: {as: region}, year: {as: year}}\n",
    "today.csv": "old;new\nold1;r01\n",
    "sheet.csv": ";2023;2024\nr01;5;6\nSource: us;;\n",
    "places.csv": "region;places\nr01;3\nr02;4\n",
    "people.csv": "age;sex;job;state;count\n16+;female;no;work;3\n",
    "homes.csv": "adults;children;count\n1;0;3\n",
    "times.csv": "state;from;to;share\nwork;0 days;1 year;1\n", "zeros.csv": "state\nschool\n",
    "regions.csv": "region;parent;level;name_nb\nr01;;county;Nord\nr02;;county;Sør\n",
    "covariates.csv": "region;parent;level;name_nb;unemployment\nr01;;county;Nord;2\nr02;;county;Sør;3\n",
    "persons.csv": "person;birth;sex;region\np1;1990-01-01;female;r01\n",
    "spells.csv": "person;start;stop;state\np1;2015-01-01;2016-01-01;work\n",
    "jobs.csv": "person;start;stop\np1;2015-01-01;2016-01-01\n",
    "births.csv": "p1;199803;;;\n",
    "homes_of_people.csv": "p1;r01;1998-03-01;;\n",
    "sexes.csv": "p1;1;;;\n",
    "status.csv": "p1;1;2015-01-01;2016-01-01;\n",
    "panel.csv": "person,date,state,seen\np1,2015-01-01,work,snapshot\np1,2016-01-01,school,snapshot\n",
    "counts.csv": "from,to,region,events,person_years\nschool,work,r01,3,10\n",
    "moves.csv": "person;place;from;to\np1;r01;1990-01-01;\n",
    "codes.csv": "old;new;since\nold1;r01;\n",
    "ages.csv": "age_from;age_to;weight\n16;67;1\n",
    "rates/work.csv": "from;to;rate_per_year\nschool;work;0.3\n",
}
# Each with its kind, and where it has something of its own: keys that begin so.
BASES = (
    ("model", MODEL),
    ("scenario", SCENARIO),
    ("scenario", MEASURES, "measures", "resources", "income", "money"),
    ("scenario", NEEDS, "needs", "coordination"),
    ("scenario", OUTCOMES, "scores", "waves", "events"),
    ("scenario", BY_NAME, "measures", "changes"),
    ("scenario", FROM_TRIAL, "measures.0.effects"),
    *(("study", base) for base in (STUDY, COUNTS, ACTIVITIES, MICRODATA, PANEL)),
    ("population", PEOPLE),
    *(("mapping", base) for base in (MAPPING, SHEET)),
    ("income", INCOME),
    ("money", MONEY),
    ("trial", TRIAL),
    ("power", POWER),
    *(("mix", base) for base in MIXES),
    ("power", IN_WAVES),
    ("regions", REGIONS),
    *(("batch", base) for base in BATCHES),
    ("plan", PLAN),
    *(("calibration", base) for base in CALIBRATIONS),
)
