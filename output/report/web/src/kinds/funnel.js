// SPDX-License-Identifier: Apache-2.0
// Observed over expected by expected number, with the limits within which chance alone keeps 95 and 99.8 % of regions.
import { NARROW, Plot, chart, gridY, inkText, swatches, texts, valueAxis, withKey } from "../chart.js";
import { colour } from "../palette.js";

const MOST_NAMED = 8;

export function funnel(figure, context) {
  const rows = context.rows.filter(row => row.ratio !== null && row.expected > 0);
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const own = row => row.region === context.region;
  const flagged = row => Boolean(row.flag) && row.flag !== "none" && row.flag !== "inside";
  const largest = Math.max(...rows.map(row => row.expected)) * 1.1,
    smallest = Math.min(...rows.map(row => row.expected)) * 0.9;
  const limits = limitsOf(figure, smallest, largest);
  const named = nameable(
    rows.filter(row => flagged(row) || own(row)),
    own,
    narrow
  );
  const top = Math.max(1.3, ...rows.map(row => row.ratio)) * 1.05;
  const svg = chart(context, {
    height: narrow ? 320 : 400,
    marginTop: 34,
    marginBottom: 46,
    x: { type: "log", domain: [smallest, largest] },
    y: { domain: [0, top] },
    marks: [
      gridY(),
      ...(limits.length
        ? [
            Plot.areaY(limits, {
              x: "expected",
              y1: row => Math.max(0, row.low_998),
              y2: row => Math.min(top, row.high_998),
              fill: colour("band95"),
              curve: "monotone-x"
            }),
            Plot.areaY(limits, {
              x: "expected",
              y1: row => Math.max(0, row.low_95),
              y2: row => Math.min(top, row.high_95),
              fill: colour("band80"),
              curve: "monotone-x"
            })
          ]
        : []),
      Plot.ruleY([1], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.dot(
        rows.filter(row => !flagged(row)),
        { x: "expected", y: "ratio", r: 3.2, fill: colour("muted"), fillOpacity: 0.75 }
      ),
      Plot.dot(rows.filter(flagged), {
        x: "expected",
        y: "ratio",
        r: 5.5,
        symbol: row => (row.ratio > 1 ? "triangle" : "diamond"),
        fill: colour("outside"),
        stroke: colour("paper")
      }),
      Plot.dot(rows.filter(own), { x: "expected", y: "ratio", r: 8, stroke: colour("focus"), strokeWidth: 2.5 }),
      ...[1, -1].flatMap(side =>
        texts(
          named.filter(row => (row.ratio > 1 || row.ratio < 0.2 ? 1 : -1) === side),
          {
            bold: own,
            x: "expected",
            y: "ratio",
            dy: -13 * side,
            ...inkText,
            text: row => context.label("region", row.region)
          }
        )
      ),
      valueAxis(context, { axis: "x", unit: context.words("expectedCount"), ticks: narrow ? 4 : 8 }),
      valueAxis(context, { unit: context.words("observedToExpected") })
    ]
  });
  return withKey(svg, context, [
    ...(limits.length
      ? [
          { label: "95 %", swatch: swatches.box(colour("band80")) },
          { label: context.language === "en" ? "99.8%" : "99,8 %", swatch: swatches.box(colour("band95")) }
        ]
      : []),
    { label: context.words("asExpected"), swatch: swatches.line(colour("ink"), null, 1.2) },
    ...(rows.some(row => flagged(row) && row.ratio > 1)
      ? [{ label: context.words("aboveLimits"), swatch: swatches.triangle(colour("outside")) }]
      : []),
    ...(rows.some(row => flagged(row) && row.ratio <= 1)
      ? [{ label: context.words("belowLimits"), swatch: swatches.diamond(colour("outside"), colour("outside")) }]
      : [])
  ]);
}

/** Limits as ratios, over the numbers that the drawing shows. */
function limitsOf(figure, smallest, largest) {
  const all = [...(figure.options?.limits ?? [])].sort((a, b) => a.expected - b.expected);
  return all
    .filter(
      (limit, at) =>
        (all[at + 1]?.expected ?? limit.expected) >= smallest && (all[at - 1]?.expected ?? limit.expected) <= largest
    )
    .map(({ expected, ...ends }) => ({
      expected: Math.min(largest, Math.max(smallest, expected)),
      ...Object.fromEntries(Object.entries(ends).map(([name, value]) => [name, value / expected]))
    }));
}

/** The names that do not lie on each other: own first, then the farthest from expected. */
function nameable(rows, own, narrow) {
  const chosen = [];
  const order = [...rows].sort(
    (a, b) => own(b) - own(a) || Math.abs(Math.log(b.ratio || 0.01)) - Math.abs(Math.log(a.ratio || 0.01))
  );
  for (const row of order) {
    if (chosen.length >= (narrow ? 3 : MOST_NAMED)) break;
    const near = other =>
      Math.abs(Math.log(row.expected / other.expected)) < (narrow ? 1.2 : 0.5) &&
      Math.abs(row.ratio - other.ratio) < 0.12;
    if (!chosen.some(near)) chosen.push(row);
  }
  return chosen;
}
