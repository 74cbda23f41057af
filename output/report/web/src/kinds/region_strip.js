// SPDX-License-Identifier: Apache-2.0
// Regions in order of their number, each with its 80 and 95 % interval: intervals that overlap are no ranking.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, gridY, inkText, swatches, texts, valueAxis, withKey } from "../chart.js";
import { cutText } from "../dom.js";
import { colour } from "../palette.js";

const MOST_NAMED = 45;

export function drawStrip(figure, context, rows, scale) {
  const ranked = [...rows]
    .sort((a, b) => middleOf(a) - middleOf(b))
    .map((row, at) => ({ ...row, at, own: row.region === context.region }));
  const svg = ranked.length <= MOST_NAMED ? named(context, ranked, scale) : dense(context, ranked, scale);
  return withKey(svg, context, [
    { label: scale.unit, swatch: swatches.dot(colour("accent")) },
    ...intervalKey(context, ranked),
    ...(ranked.some(row => row.borrowed)
      ? [{ label: context.words("shownAsLarger"), swatch: swatches.dot(colour("paper"), colour("accent")) }]
      : [])
  ]);
}

/** The intervals that are drawn. */
function intervalKey(context, rows) {
  const levels = [
    ["80", swatches.line(colour("accent"), null, 3)],
    ["95", swatches.line(colour("other"), null, 1.2)]
  ];
  return levels
    .filter(([level]) => known(rows, `low_${level}`).length)
    .map(([level, swatch]) => ({ label: `${context.percent(level / 100, 0)} ${context.words("interval")}`, swatch }));
}

/** The number, or the middle of its bounds where only those are told. */
const middleOf = row => row.value ?? (row.low_80 + row.high_80) / 2;
const known = (rows, name) => rows.filter(row => row[name] !== null && row[name] !== undefined);
const fillOf = row => colour(row.borrowed ? "paper" : row.own ? "focus" : "accent");
const strokeOf = row => colour(row.own ? "focus" : "accent");

function named(context, rows, scale) {
  const marginLeft = context.width < NARROW ? 104 : 170;
  const narrow = context.width < NARROW;
  return chart(context, {
    height: 50 + 19 * rows.length,
    marginTop: 40,
    marginBottom: 10,
    marginLeft,
    marginRight: 16,
    x: { nice: true, zero: true },
    y: { type: "band", domain: rows.map(row => row.region), axis: null, reverse: true },
    marks: [
      gridX(narrow ? 3 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        ticks: narrow ? 3 : 6,
        format: scale.share ? "percent" : "number",
        unit: scale.share ? null : scale.unit,
        labelAnchor: "left"
      }),
      Plot.ruleX([0], { stroke: colour("ink") }),
      Plot.ruleY(known(rows, "low_95"), {
        y: "region",
        x1: "low_95",
        x2: "high_95",
        stroke: colour("other"),
        strokeWidth: 1.2
      }),
      Plot.ruleY(known(rows, "low_80"), { y: "region", x1: "low_80", x2: "high_80", stroke: strokeOf, strokeWidth: 3 }),
      Plot.dot(known(rows, "value"), {
        y: "region",
        x: "value",
        r: 4,
        fill: fillOf,
        stroke: strokeOf,
        strokeWidth: 1.5
      }),
      ...texts(rows, {
        bold: row => row.own,
        y: "region",
        frameAnchor: "left",
        dx: -marginLeft + 2,
        textAnchor: "start",
        fill: row => colour(row.own ? "focus" : "ink"),
        text: row => cutText(context.label("region", row.region), marginLeft - 12)
      })
    ]
  });
}

/** Too many for names: the lowest, the highest and the own one are named. */
function dense(context, rows, scale) {
  const named = rows.filter(row => row.at === 0 || row.at === rows.length - 1 || row.own);
  const room = (100 / rows.length) * (context.width / 100);
  return chart(context, {
    height: 380,
    marginBottom: 30,
    marginLeft: 60,
    r: { type: "identity" },
    x: { domain: [-1, rows.length], axis: null },
    y: { nice: true, zero: true },
    marks: [
      gridY(),
      valueAxis(context, { unit: scale.unit, format: scale.share ? "percent" : "number" }),
      Plot.ruleY([0], { stroke: colour("ink") }),
      Plot.ruleX(known(rows, "low_95"), {
        x: "at",
        y1: "low_95",
        y2: "high_95",
        stroke: colour("other"),
        strokeWidth: Math.min(1, room * 0.5),
        strokeOpacity: 0.8
      }),
      Plot.ruleX(known(rows, "low_80"), {
        x: "at",
        y1: "low_80",
        y2: "high_80",
        stroke: strokeOf,
        strokeWidth: row => (row.own ? 4 : Math.min(2.4, room * 0.8))
      }),
      Plot.dot(known(rows, "value"), {
        x: "at",
        y: "value",
        r: row => (row.own ? 5 : Math.min(2.6, Math.max(1.2, room * 0.6))),
        fill: fillOf,
        stroke: strokeOf
      }),
      ...named.map(row =>
        Plot.text([row], {
          x: "at",
          y: [row.high_95 ?? row.high_80 ?? row.value],
          dy: -8,
          lineAnchor: "bottom",
          ...inkText,
          fontWeight: row.own ? 700 : 400,
          textAnchor: row.at < rows.length / 4 ? "start" : row.at > (rows.length * 3) / 4 ? "end" : "middle",
          text: [context.label("region", row.region)]
        })
      )
    ]
  });
}
