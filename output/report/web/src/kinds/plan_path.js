// SPDX-License-Identifier: Apache-2.0
// What a plan expects of an indicator year by year, with bands of 50, 80 and 95 %, and what really came: a dot with its verdict in words.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, inkText, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { colour } from "../palette.js";
import { groupBy, textOf } from "../document.js";
import { bandKey, bands } from "./bands.js";
import { partialKey, partialYears, yearLine } from "./partial.js";
import { isOff, verdictText } from "./verdict.js";

export function planPath(figure, context) {
  const rows = context.rows.filter(row => known(row.expected) || known(row.actual));
  if (!rows.length) return null;
  const panels = [...groupBy(rows, row => row.indicator ?? "").keys()];
  const narrow = context.width < NARROW;
  const height = narrow ? 240 : 300;
  const partial = partialYears(figure);
  const actual = rows.filter(row => known(row.actual));
  const column = figure.columns.find(item => item.name === "expected");
  const years = rows.map(row => row.year);
  const at = { x: "year", y: "actual", fy: "indicator" };
  const named = panels.length > 1;
  const svg = chart(context, {
    height: 68 + (height + (named ? 34 : 0)) * panels.length,
    marginTop: named ? 58 : 34,
    marginRight: 24,
    fy: { domain: panels, axis: null, padding: named ? 0.2 : 0 },
    x: { type: "linear", domain: [Math.min(...years), Math.max(...years)], inset: 10 },
    y: { zero: true, nice: true },
    marks: [
      gridY(),
      ...bands(rows, { fy: "indicator" }),
      Plot.ruleY([0], { stroke: colour("ink") }),
      ...yearLine(rows, partial, {
        y: "expected",
        z: "indicator",
        fy: "indicator",
        stroke: "accent",
        strokeWidth: 2.2
      }),
      Plot.dot(actual, {
        ...at,
        r: 5,
        symbol: row => (isOff(row.verdict) ? "square" : "circle"),
        fill: row => colour(isOff(row.verdict) ? "outside" : "ink"),
        stroke: colour("paper"),
        strokeWidth: 1.5
      }),
      ...verdicts(figure, context, actual, rows),
      ...(named ? [panelNames(context, panels)] : []),
      yearAxis(context, years, { room: context.width - 100, partial }),
      valueAxis(context, {
        unit: textOf(figure.options?.unit, context.language) || context.words("people"),
        format: column?.type === "percent" ? "percent" : "number",
        dy: named ? -20 : 0
      })
    ]
  });
  return withKey(svg, context, [
    { label: context.words("expected"), swatch: swatches.line(colour("accent")) },
    ...bandKey(context, rows),
    ...(actual.length ? [{ label: context.words("actual"), swatch: swatches.dot(colour("ink")) }] : []),
    ...(actual.some(row => isOff(row.verdict))
      ? [{ label: context.words("actualOff"), swatch: swatches.box(colour("outside")) }]
      : []),
    ...partialKey(context, rows, partial)
  ]);
}

const known = value => value !== null && value !== undefined;

function panelNames(context, panels) {
  return Plot.text(panels, {
    fy: name => name,
    frameAnchor: "top-left",
    dx: -54,
    dy: -38,
    fontWeight: 700,
    fill: colour("ink"),
    text: name => context.label("indicator", name)
  });
}

function actualText(figure, context, row) {
  return [writeActual(figure, context, row.actual), verdictText(context, row.verdict)].filter(Boolean).join(" ");
}

function writeActual(figure, context, value) {
  const column = figure.columns.find(item => item.name === "actual");
  if (column?.type === "percent") return context.percent(value, column.decimals ?? 0);
  return context.number(value, Number.isInteger(value) ? 0 : (column?.decimals ?? 1));
}

/** The number and its verdict beside each dot, away from the expected line, within the frame at its sides. */
function verdicts(figure, context, actual, rows) {
  const years = rows.map(row => row.year),
    first = Math.min(...years),
    last = Math.max(...years);
  const anchorOf = ({ year }) => (year === first ? "start" : year === last ? "end" : "middle");
  const isAbove = row => row.actual >= (row.expected ?? row.actual);
  return [...groupBy(actual, row => `${anchorOf(row)} ${isAbove(row)}`).values()].map(same => {
    const above = isAbove(same[0]),
      textAnchor = anchorOf(same[0]);
    return Plot.text(same, {
      x: "year",
      y: "actual",
      fy: "indicator",
      dx: { start: -5, end: 5, middle: 0 }[textAnchor],
      dy: above ? -10 : 10,
      textAnchor,
      lineAnchor: above ? "bottom" : "top",
      ...inkText,
      fontWeight: 700,
      text: row => actualText(figure, context, row).replace(" ", "\n")
    });
  });
}
