// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, writeAddress } from "../../../output/report/web/src/address.js";
import {
  ALL,
  batchSentence,
  choiceOf,
  emptyCells,
  rowsChosen
} from "../../../output/report/web/src/kinds/batch_choice.js";
import { grid } from "../fixture/batch.js";

const [heat, curve] = grid();
const rows = heat.rows.map(row => Object.fromEntries(heat.columns.map((column, at) => [column.name, row[at]])));

test("a map opens with the longest axes along its sides and the other in panels", () => {
  const choice = choiceOf(heat);
  assert.equal(choice.x.name, "places");
  assert.equal(choice.y.name, "start");
  assert.deepEqual(choice.held, { uptake: ALL });
  assert.equal(choice.panels.name, "uptake");
  assert.equal(rowsChosen(heat, rows, choice).length, 22);
});

test("a curve has one axis; of the others one lies in panels, and one is held at its middle", () => {
  const choice = choiceOf(curve);
  assert.equal(choice.x.name, "places");
  assert.equal(choice.y, null);
  assert.deepEqual(choice.held, { uptake: ALL, start: "2027" });
});

test("axes that are held at a value leave the scenarios that have it", () => {
  const choice = choiceOf(heat, { x: "start", y: "places", "ved-uptake": "0.7", maal: "person_years,state=outside" });
  assert.equal(choice.panels, null);
  const shown = rowsChosen(heat, rows, choice);
  assert.equal(shown.length, 11);
  assert.ok(shown.every(row => row.axis_uptake === "0.7" && row.outcome === "person_years,state=outside"));
});

test("places without a row are those that the batch leaves out, and those without a result", () => {
  const empty = chosen => {
    const choice = choiceOf(heat, chosen);
    return emptyCells(heat, rowsChosen(heat, rows, choice), choice).map(cell => [
      cell.axis_places,
      cell.axis_uptake,
      cell.axis_start,
      cell.why
    ]);
  };
  const [leftOut, missing] = [
    ["120", "0.3", "2026", "batchLeftOut"],
    ["40", "0.7", "2026", "batchMissing"]
  ];
  assert.deepEqual(empty({}).sort(), [leftOut, missing]);
  assert.deepEqual(empty({ "ved-uptake": "0.7" }), [missing]);
});

test("what a figure does not have is not chosen", () => {
  const choice = choiceOf(heat, { x: "colour", y: "places", "ved-uptake": "7", maal: "height" });
  assert.equal(choice.x.name, "places");
  assert.equal(choice.y.name, "start");
  assert.equal(choice.held.uptake, ALL);
  assert.equal(choice.outcome.name, "person_years,state=work");
});

test("the sentence is that of the measure chosen", () => {
  assert.equal(batchSentence(heat, { maal: "person_years,state=outside" }, "nb"), "Færrest utenfor med flest plasser.");
  assert.equal(batchSentence({ kind: "heat" }, {}, "nb"), null);
});

test("choices go through the address, whatever labels hold", () => {
  const choices = { x: "places", "ved-start": "a,b:c=d&e %" };
  const state = { ...readAddress(""), language: "nb", choices };
  assert.deepEqual(readAddress(writeAddress(state, "nb")).choices, choices);
  assert.deepEqual(readAddress("#valg=x").choices, {});
});
