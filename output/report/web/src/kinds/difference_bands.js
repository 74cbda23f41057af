// SPDX-License-Identifier: Apache-2.0
// The difference from the baseline over the years, with bands of 50, 80 and 95 %; zero is what happens as today.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, labelEnds, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { colour } from "../palette.js";
import { cutText, textWidth } from "../dom.js";
import { groupBy, textOf } from "../document.js";

const BANDS = [
  ["95", "band95"],
  ["80", "band80"],
  ["50", "band50"]
];
const MOST_OTHERS = 6;

export function differenceBands(figure, context) {
  const told = context.rows.filter(
    row => !figure.options?.outcome || !row.outcome || row.outcome === figure.options.outcome
  );
  const rows = told.filter(row => row.difference !== null);
  if (!rows.length) return null;
  const chosen = rows.filter(row => row.scenario === context.measure);
  const shown = chosen.length ? chosen : rows.filter(row => row.scenario === rows[0].scenario);
  // What is held back interrupts line and bands.
  const interrupted = told.filter(row => row.scenario === shown[0].scenario);
  const others = rows.filter(row => row.scenario !== shown[0].scenario);
  const names = [...new Set(others.map(row => row.scenario))];
  const narrow = context.width < NARROW;
  const ends = endsOf(figure, context, shown, names.length <= MOST_OTHERS && !narrow ? others : []);
  const marginRight = 18 + Math.max(...ends.map(end => textWidth(end.text, 12, end.bold ? 700 : 400)));
  const height = narrow ? 300 : 360;
  const assumed = figure.evidence === "assumed";
  const svg = chart(context, {
    height,
    marginRight,
    x: { type: "linear", domain: [Math.min(...rows.map(row => row.year)), Math.max(...rows.map(row => row.year))] },
    y: { nice: true, zero: true, inset: 6 },
    marks: [
      gridY(),
      ...BANDS.map(([level, name]) =>
        Plot.areaY(interrupted, { x: "year", y1: `low_${level}`, y2: `high_${level}`, fill: colour(name) })
      ),
      Plot.ruleY([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.line(others, {
        x: "year",
        y: "difference",
        z: "scenario",
        stroke: colour("muted"),
        strokeWidth: 1.4,
        strokeDasharray: "2 3"
      }),
      Plot.line(interrupted, {
        x: "year",
        y: "difference",
        stroke: colour("accent"),
        strokeWidth: 2.6,
        strokeDasharray: assumed ? "7 4" : null
      }),
      Plot.dot(shown, { x: "year", y: "difference", r: 2.8, fill: colour("accent") }),
      yearAxis(
        context,
        shown.map(row => row.year),
        { room: context.width - 60 - marginRight }
      ),
      valueAxis(context, { unit: unitOf(figure, context), format: "signed" })
    ]
  });
  labelEnds(svg, ends, { high: height - 46 });
  return withKey(svg, context, keyItems(figure, context, shown, names, assumed));
}

function unitOf(figure, context) {
  const unit = textOf(figure.options?.unit, context.language) || context.words("people");
  const better = { less: "lessIsBetter", more: "moreIsBetter" }[figure.options?.better];
  return `${unit}, ${context.words("difference")}${better ? ` (${context.words(better)})` : ""}`;
}

function keyItems(figure, context, shown, others, assumed) {
  const items = [
    {
      label: context.label("scenario", shown[0].scenario),
      swatch: swatches.line(colour("accent"), assumed ? "6 3" : null)
    }
  ];
  for (const [level, name] of [...BANDS].reverse()) {
    if (shown.some(row => row[`low_${level}`] !== null && row[`low_${level}`] !== undefined)) {
      items.push({ label: `${level} %`, swatch: swatches.box(colour(name)) });
    }
  }
  if (others.length)
    items.push({ label: context.words("otherMeasures"), swatch: swatches.line(colour("muted"), "2 3", 1.5) });
  return items;
}

/** What stands at the right end of the lines: the last number, and the names of the other measures. */
function endsOf(figure, context, shown, others) {
  const number = shown[shown.length - 1];
  const fine = figure.columns.find(column => column.name === "difference")?.decimals ?? 1;
  const decimals = Math.abs(number.difference) < 10 ? fine : 0;
  const ends = [{ ...number, text: context.signed(number.difference, decimals), bold: true, fill: "accent" }];
  for (const [name, rows] of groupBy(others, row => row.scenario)) {
    ends.push({ ...rows[rows.length - 1], text: cutText(context.label("scenario", name), 150), fill: "muted" });
  }
  return ends.map(end => ({ ...end, x: end.year, y: end.difference }));
}
