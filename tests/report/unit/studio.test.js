// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDate } from "../../../output/report/web/src/format.js";
import { parseEvents } from "../../../output/report/web/src/studio/client.js";
import {
  fieldText,
  isNameWrong,
  isNotWhole,
  positionOf,
  readField,
  valueAt,
  valueInWords
} from "../../../output/report/web/src/studio/value.js";
import { studioWords } from "../../../output/report/web/src/studio/words.js";

const share = { kind: "share", min: 0, max: 1, step: 0.01 };
const date = { kind: "date", min: "2025-01-01", max: "2030-01-01", step: 1 };

test("every word of the studio has all three languages", () => {
  for (const [key, text] of Object.entries(studioWords))
    for (const language of ["nb", "nn", "en"]) assert.ok(text[language], `${key} in ${language}`);
});

test("a value survives slider and field", () => {
  assert.equal(valueAt(date, positionOf(date, "2026-02-28") + 1), "2026-03-01");
  assert.equal(readField(share, fieldText(share, 0.29)), 0.29);
  assert.equal(readField(share, "29,5"), 0.295);
  for (const text of ["", "tull", "101", "-1"]) assert.equal(readField(share, text), null, text);
  assert.equal(readField({ kind: "integer", min: 0, max: 9, step: 1 }, "1.5"), null);
  assert.equal(readField(date, "2031-01-01"), null);
});

test("one place is no places", () => {
  const places = { kind: "integer", of: "places", min: 0, max: 9, step: 1 };
  assert.equal(valueInWords(places, 1, "nb"), "1 plass");
  assert.equal(valueInWords(places, 2, "nn"), "2 plassar");
});

test("one month is no months", () => {
  const unit = { nb: "måneder", nn: "månader", en: "months" };
  const unit_of_one = { nb: "måned", nn: "månad", en: "month" };
  const wait = { kind: "duration", of: "waiting", step: 1, unit, unit_of_one };
  const told = language => [1, 2].map(value => valueInWords(wait, value, language));
  assert.deepEqual(told("nb"), ["1 måned", "2 måneder"]);
  assert.deepEqual(told("nn"), ["1 månad", "2 månader"]);
  assert.deepEqual(told("en"), ["1 month", "2 months"]);
});

test("a part of a place is told from what is no number", () => {
  const places = { kind: "integer", of: "places", min: 0, max: 9, step: 1 };
  for (const [text, isPart] of Object.entries({ 2.5: true, "2,5": true, 2: false, tull: false, "": false }))
    assert.equal(isNotWhole(places, text), isPart, text);
  assert.equal(isNotWhole(share, "2.5"), false);
});

test("names that the server would refuse are known before it is asked", () => {
  for (const name of ["a/b", "a\\b", "..", "a\nb", "å".repeat(41)]) assert.ok(isNameWrong(name), name);
  for (const name of ["forsøk 1", "å".repeat(40), "æ, ø & å?"]) assert.ok(!isNameWrong(name), name);
});

test("events are read whole, and what is left waits", () => {
  const [events, rest] = parseEvents('event: progress\ndata: {"done":1}\n\n: still here\n\nevent: done\ndata: {"na');
  assert.deepEqual(events, [{ event: "progress", data: { done: 1 } }]);
  assert.equal(rest, 'event: done\ndata: {"na');
});

test("dates in words", () => {
  assert.equal(formatDate("11-16", "nb"), "16. november");
  assert.equal(formatDate("2026-01-01", "en"), "1 January 2026");
  assert.equal(formatDate("2022-24", "nb"), "2022-24");
});
