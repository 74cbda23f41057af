// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "../../../output/report/web/src/chart.js";
import { formatNumber } from "../../../output/report/web/src/format.js";
import { regionScale } from "../../../output/report/web/src/kinds/region_scale.js";

const context = {
  language: "nb",
  words: key => ({ to: "til", people: "personer" })[key],
  number: (value, decimals = 0) => formatNumber(value, "nb", decimals)
};
const scaleOf = (values, { better = "less", decimals = 2 } = {}) =>
  regionScale(
    { columns: [{ name: "value", type: "number", decimals }], options: { better } },
    context,
    values.map(value => ({ value }))
  );
const names = scale => scale.labels.map(({ name }) => name);

test("two places have two colours, the farthest from zero the darkest, each with its number", () => {
  assert.deepEqual(names(scaleOf([-0.04, -0.07])), ["step4", "step1"]);
  assert.deepEqual(
    scaleOf([-0.04, -0.07]).labels.map(({ text }) => text),
    ["−0,07", "−0,04"]
  );
  assert.deepEqual(names(scaleOf([3, 1])), ["step1", "step4"]);
  assert.deepEqual(names(scaleOf([2, 2])), ["step4"]);
  assert.deepEqual(names(scaleOf([1, 2, 3])), ["step1", "step2", "step4"]);
});

test("gain and loss have colours of their own, however few the places are", () => {
  assert.deepEqual(names(scaleOf([-2, 1])), ["step4", "outside"]);
  assert.deepEqual(names(scaleOf([-2, 1], { better: "more" })), ["outside", "step4"]);
  assert.deepEqual(names(scaleOf([0, -0.31, 0])), ["step4", "step0"], "none at all is no gain");
  assert.deepEqual(names(scaleOf([0, -0.31, 0.2])), ["step4", "step0", "outside"]);
  assert.deepEqual(names(scaleOf([0, 0])), ["step0"]);
  assert.deepEqual(names(scaleOf([-2, -1, 1, 3])), ["step4", "step1", "worseSoft", "outside"]);
});

test("of many places the steps hold all numbers, the largest in the darkest, and a step without places has no key", () => {
  for (const values of [
    [0.9, 2, 3, 4, 5.8, 5],
    [-58, -41, -33, -21, -9, -12],
    [100, 101, 102, 103, 104, 117]
  ]) {
    const scale = scaleOf(values, { decimals: 0 });
    const farthest = values.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one));
    assert.equal(scale.fill(farthest), "var(--step4)", String(values));
    assert.deepEqual(new Set(names(scale).map(name => `var(--${name})`)), new Set(values.map(scale.fill)));
    const bounds = scale.labels
      .flatMap(({ text }) => text.split(/ til |(?<=\d)–/))
      .map(text => Number(text.replace("−", "-").replace(",", ".")));
    assert.ok(Math.min(...bounds) <= Math.min(...values) && Math.max(...bounds) >= Math.max(...values), String(bounds));
  }
});

test("the first and the last year have a tick where that can be", () => {
  assert.equal(stepOf(15, 5), 7);
  assert.equal(stepOf(15, 10), 2);
  assert.equal(stepOf(15, 20), 1);
  assert.equal(stepOf(14, 5), 3);
});
