// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Report } from "../../../output/report/web/src/document.js";
import { labelOfField, placesCalled, suggestionsFor } from "../../../output/report/web/src/page/places.js";

const regions = [
  { code: "40", name: "Telemark", level: "county", parent: "" },
  { code: "39", name: "Vestfold", level: "county", parent: "" }
];
const municipalities = [
  { name: "Porsgrunn", region: "40" },
  { name: "Vestre Slidre", region: "34" },
  { name: "Horten", region: "39" }
];
const report = new Report({ regions, municipalities });
const shown = text => suggestionsFor(report, text).map(({ region, place }) => [region.code, place].filter(Boolean));

test("the field is called by what the regions are", () => {
  const label = more => labelOfField(new Report({ regions, ...more }));
  assert.equal(label(), "ownRegionCounty");
  assert.equal(label({ region_kind: "municipality" }), "ownRegion");
  assert.equal(label({ region_kind: "mixed" }), "ownRegionArea");
  assert.equal(
    labelOfField(new Report({ regions: [...regions, { ...regions[0], level: "municipality" }] })),
    "ownRegion"
  );
});

test("nothing typed shows all by name; a text its regions, then municipalities of a region of the report", () => {
  assert.deepEqual(shown(""), [["40"], ["39"]]);
  assert.deepEqual(shown("vest"), [["39"]], "a municipality of no region here is left out");
  assert.deepEqual(shown("O"), [["39"], ["40", "Porsgrunn"], ["39", "Horten"]]);
  assert.deepEqual(shown("4001"), [["40", "4001"]]);
  assert.deepEqual(shown("4601"), []);
});

test("a place is found by its whole name alone, in any case", () => {
  const called = text => placesCalled(report, text).map(({ place }) => place);
  assert.deepEqual(called("PORSGRUNN "), ["Porsgrunn"]);
  assert.deepEqual(called("Pors"), []);
  assert.deepEqual(called(""), []);
  assert.deepEqual(placesCalled(new Report({ regions }), "Porsgrunn"), []);
});
