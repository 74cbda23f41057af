# SPDX-License-Identifier: Apache-2.0
"""The pages of the site in one folder: those of the project, and those that are made of the program and of the schemas.

Pages of docs/ stand at the top, READMEs under what they are of. Links are turned to where pages stand; files that are linked come along.
"""
import os
import shutil
from pathlib import Path

import commands
import keys
import markdown

TOP = {"README.md": "project/readme.md", "CONTRIBUTING.md": "project/contributing.md", "CHANGELOG.md": "project/changelog.md",
       "bench/README.md": "project/benchmarks.md"}
# The parts of the contents, with pages first that are not in the order of their names; a page that nothing takes is under More.
PARTS = (("Begin", ["tutorials/planlegger", "tutorials/researcher", "tutorials/analyst", "questions"], "tutorials/*"),
         ("What to trust", ["limits", "validation_norway", "validation_norway_2020"], "validation*"),
         ("Commands", ["commands", "reference/commands"], None),
         ("Files", ["formats/scenario", "formats/model", "formats/study"], "formats/*"),
         ("Keys of files", [], "reference/keys/*"),
         ("Methods", ["methods"], "methods/*"),
         ("Scenarios", ["scenarios/demo", "scenarios/example", "scenarios/norway", "public_tables"], "scenarios/*"),
         ("More", [], "*"),
         ("Project", ["project/readme", "project/contributing", "decisions/README"], "project/*"),
         ("Decisions", [], "decisions/*"))
# What a page is called in the contents, where its own heading says too little by itself.
TITLES = {"validation_norway": "Modellen av Norge mot publiserte tall", "validation_norway_2020": "Det samme, startet i 2020",
          "scenarios/norway": "The model of Norway", "project/readme": "README"}


def page_names(root):
    """Where each page of the project stands on the site."""
    names = {root / path: name for path, name in TOP.items() if (root / path).exists()}
    for path in sorted((root / "docs").rglob("*.md")):
        names[path] = path.relative_to(root / "docs").as_posix()
    for path in sorted(root.glob("scenarios/*/README.md")):
        names[path] = f"scenarios/{path.parent.name}.md"
    return names


def entry(page):
    return f"{TITLES[page]} <{page}>" if page in TITLES else page


class Stage:
    def __init__(self, root, folder):
        self.root, self.folder, self.names = root, folder, page_names(root)
        shutil.rmtree(folder, ignore_errors=True)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def address(self, page, target):
        """The target of a link as it is on the site; None where it leads to nothing that is there."""
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve()
        if path.is_dir():
            path = path / "README.md"
        if path in self.names:
            place = self.names[path]
        elif path.is_file() and self.root in path.parents:
            place = f"files/{path.relative_to(self.root).as_posix()}"
            (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, self.folder / place)
        else:
            return None
        return os.path.relpath(place, Path(self.names[page]).parent) + (f"#{anchor}" if anchor else "")

    def turned(self, page, text):
        """The text with its links turned; a link to a folder is left as its words."""
        for offset, target in reversed(markdown.links(text)):
            if "://" in target or target.startswith(("#", "mailto:")):
                continue
            address = self.address(page, target)
            end = offset + len(target)
            if address is not None:
                text = text[:offset] + address + text[end:]
            else:
                start = text.rindex("[", 0, offset)
                text = text[:start] + text[start + 1:offset - 2] + text[end + 1:]
        return text

    def pages(self):
        for page, name in self.names.items():
            self.write(name, self.turned(page, page.read_text(encoding="utf-8")))

    def reference(self, usage):
        self.write("reference/commands.md", commands.page(usage))
        formats = self.root / "docs" / "formats"
        for schema in sorted((formats / "schema").glob("*.schema.json")):
            name = f"reference/keys/{schema.name.removesuffix('.schema.json')}.md"
            self.names[Path(name)] = name
            text = keys.page(schema, formats)
            self.write(name, text.replace("](../formats/schema/", "](../../formats/schema/").replace("](../formats/", "](../../formats/"))
            self.write(f"formats/schema/{schema.name}", schema.read_text(encoding="utf-8"))

    def contents(self):
        """The lists of pages, at the end of the first page."""
        staged = {path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.rglob("*.md")} - {"index"}
        taken = {page for _, first, pattern in PARTS for page in [*first, *self.matching(staged, pattern if pattern != "*" else None)]}
        text = (self.folder / "index.md").read_text(encoding="utf-8")
        for caption, first, pattern in PARTS:
            there = [page for page in first if page in staged]
            rest = staged - taken if pattern == "*" else self.matching(staged, pattern)
            there += sorted(page for page in rest if page not in there)
            if there:
                text += "\n".join(["", "```{toctree}", ":hidden:", ":maxdepth: 1", f":caption: {caption}", "", *map(entry, there), "```", ""])
        self.write("index.md", text)

    @staticmethod
    def matching(staged, pattern):
        listed = {page for _, first, _ in PARTS for page in first}
        return {page for page in staged if pattern and Path(page).match(pattern) and page not in listed}
