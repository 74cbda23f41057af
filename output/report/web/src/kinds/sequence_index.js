// SPDX-License-Identifier: Apache-2.0
// Many synthetic people, a line each, in the order of the document.
import * as Plot from "@observablehq/plot";
import { chart, withKey, yearAxis } from "../chart.js";
import { s } from "../dom.js";
import { colour } from "../palette.js";
import { groupBy } from "../document.js";
import { groupKey, groupOfRow } from "./group_key.js";

export function sequenceIndex(figure, context) {
  const rows = context.rowsOfMeasure;
  if (!rows.length) return null;
  const people = Math.max(...rows.map(row => row.person));
  const height = Math.min(520, Math.max(200, people * 2));
  const start = figure.options?.start ?? Math.min(...rows.map(row => row.from)),
    end = figure.options?.end ?? Math.max(...rows.map(row => row.to));
  const years = Array.from({ length: Math.floor(end) - Math.ceil(start) + 1 }, (_, at) => Math.ceil(start) + at);
  const svg = chart(context, {
    height: height + 50,
    marginTop: 10,
    marginLeft: 30,
    x: { domain: [start, end] },
    y: { domain: [0.5, people + 0.5], reverse: true, axis: null },
    marks: [
      yearAxis(context, years, { room: context.width - 60 }),
      Plot.text([`${context.number(people)} ${context.words("persons")}`], {
        frameAnchor: "left",
        rotate: -90,
        dx: -16,
        textAnchor: "middle",
        text: line => line,
        fill: colour("muted")
      })
    ]
  });
  svg.append(spells(svg, context, rows));
  return withKey(svg, context, groupKey(context, rows));
}

/** One path a group, not a rectangle a spell: thousands of spells stay quick to draw and to print. */
function spells(svg, context, rows) {
  const at = { x: svg.scale("x"), y: svg.scale("y") };
  const tall = Math.max(0.6, Math.abs(at.y.apply(2) - at.y.apply(1)) * 0.92);
  return s(
    "g",
    {},
    [...groupBy(rows, row => groupOfRow(context, row))].map(([group, there]) =>
      s("path", {
        fill: colour(group),
        d: there
          .map(row => {
            const left = at.x.apply(row.from),
              right = at.x.apply(row.to),
              top = at.y.apply(row.person) - tall / 2;
            return `M${left.toFixed(1)},${top.toFixed(2)}H${right.toFixed(1)}v${tall.toFixed(2)}H${left.toFixed(1)}Z`;
          })
          .join("")
      })
    )
  );
}
