// SPDX-License-Identifier: Apache-2.0
// A number over two axes of a batch of scenarios: each cell holds its number, so that the colour only helps.
import * as Plot from "@observablehq/plot";
import { NARROW, chart } from "../chart.js";
import { colour, inkOn, steps } from "../palette.js";
import { formatCell } from "../format.js";
import { textOf } from "../document.js";

export function heat(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.value !== null);
  if (!rows.length) return null;
  const sizes = rows.map(row => Math.abs(row.value));
  const low = Math.min(...sizes),
    span = Math.max(...sizes) - low || 1;
  const step = row => Math.min(steps.length - 1, Math.floor(((Math.abs(row.value) - low) / span) * steps.length));
  const column = name => figure.columns.find(item => item.name === name) ?? { name, type: "number" };
  const write = name => value => formatCell(value, column(name), context.language);
  const narrow = context.width < NARROW;
  const ys = [...new Set(rows.map(row => row.y))].sort((a, b) => (a > b ? -1 : 1)),
    xs = [...new Set(rows.map(row => row.x))].sort((a, b) => (a > b ? 1 : -1));
  const unit = textOf(figure.options?.unit, context.language);
  return chart(
    { ...context, width: Math.min(context.width, 90 + xs.length * 110) },
    {
      height: 120 + (narrow ? 42 : 52) * ys.length,
      marginTop: 52,
      marginLeft: 66,
      marginBottom: 44,
      x: {
        type: "band",
        domain: xs,
        padding: 0.03,
        label: textOf(column("x").label, context.language),
        tickFormat: write("x"),
        tickSize: 0,
        labelArrow: "none"
      },
      y: { type: "band", domain: ys, padding: 0.05, label: null, tickFormat: write("y"), tickSize: 0 },
      marks: [
        Plot.cell(rows, { x: "x", y: "y", fill: row => colour(steps[step(row)]) }),
        Plot.text(rows, {
          x: "x",
          y: "y",
          fill: row => colour(inkOn[steps[step(row)]]),
          fontWeight: 600,
          fontSize: narrow ? 10 : 12,
          text: row => write("value")(row.value)
        }),
        Plot.text([textOf(column("y").label, context.language)], {
          frameAnchor: "top-left",
          dx: -64,
          dy: -16,
          textAnchor: "start",
          text: line => line,
          fill: colour("ink")
        }),
        ...(unit
          ? [
              Plot.text([unit], {
                frameAnchor: "top-left",
                dx: -64,
                dy: -46,
                textAnchor: "start",
                text: line => line,
                fill: colour("muted")
              })
            ]
          : [])
      ]
    }
  );
}
