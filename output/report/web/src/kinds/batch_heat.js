// SPDX-License-Identifier: Apache-2.0
// Differences of scenarios over two axes: each cell holds its number, so that the colour only helps. A third axis lies in panels. Hatched
// is what cannot be told from nothing.
import * as Plot from "@observablehq/plot";
import { NARROW, SIZE, chart, hatch, inkText, swatches, withKey } from "../chart.js";
import { s, textWidth } from "../dom.js";
import { textOf } from "../document.js";
import { colour, inkOn, steps } from "../palette.js";
import { choiceOf, emptyCells, labelOfValue, rowsChosen } from "./batch_choice.js";

const known = value => value !== null && value !== undefined;
const dashOf = { batchLeftOut: null, batchMissing: "2 3" };
const holdsNothing = row => known(row.low_95) && row.low_95 <= 0 && row.high_95 >= 0;

/** The colour of a cell: how large, of the largest; what is bad news has colours of its own. */
function shadeOf(rows, better) {
  const largest = Math.max(...rows.map(row => Math.abs(row.difference))) || 1;
  return row => {
    const share = Math.abs(row.difference) / largest;
    const isBad = better && row.difference !== 0 && (better === "more") !== row.difference > 0;
    if (isBad) return share > 0.5 ? "outside" : "worseSoft";
    return steps[Math.min(steps.length - 1, Math.floor(share * steps.length))];
  };
}

export function batchHeat(figure, context) {
  const choice = choiceOf(figure, context.choices);
  const { x, y, panels } = choice;
  if (!x || !y) return null;
  const all = rowsChosen(figure, context.rows, choice);
  const rows = all.filter(row => known(row.difference));
  if (!rows.length) return null;
  const empty = emptyCells(figure, all, choice);
  const narrow = context.width < NARROW;
  const facet = panels ? (narrow ? "fy" : "fx") : null;
  const shade = shadeOf(rows, choice.outcome.better);
  const largest = Math.max(...rows.map(row => Math.abs(row.difference)));
  const write = row => context.signed(row.difference, largest < 100 ? 1 : 0);
  const of = panels ? { [facet]: row => row[panels.column] } : {};
  const name = axis => value => labelOfValue(figure, axis, value, context.language);
  const marginLeft = 18 + Math.max(...y.values.map(value => textWidth(name(y)(value))));
  const over = hatch(colour("muted"), { gap: 9, width: 1 });
  const tall = (narrow ? 34 : 40) * y.values.length;
  const count = panels ? panels.values.length : 1;
  const svg = chart(context, {
    height: (facet === "fy" ? count * (tall + 26) : tall) + 112,
    marginTop: 62,
    marginBottom: 44,
    marginLeft,
    marginRight: 10,
    x: { type: "band", domain: x.values, padding: 0.04, label: null, tickFormat: name(x), tickSize: 0 },
    y: { type: "band", domain: [...y.values].reverse(), padding: 0.06, label: null, tickFormat: name(y), tickSize: 0 },
    ...(facet ? { [facet]: { domain: panels.values, axis: null, padding: facet === "fx" ? 0.06 : 0.2 } } : {}),
    marks: [
      Plot.cell(rows, { x: x.column, y: y.column, ...of, fill: row => colour(shade(row)) }),
      Plot.cell(rows.filter(holdsNothing), { x: x.column, y: y.column, ...of, fill: over.fill }),
      ...Object.entries(dashOf).map(([why, strokeDasharray]) =>
        Plot.cell(
          empty.filter(cell => cell.why === why),
          { x: x.column, y: y.column, ...of, fill: "none", stroke: colour("muted"), strokeDasharray }
        )
      ),
      Plot.text(
        empty.filter(cell => textWidth(context.words(cell.why)) < roomOf(context, facet, count, x, marginLeft)),
        { x: x.column, y: y.column, ...of, ...inkText, text: cell => context.words(cell.why) }
      ),
      Plot.text(rows, {
        x: x.column,
        y: y.column,
        ...of,
        // A rim in the colour of the cell keeps the number readable on the hatch.
        fill: row => colour(inkOn[shade(row)]),
        stroke: row => colour(shade(row)),
        strokeWidth: 4,
        paintOrder: "stroke",
        fontWeight: 600,
        fontSize: fits(context, facet, count, x, marginLeft),
        text: write
      }),
      ...(panels
        ? [
            Plot.text(panels.values, {
              [facet]: value => value,
              frameAnchor: "top",
              dy: -14,
              ...inkText,
              text: value => `${textOf(panels.label, context.language)} ${name(panels)(value)}`
            })
          ]
        : [])
    ]
  });
  svg.prepend(over.define());
  svg.append(...sideNames(context, choice, svg));
  return withKey(svg, context, [
    {
      label: `${textOf(choice.outcome.label, context.language)} (${textOf(choice.outcome.unit, context.language)})`,
      swatch: swatches.box(colour("step3"))
    },
    ...(rows.some(holdsNothing)
      ? [{ label: context.words("batchMayBeNothing"), swatch: () => [...swatches.box(colour("step2"), over.fill)()] }]
      : []),
    ...(rows.some(row => ["outside", "worseSoft"].includes(shade(row)))
      ? [{ label: context.words("batchWrongWay"), swatch: swatches.box(colour("worseSoft")) }]
      : []),
    ...Object.keys(dashOf)
      .filter(why => empty.some(cell => cell.why === why))
      .map(why => ({
        label: context.words(`${why}Key`),
        swatch: swatches.box("none", null, colour("muted"), dashOf[why])
      }))
  ]);
}

function roomOf(context, facet, count, x, marginLeft) {
  return (context.width - marginLeft) / (facet === "fx" ? count : 1) / x.values.length;
}

function fits(context, facet, count, x, marginLeft) {
  const room = roomOf(context, facet, count, x, marginLeft);
  return room < 30 ? 8 : room < 40 ? 9 : room < 56 ? 10 : 12;
}

/** The names of the axes: above the left side, and below the bottom. */
function sideNames(context, { x, y }, svg) {
  const muted = { fill: colour("muted"), "font-size": SIZE };
  return [
    s("text", { ...muted, x: 2, y: 14, "text-anchor": "start" }, `↓ ${textOf(y.label, context.language)}`),
    s(
      "text",
      { ...muted, x: context.width - 4, y: Number(svg.getAttribute("height")) - 6, "text-anchor": "end" },
      `${textOf(x.label, context.language)} →`
    )
  ];
}
