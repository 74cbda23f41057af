// SPDX-License-Identifier: Apache-2.0
// Years that a run covers in part are no years to compare with: dashes to and from them, an open ring, and words in the key.
import * as Plot from "@observablehq/plot";
import { swatches } from "../chart.js";
import { colour } from "../palette.js";
import { groupBy } from "../document.js";

export const partialYears = figure => new Set(figure.options?.partial_years ?? []);

/** A line over years, and dots on it where `dots` says how large. `z` tells lines apart. */
export function yearLine(rows, partial, { y, z = null, stroke, dots = 0, fill = stroke, ...options }) {
  const line = { x: "year", y, z, stroke: colour(stroke), ...options };
  const inPart = rows.filter(row => partial.has(row.year));
  const at = { x: "year", y, ...(options.fy ? { fy: options.fy } : {}) };
  return [
    Plot.line(
      rows.map(row => (partial.has(row.year) ? { ...row, [y]: null } : row)),
      line
    ),
    ...(inPart.length
      ? [Plot.line(besidePartial(rows, partial, z), { ...line, z: "piece", strokeDasharray: "3 3" })]
      : []),
    ...(dots
      ? [
          Plot.dot(
            rows.filter(row => !partial.has(row.year)),
            { ...at, r: dots, fill: colour(fill) }
          )
        ]
      : []),
    ...(inPart.length
      ? [
          Plot.dot(inPart, {
            ...at,
            r: 4,
            fill: colour("paper"),
            stroke: colour(stroke),
            strokeWidth: 1.6
          })
        ]
      : [])
  ];
}

/** For each year covered in part the year before it, itself and the year after it, as a piece of their own. */
function besidePartial(rows, partial, z) {
  const lines = [...groupBy(rows, row => (z ? row[z] : "")).values()];
  return lines.flatMap((line, number) =>
    line.flatMap((row, at) =>
      partial.has(row.year)
        ? line.slice(Math.max(0, at - 1), at + 2).map(piece => ({ ...piece, piece: `${number} ${at}` }))
        : []
    )
  );
}

const RING = { word: "partOfYear", swatch: swatches.dot(colour("paper"), colour("ink")) };

/** What marks years covered in part, where there are any. */
export function partialKey(context, rows, partial, { word, swatch } = RING) {
  const years = [...new Set(rows.map(row => row.year))].filter(year => partial.has(year)).sort((a, b) => a - b);
  return years.length ? [{ label: context.words(word, { years: years.join(", ") }), swatch }] : [];
}
