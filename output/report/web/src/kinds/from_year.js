// SPDX-License-Identifier: Apache-2.0
// The first year in which anything of the change is in force: before it there can be no difference.
import * as Plot from "@observablehq/plot";
import { inkText } from "../chart.js";
import { colour } from "../palette.js";

/** A faint line at that year, named on the side of zero where the numbers are not; nothing where it is the first year or none is told. */
export function fromYearMarks(figure, context, rows, value) {
  const from = figure.from_year;
  const years = rows.map(row => row.year);
  if (typeof from !== "number" || from <= Math.min(...years) || from > Math.max(...years)) return [];
  const sum = rows.reduce((total, row) => total + (row[value] ?? 0), 0);
  return [
    Plot.ruleX([from], { stroke: colour("muted"), strokeDasharray: "1 3" }),
    Plot.text([from], {
      x: year => year,
      frameAnchor: sum < 0 ? "bottom" : "top",
      textAnchor: "start",
      dx: 5,
      dy: sum < 0 ? -4 : 4,
      ...inkText,
      fill: colour("muted"),
      text: year => context.words("changeFrom", { year })
    })
  ];
}
