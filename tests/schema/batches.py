# SPDX-License-Identifier: Apache-2.0
"""Batches of the small scenario of samples.py, to be changed key by key."""

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
