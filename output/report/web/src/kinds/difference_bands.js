// SPDX-License-Identifier: Apache-2.0
// The difference from the baseline over the years, with bands of 50, 80 and 95 %; zero is what happens as today.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, labelEnds, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { colour } from "../palette.js";
import { cutText, textWidth } from "../dom.js";
import { groupBy, textOf } from "../document.js";
import { bandKey, bands, hasAnyBand } from "./bands.js";
import { fromYearMarks } from "./from_year.js";
import { partialKey, partialYears, yearLine } from "./partial.js";

const MOST_OTHERS = 6;

export function differenceBands(figure, context) {
  const told = context.rows.filter(
    row => !figure.options?.outcome || !row.outcome || row.outcome === figure.options.outcome
  );
  const rows = told.filter(row => row.difference !== null || hasAnyBand(row));
  if (!rows.length) return null;
  const chosen = rows.filter(row => row.scenario === context.measure);
  const shown = chosen.length ? chosen : rows.filter(row => row.scenario === rows[0].scenario);
  // What is held back interrupts line and bands.
  const interrupted = told.filter(row => row.scenario === shown[0].scenario);
  const others = rows.filter(row => row.scenario !== shown[0].scenario);
  const names = [...new Set(others.map(row => row.scenario))];
  const narrow = context.width < NARROW;
  const partial = partialYears(figure);
  const ends = endsOf(figure, context, shown, partial, names.length <= MOST_OTHERS && !narrow ? others : []);
  const marginRight = 18 + Math.max(0, ...ends.map(end => textWidth(end.text, 12, end.bold ? 700 : 400)));
  const height = narrow ? 300 : 360;
  const assumed = figure.evidence === "assumed";
  const svg = chart(context, {
    height,
    marginRight,
    x: { type: "linear", domain: [Math.min(...rows.map(row => row.year)), Math.max(...rows.map(row => row.year))] },
    y: { nice: true, zero: true, inset: 6 },
    marks: [
      gridY(),
      ...bands(interrupted),
      Plot.ruleY([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...fromYearMarks(figure, context, shown, "difference"),
      Plot.line(others, {
        x: "year",
        y: "difference",
        z: "scenario",
        stroke: colour("muted"),
        strokeWidth: 1.4,
        strokeDasharray: "2 3"
      }),
      ...yearLine(interrupted, partial, {
        y: "difference",
        stroke: "accent",
        strokeWidth: 2.6,
        strokeDasharray: assumed ? "7 4" : null,
        dots: 2.8
      }),
      yearAxis(
        context,
        shown.map(row => row.year),
        { room: context.width - 60 - marginRight, partial }
      ),
      valueAxis(context, { unit: unitOf(figure, context), format: "signed" })
    ]
  });
  labelEnds(svg, ends, { high: height - 46 });
  return withKey(svg, context, [...keyItems(context, shown, names, assumed), ...partialKey(context, shown, partial)]);
}

function unitOf(figure, context) {
  const unit = textOf(figure.options?.unit, context.language) || context.words("people");
  const better = { less: "lessIsBetter", more: "moreIsBetter" }[figure.options?.better];
  const baseline = cutText(context.label("scenario", context.report.baseline), 200);
  const room = context.width - 12;
  const whole = `${unit}, ${context.words("difference", { baseline })}`;
  const judged = better ? `${whole} (${context.words(better)})` : whole;
  return textWidth(judged) <= room ? judged : cutText(whole, room);
}

function keyItems(context, shown, others, assumed) {
  const items = [
    {
      label: context.label("scenario", shown[0].scenario),
      swatch: swatches.line(colour("accent"), assumed ? "6 3" : null)
    }
  ];
  items.push(...bandKey(context, shown));
  if (others.length)
    items.push({ label: context.words("otherMeasures"), swatch: swatches.line(colour("muted"), "2 3", 1.5) });
  return items;
}

/** What stands at the right end of the lines: the number of the last whole year, and the names of the other measures. */
function endsOf(figure, context, shown, partial, others) {
  const told = shown.filter(row => row.difference !== null);
  const number = told.findLast(row => !partial.has(row.year)) ?? told.at(-1);
  const year = number && number !== told.at(-1) ? `${number.year}: ` : "";
  const fine = figure.columns.find(column => column.name === "difference")?.decimals ?? 1;
  const ends = [];
  if (number) {
    const decimals = Math.abs(number.difference) < 10 ? fine : 0;
    const text = year + context.signed(number.difference, decimals);
    ends.push({ ...number, year: told.at(-1).year, text, bold: true, fill: "accent" });
  }
  for (const [name, rows] of groupBy(
    others.filter(row => row.difference !== null),
    row => row.scenario
  )) {
    ends.push({ ...rows[rows.length - 1], text: cutText(context.label("scenario", name), 150), fill: "muted" });
  }
  return ends.map(end => ({ ...end, x: end.year, y: end.difference }));
}
