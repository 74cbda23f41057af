// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { areaText, areasOf, leadOf, partIn, sentenceIn, wholeName } from "../../../output/report/web/src/area.js";
import { Report } from "../../../output/report/web/src/document.js";
import { fileNameOf } from "../../../output/report/web/src/download/save.js";
import { wordsFor } from "../../../output/report/web/src/words.js";

const regions = [
  { code: "99", name: "Eiklandet", level: "county", parent: "" },
  { code: "9901", name: "Furuvik", level: "municipality", parent: "99" },
  { code: "9902", name: "Granheim", level: "municipality", parent: "99" },
  { code: "9904", name: "Sjøholmen", level: "municipality", parent: "99" },
  { code: "981", name: "Vestlandet", level: "labour_market", parent: "99" },
  { code: "9811", name: "Vika", level: "municipality", parent: "981" }
];
const columns = names => names.map(name => ({ name, type: "text", label: { nb: name } }));
const map = {
  id: "map",
  kind: "region_map",
  columns: columns(["region", "value", "basis", "reason"]),
  labels: { basis: { county: { nb: "fylket" } }, reason: { few: { nb: "færre enn 30" } } },
  rows: [
    ["9901", 1, "municipality", null],
    ["9902", 2, "county", "few"],
    ["9903", null, null, "few"]
  ]
};
const report = new Report({
  lead: [{ nb: "Alle" }, { nb: "Penger" }],
  lead_by_region: { 9901: [{ nb: "Her" }], 9902: [{ nb: "I fylket" }, null], 981: [null, { nb: "I vest" }] },
  regions,
  sections: [{ figures: [map] }]
});
const words = wordsFor(report, "nb");
const ofYears = { kind: "difference_bands", columns: columns(["region", "year"]), rows: [["", 2026]] };
const ofNone = { kind: "waterfall", columns: columns(["payer"]), rows: [["state"]] };

test("the whole is named by what no other region holds", () =>
  assert.equal(wholeName(report, words), "hele modellen (Eiklandet)"));

test("a figure without numbers of the place says which area it is of", () => {
  for (const figure of [ofYears, ofNone]) {
    assert.equal(areaText(report, figure, "9901", words), "Gjelder hele modellen (Eiklandet), ikke bare Furuvik");
    assert.equal(areaText(report, figure, "", words), null);
    assert.equal(areaText(report, figure, "99", words), null, "the only county is the whole");
  }
  assert.equal(areaText(report, { ...ofYears, rows: [["9901", 2026]] }, "9901", words), null);
  assert.equal(areaText(report, { ...ofNone, kind: "life_lines" }, "9901", words), null);
});

test("a sentence of the whole over the numbers of a place says that it is of the whole", () => {
  const figure = {
    ...ofYears,
    rows: [
      ["", 2026],
      ["9901", 2026]
    ],
    sentence: { nb: "Ti færre." },
    sentences: {}
  };
  const alone = { ...figure, kind: "decomposition", rows: [["9901", 2026]] };
  assert.equal(sentenceIn(report, figure, "9901", words), "Hele modellen (Eiklandet): Ti færre.");
  assert.equal(sentenceIn(report, figure, "", words), "Ti færre.");
  assert.equal(sentenceIn(report, alone, "9901", words), "Ti færre.", "nothing in it is of the whole");
  assert.equal(sentenceIn(report, { ...figure, sentences: { 9901: { nb: "To." } } }, "9901", words), "To.");
  assert.equal(sentenceIn(report, { ...ofNone, sentence: { nb: "Ti." } }, "9901", words), "Ti.");
});

test("a figure's sentence of a region is that region's, of the nearest above it where it has none", () => {
  const figure = {
    ...ofYears,
    rows: [
      ["", 2026],
      ["981", 2026]
    ],
    sentence: { nb: "Alle." }
  };
  const told = { ...figure, sentences: { 981: { nb: "I vest." } } };
  assert.equal(sentenceIn(report, told, "981", words), "I vest.");
  assert.equal(sentenceIn(report, told, "9811", words), "I vest.");
  assert.equal(sentenceIn(report, told, "9902", words), "Alle.");
  assert.equal(sentenceIn(report, told, "", words), "Alle.");
});

