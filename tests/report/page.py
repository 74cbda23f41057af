# SPDX-License-Identifier: Apache-2.0
"""Looks at a page of `utvei report` as a browser without scripts does.

usage: page.py PAGE DOCUMENT    PAGE: html; DOCUMENT: the same report by --format json
"""
import json
import re
import sys
from html.parser import HTMLParser

POLICY = {"default-src": "'none'", "script-src": "'unsafe-inline'", "style-src": "'unsafe-inline'", "img-src": "data: blob:",
          "base-uri": "'none'", "form-action": "'none'"}
CELL, ROW = {"td", "th"}, {"tr"}
VOID = {"meta", "link", "br", "img", "hr", "input"}
MOST_BYTES = 700_000
# Names of languages of pictures in the script are no addresses that it opens.
NAMESPACES = ("http://www.w3.org/",)


class Page(HTMLParser):
    """What stands where; complains of elements that are not closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.policy = [], [], None
        self.ids, self.figures, self.tables = [], [], {}
        self.texts, self.data, self.links = {}, "", []

    def end_of(self, tags):
        """Cells and rows end without saying so."""
        while self.open and self.open[-1][0] in tags:
            self.open.pop()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.end_of({"td": CELL, "th": CELL, "tr": CELL | ROW}.get(tag, set()))
        self.links += [attributes[key] for key in ("src", "href") if key in attributes]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag == "figure":
            self.figures.append(attributes["id"])
            self.tables[attributes["id"]] = []
        if tag == "tr" and self.figures:
            self.tables[self.figures[-1]].append([])
        if tag in ("td", "th") and self.figures:
            self.tables[self.figures[-1]][-1].append("")
        if tag not in VOID:
            self.open.append((tag, attributes.get("class", ""), attributes.get("id", "")))

    def handle_endtag(self, tag):
        self.end_of(CELL | ROW if tag in ("thead", "tbody", "table") else set())
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if not self.open:
            return
        tag, kind, name = self.open[-1]
        if name == "utvei-report":
            self.data += data
        elif tag in ("td", "th"):
            self.tables[self.figures[-1]][-1][-1] += data
        elif tag in ("p", "h1", "h2", "figcaption"):
            self.texts.setdefault(kind or tag, []).append(data)


def empty_texts(value, path=""):
    """Texts that lack a language."""
    if isinstance(value, dict):
        if set(value) == {"nb", "nn", "en"}:
            yield from (f"{path}: {key}" for key, text in value.items() if not text)
        else:
            for key, inner in value.items():
                yield from empty_texts(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from empty_texts(inner, f"{path}/{number}")


def static_rows(figure):
    """Rows that are written without a script: of a long table by region those of the whole."""
    names = [column["name"] for column in figure["columns"]]
    whole = sum(row[names.index("region")] == "" for row in figure["rows"]) if "region" in names else 0
    return min(200, whole if whole and len(figure["rows"]) > 60 else len(figure["rows"]))


def unpacked(page):
    """The document that a page carries: each text and column once, and of a row what differs from the row above it."""
    texts = [text if isinstance(text, list) else 3 * [text] for text in page.pop("texts")]

    def filled(value):
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        text = dict(zip(("nb", "nn", "en"), texts[value["#"]])) if "#" in value else {}
        return text | {key: inner if key in ("geo", "rows") else filled(inner) for key, inner in value.items() if key != "#"}

    page = filled(page)
    columns = page.pop("columns")
    for section in page["sections"]:
        for figure in section["figures"]:
            figure["columns"] = [columns[number] for number in figure["columns"]]
            above = []
            for at, row in enumerate(figure["rows"]):
                above = figure["rows"][at] = above[:len(figure["columns"]) - len(row)] + row
    return page


def wrong_leads(document, figures):
    """Of first screens of places: one sentence or none for each of the whole, and money where its figure has it."""
    told = [figure.get("sentences", {}) for figure in figures if figure["kind"] == "waterfall"]
    for region, lead in document.get("lead_by_region", {}).items():
        if len(lead) != len(document["lead"]):
            yield f"the first screen of {region} has {len(lead)} sentences"
        if any(region in sentences for sentences in told) and not lead[-1]:
            yield f"the first screen of {region} does not say who pays"


def wrong_in(page_path, document_path):
    text = open(page_path, encoding="utf-8").read()
    document = json.load(open(document_path, encoding="utf-8"))
    page = Page()
    page.feed(text)
    yield from page.wrong
    if page.open:
        yield f"not closed: {page.open}"
    if len(text.encode()) > MOST_BYTES:
        yield f"{len(text.encode())} bytes are more than {MOST_BYTES}"
    policy = dict(part.strip().split(" ", 1) for part in (page.policy or "").split(";") if part.strip())
    if policy != POLICY:
        yield f"the policy is {policy}"
    if [link for link in page.links if not link.startswith("#")]:
        yield f"links leave the page: {page.links}"
    before_script = text.split("<script")[0]
    for address in re.findall(r"https?://[^\s\"'<>)]+", before_script):
        if not address.startswith(NAMESPACES):
            yield f"the address {address}"
    for sign in ("\u2028", "\u2029"):
        if sign in text:
            yield f"a line of JavaScript would end at U+{ord(sign):04X}"
    inlined = unpacked(json.loads(page.data))
    for one in (inlined, document):
        one["reproduce"]["commands"] = []  # these say where the report itself is written
    if inlined != document:
        yield "the page and --format json say two things"
    if len(page.ids) != len(set(page.ids)):
        yield "an id stands twice"
    yield from empty_texts(document)
    language = document["language"]
    figures = [figure for section in document["sections"] for figure in section["figures"]]
    if [figure["id"] for figure in figures] != page.figures:
        yield f"figures of the page: {page.figures}"
    for figure in figures:
        if figure["sentence"][language] not in page.texts["sentence"]:
            yield f"{figure['id']}: its sentence is not on the page"
        rows = page.tables[figure["id"]]
        if len(rows) != 1 + static_rows(figure):
            yield f"{figure['id']}: {len(rows)} rows in the table, {len(figure['rows'])} in the document"
        if any(len(row) != len(figure["columns"]) for row in figure["rows"]):
            yield f"{figure['id']}: a row has another number of cells than there are columns"
    for section in document["sections"]:
        if section["heading"][language] not in page.texts["h2"]:
            yield f"{section['id']}: its heading is not on the page"
    if not page.texts.get(f"notice {document['data_class']}"):
        yield "the page does not say of what its numbers are"
    if document["scenarios"][1:] and not document.get("about"):
        yield "the page does not say what the scenarios change"
    if any(not figure["rows"] for figure in figures):
        yield "a table is empty"
    if "veier_tilbud" in (one["name"] for one in document["scenarios"]) and "ways" not in page.figures:
        yield "the steps of the ways are missing"
    if not 2 <= len(document["lead"]) <= 3:
        yield "the first screen has no three sentences"
    yield from wrong_leads(document, figures)
    chapters = {part for one in document["plan"]["parts"] for part in one["figures"]}
    if chapters - {figure["id"] for figure in figures}:
        yield f"the plan names figures that are not there: {chapters - {figure['id'] for figure in figures}}"
    assumed = {figure["id"] for figure in figures if figure.get("evidence") == "assumed"}
    told = [kind for kind in (figure["kind"] for figure in figures if figure["id"] in assumed) if kind == "acceptability"]
    if told:
        yield "a chance is told of an effect that is assumed"


def main(arguments):
    found = list(wrong_in(*arguments))
    print("\n".join(found) or "nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
