// SPDX-License-Identifier: Apache-2.0
// Observed over expected by expected number, with the limits within which chance alone keeps 95 and 99.8 % of regions. The points are the
// observed ratios, to which those limits belong, not the shrunk ones of the table (Spiegelhalter 2005).
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, inkText, swatches, texts, valueAxis, withKey } from "../chart.js";
import { colour } from "../palette.js";

const MOST_NAMED = 8;
const FLAGS = {
  better: { symbol: "diamond", ink: "better", swatch: ink => swatches.diamond(ink, ink) },
  worse: { symbol: "triangle", ink: "worse", swatch: swatches.triangle }
};

export function funnel(figure, context) {
  const rows = context.rows
    .filter(row => row.observed !== null && row.expected > 0)
    .map(row => ({
      ...row,
      raw: row.observed / row.expected,
      own: row.region === context.region,
      flagged: row.flag in FLAGS
    }));
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const largest = Math.max(...rows.map(row => row.expected)) * 1.1,
    smallest = Math.min(...rows.map(row => row.expected)) * 0.9;
  const limits = limitsOf(figure, smallest, largest);
  const top = Math.max(1.3, ...rows.map(row => row.raw)) * 1.05;
  const svg = chart(context, {
    height: narrow ? 320 : 400,
    marginTop: 34,
    marginBottom: 46,
    x: { type: "log", domain: [smallest, largest] },
    y: { domain: [0, top] },
    marks: [
      gridY(),
      ...bands(limits, top),
      Plot.ruleY([1], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...points(rows),
      ...names(rows, context, narrow),
      valueAxis(context, { axis: "x", unit: context.words("expectedCount"), ticks: narrow ? 4 : 8 }),
      valueAxis(context, { unit: context.words("observedToExpected") })
    ]
  });
  return withKey(svg, context, keyOf(rows, context, limits));
}

function bands(limits, top) {
  const within = (low, high, fill) =>
    Plot.areaY(limits, {
      x: "expected",
      y1: row => Math.max(0, row[low]),
      y2: row => Math.min(top, row[high]),
      fill: colour(fill),
      curve: "monotone-x"
    });
  return limits.length ? [within("low_998", "high_998", "band95"), within("low_95", "high_95", "band80")] : [];
}

function points(rows) {
  const at = { x: "expected", y: "raw" };
  const flagged = Object.entries(FLAGS).map(([flag, { symbol, ink }]) =>
    Plot.dot(
      rows.filter(row => row.flag === flag),
      { ...at, r: 5.5, symbol, fill: colour(ink), stroke: colour("paper") }
    )
  );
  const others = rows.filter(row => !row.flagged);
  const own = rows.filter(row => row.own);
  return [
    Plot.dot(others, { ...at, r: 3.2, fill: colour("muted"), fillOpacity: 0.75 }),
    ...flagged,
    Plot.dot(own, { ...at, r: 8, stroke: colour("focus"), strokeWidth: 2.5 })
  ];
}

function names(rows, context, narrow) {
  const named = nameable(
    rows.filter(row => row.flagged || row.own),
    narrow
  );
  const isAbove = row => row.raw > 1 || row.raw < 0.2;
  return [true, false].flatMap(above =>
    texts(
      named.filter(row => isAbove(row) === above),
      {
        bold: row => row.own,
        x: "expected",
        y: "raw",
        dy: above ? -13 : 13,
        ...inkText,
        text: row => context.label("region", row.region)
      }
    )
  );
}

function keyOf(rows, context, limits) {
  const ofLimits = [
    { label: "95 %", swatch: swatches.box(colour("band80")) },
    { label: context.language === "en" ? "99.8%" : "99,8 %", swatch: swatches.box(colour("band95")) }
  ];
  const there = Object.entries(FLAGS).filter(([flag]) => rows.some(row => row.flag === flag));
  return [
    ...(limits.length ? ofLimits : []),
    { label: context.words("asExpected"), swatch: swatches.line(colour("ink"), null, 1.2) },
    ...there.map(([flag, { ink, swatch }]) => ({ label: context.label("flag", flag), swatch: swatch(colour(ink)) }))
  ];
}

/** The limits over the numbers that the drawing shows. */
function limitsOf(figure, smallest, largest) {
  const all = [...(figure.options?.limits ?? [])].sort((a, b) => a.expected - b.expected);
  return all
    .filter(
      (limit, at) =>
        (all[at + 1]?.expected ?? limit.expected) >= smallest && (all[at - 1]?.expected ?? limit.expected) <= largest
    )
    .map(limit => ({ ...limit, expected: Math.min(largest, Math.max(smallest, limit.expected)) }));
}

/** The names that do not lie on each other: own first, then the farthest from expected. */
function nameable(rows, narrow) {
  const chosen = [];
  const off = row => Math.abs(Math.log(row.raw || 0.01));
  for (const row of [...rows].sort((a, b) => b.own - a.own || off(b) - off(a))) {
    if (chosen.length >= (narrow ? 3 : MOST_NAMED)) break;
    const near = other =>
      Math.abs(Math.log(row.expected / other.expected)) < (narrow ? 1.2 : 0.5) && Math.abs(row.raw - other.raw) < 0.12;
    if (!chosen.some(near)) chosen.push(row);
  }
  return chosen;
}
