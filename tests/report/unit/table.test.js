// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Report } from "../../../output/report/web/src/document.js";
import { cellText } from "../../../output/report/web/src/page/table.js";

const report = new Report({});
const figureOf = rows => ({
  columns: [
    { name: "people", type: "number", decimals: 1 },
    { name: "date", type: "text" }
  ],
  rows
});
const cells = figure => figure.rows.map(row => cellText(report, figure, figure.columns[0], row[0], "nb"));

test("a column of counts has no decimals, one of means keeps them", () => {
  assert.deepEqual(
    cells(
      figureOf([
        [1633, ""],
        [2700, ""],
        [null, ""]
      ])
    ),
    ["1\u202f633", "2\u202f700", "–"]
  );
  assert.deepEqual(
    cells(
      figureOf([
        [1633, ""],
        [2700.5, ""]
      ])
    ),
    ["1\u202f633,0", "2\u202f700,5"]
  );
});

test("dates are written out", () => {
  const figure = figureOf([[1, "11-16"]]);
  assert.equal(cellText(report, figure, figure.columns[1], "11-16", "nb"), "16. november");
});
