# SPDX-License-Identifier: Apache-2.0
"""The pages of the site before Sphinx has them: links lead somewhere, every page is in the contents, every command and key has a line.

usage: stage.py ROOT UTVEI
"""
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "docs" / "site"), str(ROOT / "packaging"), str(ROOT / "tests" / "docs")]
from links import wrong_links  # noqa: E402
from stage import Stage  # noqa: E402
from usage import read_usage  # noqa: E402


def named_keys(schema):
    """All names of keys in a schema."""
    if isinstance(schema, list):
        return {name for each in schema for name in named_keys(each)}
    if not isinstance(schema, dict):
        return set()
    there = {name for name, node in schema.get("properties", {}).items() if isinstance(node, dict) and ("description" in node or "$ref" in node)}
    return there.union(*(named_keys(each) for each in schema.values()))


def wrong_reference(folder, usage):
    commands = (folder / "reference" / "commands.md").read_text(encoding="utf-8")
    for command in usage["commands"]:
        for name in (name for option in command["options"] for name in option["names"]):
            if name not in commands.split(f"\n## {command['name']}\n")[1].split("\n## ")[0]:
                yield f"reference/commands.md: {command['name']} lacks {name}"
    for schema in sorted((ROOT / "docs" / "formats" / "schema").glob("*.json")):
        kind = schema.name.removesuffix(".schema.json")
        page = (folder / "reference" / "keys" / f"{kind}.md").read_text(encoding="utf-8")
        keys = {word for line in page.split("\n") if line.startswith("| `") for word in line.split("`")[1].replace("[]", "").split(".")}
        yield from (f"reference/keys/{kind}.md lacks {name}" for name in sorted(named_keys(json.loads(schema.read_text(encoding="utf-8"))) - keys))


def main(program):
    usage = read_usage(program)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage = Stage(ROOT, folder)
        stage.pages()
        stage.reference(usage)
        stage.contents()
        index = (folder / "index.md").read_text(encoding="utf-8")
        pages = [page.relative_to(folder).with_suffix("").as_posix() for page in sorted(folder.rglob("*.md")) if page.name != "index.md"]
        wrong = [problem for page in sorted(folder.rglob("*.md")) for problem in wrong_links(page)]
        wrong += [f"{page} is not in the contents once" for page in pages if sum(line in (page, f"<{page}>") or line.endswith(f" <{page}>") for line in index.split("\n")) != 1]
        wrong += wrong_reference(folder, usage)
    print("\n".join(wrong) if wrong else f"{len(pages)} pages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