test("what is said of areas tells figure and sentence apart", () => {
  const says = (figure, region) => areasOf(report, figure, region, words).map(({ text, own }) => [text, own]);
  const whole = "hele modellen (Eiklandet)";
  const figure = {
    ...ofYears,
    rows: [
      ["", 2026],
      ["9901", 2026]
    ],
    sentence: { nb: "Alle." }
  };
  assert.deepEqual(says(figure, ""), []);
  assert.deepEqual(says(figure, "9901"), [[`Setningen gjelder ${whole}, figuren Furuvik`, false]]);
  const told = { ...figure, sentences: { 9901: { nb: "Her." }, 9902: { nb: "Der." } } };
  assert.deepEqual(says(told, "9901"), [["Gjelder Furuvik", true]]);
  assert.deepEqual(says(told, "9902"), [[`Figuren gjelder ${whole}, ikke bare Granheim`, false]]);
  assert.deepEqual(says(told, "9904"), [[`Gjelder ${whole}, ikke bare Sjøholmen`, false]]);
  const table = { kind: "table", columns: columns(["scenario", "rows"]), rows: [["ips", 3]] };
  assert.deepEqual(says(table, "9901"), [[`Gjelder ${whole}, ikke bare Furuvik`, false]]);
  assert.deepEqual(says({ ...table, columns: columns(["note"]) }, "9901"), []);
});

test("plan text that is not of the region says so: by its heading, or by itself beside text that is", () => {
  const own = { nb: "Alle.", text_by_region: { 9901: { nb: "Her." } } };
  const part = (...paragraphs) => ({ heading: { nb: "Problemet" }, paragraphs });
  const told = (one, region) => partIn(report, one, region, words);
  assert.deepEqual(told(part(own, { nb: "Mer." }), ""), { heading: "Problemet", paragraphs: ["Alle.", "Mer."] });
  assert.deepEqual(told(part(own, { nb: "Mer." }), "9901"), {
    heading: "Problemet",
    paragraphs: ["Her.", "Hele modellen (Eiklandet): Mer."]
  });
  assert.deepEqual(told(part(own), "9902"), { heading: "Problemet (hele modellen)", paragraphs: ["Alle."] });
  assert.deepEqual(told(part(), "9902"), { heading: "Problemet", paragraphs: [] });
  assert.deepEqual(told(part({ nb: "Mer." }), "99").heading, "Problemet", "the only county is the whole");
});

test("a figure of other places alone names them", () => {
  const of = (...codes) => ({ ...ofYears, kind: "decomposition", rows: codes.map(code => [code, 2026]) });
  assert.equal(areaText(report, of("9902"), "9901", words), "Gjelder Granheim, ikke Furuvik");
  assert.equal(areaText(report, of("9902", "9904", "981", "9811"), "9901", words), "Furuvik er ikke med her");
});

test("a borrowed number says of what, and why", () => {
  assert.equal(areaText(report, map, "9901", words), null);
  assert.equal(areaText(report, map, "9902", words), "Tallet for Granheim er for Eiklandet (færre enn 30)");
  assert.equal(areaText(report, map, "9903", words), "9903 har ikke eget tall her (færre enn 30)");
  assert.equal(areaText(report, { ...map, rows: [] }, "9902", words), "Granheim er ikke med her");
});

test("the first screen always says of which area each of its sentences is", () => {
  const told = region => leadOf(report, region, words).map(({ area, texts }) => [area, ...texts.map(({ nb }) => nb)]);
  const whole = "Gjelder hele modellen (Eiklandet)";
  assert.deepEqual(told(""), [[whole, "Alle", "Penger"]]);
  assert.deepEqual(told("9901"), [
    ["Gjelder Furuvik", "Her"],
    [`${whole}, ikke bare Furuvik`, "Penger"]
  ]);
  assert.deepEqual(told("9902")[0], ["Tallet for Granheim er for Eiklandet (færre enn 30)", "I fylket"]);
  assert.deepEqual(told("9904")[0], [`${whole}, ikke bare Sjøholmen`, "Alle", "Penger"]);
  assert.deepEqual(told("9903")[0][0], `${whole}, ikke bare 9903 (færre enn 30)`);
  assert.deepEqual(told("9811"), [
    ["Gjelder Vestlandet, ikke bare Vika", "I vest"],
    [`${whole}, ikke bare Vika`, "Alle"]
  ]);
});

test("a title becomes the name of a file on any system", () => {
  assert.equal(fileNameOf('Jobb: "A/B" mot C, 2026–2036.'), "Jobb A B mot C, 2026–2036");
  assert.equal(fileNameOf("???"), "utvei");
  assert.ok(fileNameOf("lang ".repeat(60)).length <= 100);
});
