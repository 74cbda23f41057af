// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Report,
  findRegions,
  readDocument,
  regionShown,
  rowsOfRegion,
  sentenceOf,
  textOf
} from "../../../output/report/web/src/document.js";
import { words } from "../../../output/report/web/src/words.js";
import { fixtureRegions, makeDocument } from "../fixture.js";

const report = new Report(makeDocument());
const difference = report.figure("difference-outside");

test("a document of another format is refused", () =>
  assert.throws(() => readDocument('{"format":"utvei: report/2"}'), /report\/1/));

test("what a page carries in fewer bytes is the whole document", () => {
  const name = { nb: "Navn", nn: "Namn", en: "Name" };
  const own = { nb: "Ole", nn: "Ole", en: "Ole" };
  const figure = {
    title: name,
    columns: [{ label: name }, { label: own }],
    rows: [
      ["x", 1],
      ["x", 2],
      ["x", 2],
      [null, 3]
    ],
    options: { geo: { "#": 7 } }
  };
  const packed = {
    format: "utvei: report/1",
    sections: [
      {
        figures: [
          {
            title: { "#": 0 },
            columns: [1, 0],
            rows: [["x", 1], [2], [2], [null, 3]],
            options: { geo: { "#": 7 } }
          }
        ]
      }
    ],
    plan: [{ "#": 0, text_by_region: { 40: { "#": 1 } } }],
    columns: [{ label: { "#": 1 } }, { label: { "#": 0 } }],
    texts: [["Navn", "Namn", "Name"], "Ole"]
  };
  assert.deepEqual(readDocument(JSON.stringify(packed)), {
    format: "utvei: report/1",
    sections: [{ figures: [figure] }],
    plan: [{ ...name, text_by_region: { 40: own } }]
  });
});

test("a region without numbers shows the one above it, then the whole", () => {
  assert.equal(regionShown(report, difference, "4001"), "4001");
  assert.equal(regionShown(report, difference, "4003"), "40");
  assert.equal(regionShown(report, difference, "1103"), "");
  assert.ok(rowsOfRegion(report, difference, "4003").every(row => row.region === "40"));
});

test("the sentence of a region is shown where there is one", () => {
  assert.match(sentenceOf(report, difference, "4001", "nb"), /^I Porsgrunn/);
  assert.match(sentenceOf(report, difference, "", "nb"), /^I 2036/);
});

test("a search finds by number, by the start of a name, and within it", () => {
  const names = text => findRegions(report.regions, text).map(region => region.name);
  assert.deepEqual(names("4001"), ["Porsgrunn"]);
  assert.equal(names("pors")[0], "Porsgrunn");
  assert.ok(names("land").includes("Innlandet"));
  assert.deepEqual(names("finnes ikke"), []);
});

test("a language without a text falls back to the other Norwegian", () => {
  assert.equal(textOf({ nb: "ja", nn: "", en: "yes" }, "nn"), "ja");
  assert.equal(textOf(undefined, "nb"), "");
});

test("every word of the page has all three languages", () => {
  for (const [key, text] of Object.entries(words))
    for (const language of ["nb", "nn", "en"]) assert.ok(text[language], `${key} in ${language}`);
});

test("the large fixture has 357 municipalities", () =>
  assert.equal(fixtureRegions(true).filter(region => region.level === "municipality").length, 357));
