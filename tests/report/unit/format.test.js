// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decimalsFor,
  formatCell,
  formatDate,
  formatNumber,
  formatPercent,
  formatSigned,
  kronerScale
} from "../../../output/report/web/src/format.js";

test("Norwegian numbers have narrow spaces, a decimal comma and a true minus", () => {
  for (const language of ["nb", "nn"]) {
    assert.equal(formatNumber(1234567.891, language, 1), "1\u202f234\u202f567,9");
    assert.equal(formatNumber(1130, language), "1\u202f130");
    assert.equal(formatNumber(-12.25, language, 2), "\u221212,25");
    assert.equal(formatPercent(0.125, language), "12,5\u00a0%");
  }
});

test("English numbers have commas and a decimal point", () => {
  assert.equal(formatNumber(-1234567.891, "en", 1), "\u22121,234,567.9");
  assert.equal(formatPercent(0.125, "en"), "12.5%");
});

test("what rounds to nothing has no sign", () => {
  assert.equal(formatNumber(-0.04, "nb", 1), "0,0");
  assert.equal(formatSigned(0.04, "nb", 1), "0,0");
  assert.equal(formatSigned(3, "nb"), "+3");
});

test("what is held back is a dash, never a zero", () => {
  for (const type of ["integer", "number", "percent", "kroner", "days"])
    assert.equal(formatCell(null, { name: "x", type }, "nb"), "–");
  assert.equal(formatCell(0, { name: "x", type: "integer" }, "nb"), "0");
});

test("years have no space in the thousands", () => {
  assert.equal(formatCell(2036, { name: "year", type: "integer" }, "nb"), "2036");
  assert.equal(formatCell(2036.5, { name: "from", type: "years" }, "nb"), "2036,5");
});

test("kroner take the unit of the largest", () => {
  const words = key => key;
  assert.deepEqual(
    [3e9, 4e7, 3e6, 5e4, 900].map(size => kronerScale(-size, words).unit),
    ["billionKroner", "millionKroner", "millionKroner", "thousandKroner", "kroner"]
  );
});

test("ticks have the decimals that tell them apart", () =>
  assert.deepEqual([50, 1, 0.5, 0.25, 0.01].map(decimalsFor), [0, 0, 1, 1, 2]));

test("days of the year and dates are written out", () => {
  assert.equal(formatDate("11-16", "nb"), "16. november");
  assert.equal(formatDate("2026-01-01", "nn"), "1. januar 2026");
  assert.equal(formatDate("2026-01-01", "en"), "1 January 2026");
  assert.equal(formatDate("15-19", "nb"), "15-19");
});
