// SPDX-License-Identifier: Apache-2.0
// How far the answer moves when one uncertain number is low or high, all else drawn as before; the widest first.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, hatch, swatches, valueAxis, withKey } from "../chart.js";
import { cutText, wrapText } from "../dom.js";
import { colour } from "../palette.js";
import { textOf } from "../document.js";

export function tornado(figure, context) {
  const rows = context.rowsOfMeasure
    .filter(row => row.at_low !== null && row.at_high !== null)
    .sort((a, b) => spread(b) - spread(a))
    .map(row => ({ ...row, left: Math.min(row.at_low, row.at_high), right: Math.max(row.at_low, row.at_high) }));
  if (!rows.length) return null;
  const centre = figure.options?.centre ?? rows.reduce((sum, row) => sum + (row.left + row.right) / 2, 0) / rows.length;
  const narrow = context.width < NARROW;
  const marginLeft = narrow ? 106 : 270;
  const over = hatch();
  const decimals = figure.columns.find(column => column.name === "at_low")?.decimals ?? 0;
  const ends = rows.flatMap(row => [row.at_low, row.at_high, centre]);
  const lines = row => wrapText(nameOf(context, row), marginLeft - 14).map(line => cutText(line, marginLeft - 14));
  const rowHeight = Math.max(34, ...rows.map(row => 8 + 14 * lines(row).length));
  // Where both ends lie on one side of the answer, the bar hangs between them and changes in its own middle.
  const turn = row => (row.left <= centre && centre <= row.right ? centre : (row.left + row.right) / 2);
  const bar = (end, fill) => Plot.barX(rows, { x1: turn, x2: end, y: "input", fill });
  const svg = chart(context, {
    height: 60 + rowHeight * rows.length,
    marginTop: 44,
    marginBottom: 8,
    marginLeft,
    marginRight: 30,
    x: { domain: [Math.min(...ends), Math.max(...ends)], nice: true, inset: narrow ? 44 : 22 },
    y: { type: "band", domain: rows.map(row => row.input), padding: 0.35, axis: null },
    marks: [
      gridX(narrow ? 1 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        unit: textOf(figure.options?.unit, context.language),
        format: "signed",
        ticks: narrow ? 1 : 6,
        labelAnchor: "left"
      }),
      bar("at_low", colour("band80")),
      bar("at_high", colour("accent")),
      bar("at_low", over.fill),
      Plot.ruleX([centre], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...[
        ["left", -1],
        ["right", 1]
      ].map(([end, side]) =>
        Plot.text(rows, {
          x: end,
          y: "input",
          dx: 4 * side,
          textAnchor: side < 0 ? "end" : "start",
          fill: colour("ink"),
          text: row => context.signed(row[end], decimals)
        })
      ),
      Plot.text(rows, {
        y: "input",
        frameAnchor: "left",
        dx: -marginLeft + 2,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        lineHeight: 1.15,
        text: row => lines(row).join("\n")
      })
    ]
  });
  svg.prepend(over.define());
  return withKey(svg, context, [
    { label: context.words("atLow"), swatch: swatches.box(colour("band80"), over.fill) },
    { label: context.words("atHigh"), swatch: swatches.box(colour("accent")) }
  ]);
}

const spread = row => Math.abs(row.at_high - row.at_low);

/** The input's name, and how far it is known. */
function nameOf(context, row) {
  const name = context.label("input", row.input);
  return row.evidence ? `${name} (${context.label("evidence", row.evidence).toLowerCase()})` : name;
}
