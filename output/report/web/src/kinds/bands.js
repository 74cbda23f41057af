// SPDX-License-Identifier: Apache-2.0
// Bands of 50, 80 and 95 % over years, widest first. A year that stands alone has no area: it gets bars as wide as can be seen.
import * as Plot from "@observablehq/plot";
import { swatches } from "../chart.js";
import { colour } from "../palette.js";
import { groupBy } from "../document.js";

const BANDS = [
  ["95", "band95", 11],
  ["80", "band80", 8],
  ["50", "band50", 5]
];
const known = value => value !== null && value !== undefined;

export const hasBand = (row, level) => known(row[`low_${level}`]) && known(row[`high_${level}`]);
export const hasAnyBand = row => BANDS.some(([level]) => hasBand(row, level));

/** Marks of the bands of rows; `fy` and such place them in panels. */
export function bands(rows, options = {}) {
  return BANDS.flatMap(([level, name, strokeWidth]) => {
    const span = { x: "year", y1: `low_${level}`, y2: `high_${level}`, ...options };
    const alone = rows.filter(row => hasBand(row, level) && !besideAnother(rows, row, level, options.fy));
    return [
      Plot.areaY(rows, { ...span, z: options.fy ?? null, fill: colour(name) }),
      ...(alone.length ? [Plot.ruleX(alone, { ...span, stroke: colour(name), strokeWidth })] : [])
    ];
  });
}

/** Whether the row before or after it in its panel has the band as well. */
function besideAnother(rows, row, level, panel) {
  const line = panel ? groupBy(rows, other => other[panel]).get(row[panel]) : rows;
  const at = line.indexOf(row);
  return [line[at - 1], line[at + 1]].some(other => other && hasBand(other, level));
}

/** The bands that are there, for the key. */
export function bandKey(context, rows) {
  return [...BANDS]
    .reverse()
    .filter(([level]) => rows.some(row => hasBand(row, level)))
    .map(([level, name]) => ({ label: context.percent(level / 100, 0), swatch: swatches.box(colour(name)) }));
}
