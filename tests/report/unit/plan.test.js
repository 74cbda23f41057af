// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "../../../output/report/web/node_modules/fflate/esm/index.mjs";
import { orderedParts } from "../../../output/report/web/src/plan/chapter.js";
import { chapterHtml, chapterText } from "../../../output/report/web/src/plan/copy.js";
import { docxOf } from "../../../output/report/web/src/plan/docx.js";
import { ksAnswer, ourAmounts, readNumber } from "../../../output/report/web/src/plan/utenfor.js";

const blocks = [
  { type: "title", text: "Tittel & <mer>" },
  { type: "lead", text: "Først" },
  { type: "heading", level: 1, text: "Problemet" },
  { type: "paragraph", text: "1\u202f130 er \u0001utenfor" },
  { type: "figure", alt: 'Et "bilde"', title: "Figur", picture: () => ({}) },
  { type: "figure", alt: "tom", title: "tom", picture: () => null },
  {
    type: "table",
    head: ["Hvem", "Kroner"],
    numbers: [false, true],
    rows: [
      ["Staten", "41"],
      ["Kommunen", "\u221213"]
    ],
    note: "to rader"
  }
];
const png = async () => ({ bytes: new Uint8Array([137, 80, 78, 71]), width: 900, height: 400 });

/** Every element is closed in order; attributes are quoted. */
function checkXml(text) {
  const open = [];
  for (const [whole, closing, name, attributes, self] of text
    .replace(/<\?xml[^>]*\?>/, "")
    .matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|<[^>]*>?/g)) {
    assert.ok(name, `not an element: ${whole}`);
    if (closing) assert.equal(open.pop(), name);
    else if (!self) open.push(name);
    assert.ok(attributes !== undefined);
  }
  assert.deepEqual(open, []);
}

test("the document opens: its parts are well formed and name each other", async () => {
  const files = unzipSync(await docxOf(blocks, "nn", png));
  const text = name => strFromU8(files[name]);
  for (const name of Object.keys(files).filter(item => /\.(xml|rels)$/.test(item))) checkXml(text(name));
  const body = text("word/document.xml");
  assert.match(body, /Tittel &amp; &lt;mer&gt;/);
  assert.match(body, /<w:pStyle w:val="Heading1"\/>/);
  assert.match(body, /descr="Et &quot;bilde&quot;"/);
  assert.doesNotMatch(body, /\u0001/);
  assert.match(text("word/styles.xml"), /nn-NO/);
  const pictures = [...body.matchAll(/r:embed="(\w+)"/g)].map(found => found[1]);
  assert.deepEqual(pictures, ["picture1"]);
  for (const id of pictures) {
    const target = text("word/_rels/document.xml.rels").match(new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`))[1];
    assert.ok(files[`word/${target}`]);
  }
});

test("the same chapter gives the same bytes", async () =>
  assert.deepEqual(await docxOf(blocks, "nb", png), await docxOf(blocks, "nb", png)));

test("parts come in the order of an investigation, assumptions last", () => {
  const ids = orderedParts(
    [
      "assumptions",
      "overall",
      "local",
      "zero",
      "problem",
      "effects",
      "measures",
      "goals",
      "uncertainty",
      "distribution"
    ].map(id => ({ id }))
  ).map(part => part.id);
  assert.deepEqual(ids, [
    "problem",
    "goals",
    "zero",
    "measures",
    "effects",
    "uncertainty",
    "distribution",
    "overall",
    "local",
    "assumptions"
  ]);
});

test("copied text is escaped as rich text and plain as plain", () => {
  assert.match(chapterHtml(blocks), /<h1>Tittel &amp; &lt;mer&gt;<\/h1>/);
  assert.match(chapterText(blocks), /Staten\t41\nKommunen\t\u221213/);
});

test("numbers are read as people type them", () => {
  const read = {
    30: 30,
    "250 000": 250000,
    "250.000": 250000,
    "250,000": 250000,
    "12,5 %": 12.5,
    "1\u202f200 kr": 1200,
    "\u22125": -5,
    tretti: null,
    "": null,
    "1,2,3": null
  };
  for (const [text, value] of Object.entries(read)) assert.equal(readNumber(text), value, text);
});

test("KS' answer is group x share x saving less the cost", () => {
  assert.deepEqual(
    ksAnswer({ group: "30", share: "40", municipality: "100 000", state: "200 000", cost: "1 000 000" }),
    { municipality: 1.2e6, county: null, state: 2.4e6, cost: 1e6, sum: 2.6e6 }
  );
  assert.equal(ksAnswer({ group: "30", share: "" }), null);
});

test("our side holds every public payer, and its sum is that of its rows", () => {
  const columns = ["scenario", "region", "payer", "amount", "low_80", "high_80"].map(name => ({ name }));
  const row = (payer, amount) => ["ips", "", payer, amount, amount - 1, amount + 1];
  const rows = [
    row("person", 900.2),
    row("employer", -3),
    row("municipality", -8.4),
    row("county", 2.6),
    row("health_authority", -40.3),
    row("state", 72.5),
    row("tax_cost", 5),
    row("sum", 112)
  ];
  const figure = { kind: "waterfall", columns, rows };
  const report = { figures: [figure], measures: [{ name: "ips" }], document: {}, regionOf: new Map() };
  const ours = ourAmounts(report, { region: "", measure: "ips" });
  assert.deepEqual(
    ours.others.map(({ payer, amount }) => [payer, amount]),
    [["health_authority", -40]]
  );
  assert.equal(ours.sum, -8 + 3 - 40 + 73);
});
