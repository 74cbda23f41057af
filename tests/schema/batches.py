# SPDX-License-Identifier: Apache-2.0
"""Batch and plan files for agreement.py."""

BATCH = {
    "utvei": "batch/1",
    "name": "small",
    "base": "scenario.yaml",
    "axes": [{"name": "persons", "key": "population.persons", "values": [5, 10], "labels": ["few", "many"]}],
    "combine": "zip",
    "exclude": [{"persons": "few"}],
    "overrides": [{"when": {"persons": "many"}, "set": {"years": 1}}],
    "set": {"precision": None},
    "draws": 1,
    "names": "small{persons}",
    "baseline": {"persons": "many"},
    "people_per_unit": 3,
    "out": "runs",
    "store": "units",
}
BATCHES = (
    BATCH,
    {**{key: value for key, value in BATCH.items() if key not in ("base", "axes", "exclude", "overrides")},
     "scenarios": ["scenario.yaml"], "names": "small", "baseline": None},
)
PLAN = {
    "utvei": "plan/1",
    "name": "small",
    "label": {"nb": "Plan"},
    "scenario": "mixed.yaml",
    "baseline": "scenario.yaml",
    "region": "r01",
    "years": {"from": 2025, "to": 2026},
    "actors": {"nav": {"kind": "nav", "label": "NAV", "contact": "plan@granheim.example"}},
    "indicators": [
        {"name": "began", "label": "Began", "measure": "course", "step": "started", "outcome": "participants,measure=course", "actor": "nav", "unit": "people",
         "definition": {"en": "Who began."}},
    ],
}
