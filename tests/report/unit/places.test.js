// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Report } from "../../../output/report/web/src/document.js";
import {
  labelOfField,
  lettersApart,
  placesCalled,
  placesMeant,
  suggestionsFor
} from "../../../output/report/web/src/page/places.js";

const regions = [
  { code: "40", name: "Telemark", level: "county", parent: "" },
  { code: "39", name: "Vestfold", level: "county", parent: "" }
];
const municipalities = [
  { code: "4001", name: "Porsgrunn", region: "40" },
  { code: "3451", name: "Vestre Slidre", region: "34" },
  { code: "3901", name: "Horten", region: "39" }
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
  assert.deepEqual(shown("4001"), [["40", "Porsgrunn"]]);
  assert.deepEqual(shown("4601"), []);
  assert.deepEqual(shown("4099"), [], "none of those that are known");
});

test("a number says which county it is of where no municipality of it is known", () => {
  const counties = [...regions, { code: "99", name: "Eiklandet", level: "county", parent: "" }];
  const below = { code: "9901", name: "Furuvik", level: "municipality", parent: "99" };
  const called = (text, more = []) =>
    placesCalled(new Report({ regions: [...counties, ...more] }), text).map(({ region, place }) => [
      region.code,
      place
    ]);
  assert.deepEqual(called("4001"), [["40", "4001"]]);
  assert.deepEqual(called("9999", [below]), []);
  assert.deepEqual(called("9901", [below]), [], "it is a region itself");
});

test("a slip of the pen is understood", () => {
  assert.equal(lettersApart("granhiem", "granheim"), 1);
  assert.equal(lettersApart("", "nes"), 3);
  assert.equal(lettersApart("skien", "skein"), 1);
  assert.equal(lettersApart("horten", "holen"), 2);
  const meant = text => placesMeant(report, text).map(({ region, place }) => place ?? region.name);
  assert.deepEqual(meant("Porsgrun"), ["Porsgrunn"]);
  assert.deepEqual(meant("telmark "), ["Telemark"]);
  assert.deepEqual(meant("Tullby"), []);
  assert.deepEqual(meant("4002"), []);
  assert.deepEqual(meant(""), []);
});

test("a place is found by its whole name alone, in any case", () => {
  const called = text => placesCalled(report, text).map(({ place }) => place);
  assert.deepEqual(called("PORSGRUNN "), ["Porsgrunn"]);
  assert.deepEqual(called("Pors"), []);
  assert.deepEqual(called(""), []);
  assert.deepEqual(placesCalled(new Report({ regions }), "Porsgrunn"), []);
});
