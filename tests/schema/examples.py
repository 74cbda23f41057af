# SPDX-License-Identifier: Apache-2.0
"""Whether the examples of docs/formats/scenario.md, population.md, measures.md, needs.md, outcomes.md, pathways.md, mapping.md, calibration.md,
power.md, mix.md, regions.md, batch.md, income.md and money.md pass the schema and `utvei check`.

usage: examples.py ROOT UTVEI        exit code 77: python3-jsonschema or PyYAML is missing

The first example of scenario.md is checked as it stands, the others of scenarios as keys put into it. A block of CSV is the file
`people.csv`, one of a trial `trial.yaml`. Income and money files are checked beside a model that has their states. Mappings are checked beside the tables of scenarios/tables/, calibrations and designs of studies beside the files of scenarios/example/.
"""
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from agreement import Loader, Reader, Schemas, yaml

BLOCK = re.compile(r"^```(yaml|csv)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [text for found, text in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


def documents(root):
    """(name, scenario) of each example."""
    first = None
    for page in ("scenario.md", "population.md", "measures.md", "needs.md", "outcomes.md", "pathways.md", "money.md"):
        for number, text in enumerate(blocks(root / "docs" / "formats" / page, "yaml"), 1):
            document = json.loads(json.dumps(yaml.load(text, Loader)))
            first = first or document
            if document.get("utvei", "scenario/1") == "scenario/1" and "extends" not in document:
                yield f"{page}, example {number}", {**first, **document}


def trial_of(page):
    """The one trial file of a page, as text."""
    return next(text for text in blocks(page, "yaml") if text.startswith("utvei: trial/1"))


def wrong_beside(files, page, kind, schemas, program, folder):
    """What is wrong with the examples of a page, each as a file beside those that it names."""
    shutil.copytree(files, folder)
    if (folder / "study.yaml").exists():  # the rates of its model: a fresh tree has none
        Reader(program, folder).run("estimate", "study.yaml", "-o", "rates.h5")
    for number, text in enumerate(blocks(page, "yaml"), 1):
        title = f"{page.name}, example {number}"
        document = json.loads(json.dumps(yaml.load(text, Loader)))
        path = folder / "example.yaml"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        yield from (f"{title}: {problem}" for problem in schemas.problems(kind, document))
        if problems := Reader(program, folder).refuses(path):
            yield f"{title}:\n{problems}"
        print(title)


def model_of(names):
    """A model that has these states."""
    return {"utvei": "model/1", "name": "states", "states": {name: {} for name in names},
            "transitions": [{"from": a, "to": b, "rate_per_year": 1} for a, b in zip(names, names[1:] + names[:1])]}


def wrong_beside_states(root, kind, schemas, program, folder):
    """The examples of income.md or money.md, beside a model that has the states of the first, which others extend."""
    folder.mkdir()
    for number, text in enumerate(blocks(root / "docs" / "formats" / f"{kind}.md", "yaml"), 1):
        title, document = f"{kind}.md, example {number}", json.loads(json.dumps(yaml.load(text, Loader)))
        if number == 1:
            states = {**document.get("states", {}), **document.get("payers", {}), **document.get("services", {})}
            (folder / "model.yaml").write_text(json.dumps(model_of(list(states))), encoding="utf-8")
        elif document.get("extends") != f"{kind}.yaml":
            continue
        path = folder / (f"{kind}.yaml" if number == 1 else "example.yaml")
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        yield from (f"{title}: {problem}" for problem in schemas.problems(kind, document))
        if problems := Reader(program, folder).refuses(path):
            yield f"{title}:\n{problems}"
        print(title)


def main(root, program):
    schemas, wrong = Schemas(root), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "example"
        shutil.copytree(root / "tests" / "schema" / "example", folder)
        people = blocks(root / "docs" / "formats" / "population.md", "csv")
        (folder / "people.csv").write_text(people[0], encoding="utf-8")
        trial = trial_of(root / "docs" / "formats" / "measures.md")
        (folder / "trial.yaml").write_text(trial, encoding="utf-8")
        wrong += [f"trial of measures.md: {problem}" for problem in schemas.problems("trial", json.loads(json.dumps(yaml.load(trial, Loader))))]
        reader = Reader(program, folder)
        for title, document in documents(root):
            path = folder / "scenario.yaml"
            path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
            wrong += [f"{title}: {problem}" for problem in schemas.problems("scenario", document)]
            if problems := reader.refuses(path):
                wrong.append(f"{title}:\n{problems}")
            print(title)
        for kind, beside in (("mapping", "tables"), ("calibration", "example"), ("power", "example"), ("mix", "example"), ("regions", "example"),
                             ("batch", "example"), ("plan", "demo")):
            page = root / "docs" / "formats" / f"{kind}.md"
            wrong += wrong_beside(root / "scenarios" / beside, page, kind, schemas, program, Path(name) / kind)
        for kind in ("income", "money"):
            wrong += wrong_beside_states(root, kind, schemas, program, Path(name) / kind)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), str(Path(sys.argv[2]).resolve())))
