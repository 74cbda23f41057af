// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../../../output/report/web/src/dom.js";
import { rowsOnPaper } from "../../../output/report/web/src/plan/paper_rows.js";

const columns = ["year", "service"].map(name => ({ name }));
const rowsOf = (years, services) => services.flatMap(service => years.map(year => ({ year, service })));
const years = Array.from({ length: 15 }, (_, at) => 2022 + at);
const figure = { columns, options: { partial_years: [2022, 2036] } };

test("a table that fits is whole", () => {
  const rows = rowsOf(years, ["a"]);
  assert.deepEqual(rowsOnPaper(figure, rows, 24), { rows, years: null });
});

test("a longer one has whole years far apart, the last always, of every service", () => {
  const { rows, years: shown } = rowsOnPaper(figure, rowsOf(years, ["a", "b", "c"]), 24);
  assert.equal(shown.length, 8);
  assert.deepEqual([shown[0], shown.at(-1)], [2023, 2035]);
  for (const service of ["a", "b", "c"]) assert.equal(rows.filter(row => row.service === service).length, 8);
});

test("one year alone is told whole, even where it is longer than the room", () => {
  const { rows, years: shown } = rowsOnPaper(figure, rowsOf(years, [..."abcdefgh"]), 4);
  assert.deepEqual(shown, [2035]);
  assert.equal(rows.length, 8);
});

test("without years the first rows are shown", () =>
  assert.equal(rowsOnPaper({ columns: [{ name: "file" }] }, rowsOf(years, ["a", "b"]), 24).rows.length, 24));

test("names between backticks are told without them where no element can stand", () => {
  assert.equal(plain("klasse `synthetic`, `draws: 0`"), "klasse synthetic, draws: 0");
  assert.equal(plain("en ` alene"), "en ` alene");
});
