// SPDX-License-Identifier: Apache-2.0
// Lines over years or along an axis: money that comes back, willingness to pay, an effect along a number of places.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, labelEnds, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { cutText, textWidth } from "../dom.js";
import { colour } from "../palette.js";
import { kronerScale } from "../format.js";
import { groupBy, textOf } from "../document.js";
import { fromYearMarks } from "./from_year.js";
import { partialKey, partialYears, yearLine } from "./partial.js";

export function breakEven(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.net !== null);
  if (!rows.length) return null;
  const ends = rows.flatMap(row => [row.net, row.low_80 ?? row.net, row.high_80 ?? row.net]);
  const scale = kronerScale(Math.max(...ends.map(Math.abs)), context.words);
  const crossing = rows.find((row, at) => row.net >= 0 && at > 0 && rows[at - 1].net < 0);
  const text = crossing
    ? context.words("breaksEven", { year: crossing.year })
    : rows.at(-1).net < 0
      ? context.words("neverBreaksEven", { year: rows.at(-1).year })
      : "";
  const last = context.signed(rows.at(-1).net / scale.factor, scale.decimals);
  const partial = partialYears(figure);
  const svg = chart(context, {
    height: context.width < NARROW ? 280 : 320,
    marginRight: 20 + textWidth(last, 12, 700),
    x: { type: "linear" },
    y: { nice: true, zero: true },
    marks: [
      gridY(),
      Plot.areaY(rows.filter(hasBand), { x: "year", y1: "low_80", y2: "high_80", fill: colour("band80") }),
      Plot.ruleY([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...fromYearMarks(figure, context, rows, "net"),
      ...yearLine(rows, partial, { y: "net", stroke: "accent", strokeWidth: 2.6 }),
      ...(crossing
        ? [
            Plot.dot([crossing], { x: "year", y: "net", r: 5, fill: colour("accent") }),
            Plot.text([text], {
              x: crossing.year,
              y: crossing.net,
              dx: -10,
              dy: -10,
              textAnchor: "end",
              text: line => line,
              fontWeight: 700,
              fill: colour("ink")
            })
          ]
        : []),
      ...(text && !crossing
        ? [
            Plot.text([text], {
              frameAnchor: "bottom-left",
              dx: 8,
              dy: -22,
              text: line => line,
              fontWeight: 700,
              fill: colour("ink")
            })
          ]
        : []),
      yearAxis(
        context,
        rows.map(row => row.year),
        { room: context.width - 110, partial }
      ),
      valueAxis(context, { unit: scale.unit, format: "signed", factor: scale.factor })
    ]
  });
  labelEnds(svg, [{ x: rows.at(-1).year, y: rows.at(-1).net, text: last, bold: true, fill: "accent" }]);
  return withKey(svg, context, [
    { label: context.label("scenario", context.measure), swatch: swatches.line(colour("accent")) },
    ...(rows.some(hasBand)
      ? [{ label: `${context.percent(0.8, 0)} ${context.words("interval")}`, swatch: swatches.box(colour("band80")) }]
      : []),
    ...partialKey(context, rows, partial)
  ]);
}

const hasBand = row => row.low_80 !== null && row.low_80 !== undefined;

export function acceptability(figure, context) {
  const rows = context.rows.filter(row => row.probability !== null);
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const shown = rows.filter(row => row.scenario === context.measure),
    others = rows.filter(row => row.scenario !== context.measure);
  const names = [...groupBy(others, row => row.scenario)];
  const ends =
    narrow || names.length > 5
      ? []
      : names.map(([name, line]) => ({
          x: line.at(-1).threshold,
          y: line.at(-1).probability,
          text: cutText(context.label("scenario", name), 150),
          fill: "muted"
        }));
  const svg = chart(context, {
    height: narrow ? 280 : 320,
    marginBottom: 46,
    marginRight: Math.max(36, 22 + Math.max(0, ...ends.map(end => textWidth(end.text)))),
    x: { type: "linear" },
    y: { domain: [0, 1] },
    marks: [
      gridY(),
      Plot.ruleY([0.5], { stroke: colour("muted"), strokeDasharray: "3 3" }),
      Plot.lineY(others, {
        x: "threshold",
        y: "probability",
        z: "scenario",
        stroke: colour("muted"),
        strokeWidth: 1.4,
        strokeDasharray: "2 3"
      }),
      Plot.lineY(shown, { x: "threshold", y: "probability", stroke: colour("accent"), strokeWidth: 2.6 }),
      valueAxis(context, { axis: "x", unit: context.words("threshold"), ticks: narrow ? 3 : 7, labelAnchor: "right" }),
      valueAxis(context, { format: "percent", unit: context.words("probabilityWorth") })
    ]
  });
  labelEnds(svg, ends);
  return withKey(svg, context, [
    { label: context.label("scenario", context.measure), swatch: swatches.line(colour("accent")) },
    ...(others.length
      ? [{ label: context.words("otherMeasures"), swatch: swatches.line(colour("muted"), "2 3", 1.5) }]
      : [])
  ]);
}

export function curve(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.value !== null);
  if (!rows.length) return null;
  const known = rows.filter(row => row.low_95 !== null && row.low_95 !== undefined);
  const axis = figure.columns.find(column => column.name === "x");
  const svg = chart(context, {
    height: context.width < NARROW ? 280 : 320,
    marginBottom: 46,
    x: { type: "linear" },
    y: { nice: true, zero: true },
    marks: [
      gridY(),
      Plot.areaY(known, { x: "x", y1: "low_95", y2: "high_95", fill: colour("band95") }),
      Plot.ruleY([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.lineY(rows, { x: "x", y: "value", stroke: colour("accent"), strokeWidth: 2.6 }),
      Plot.dot(rows, { x: "x", y: "value", r: 2.8, fill: colour("accent") }),
      valueAxis(context, {
        axis: "x",
        unit: textOf(axis?.label, context.language),
        ticks: context.width < NARROW ? 4 : 8
      }),
      valueAxis(context, { unit: textOf(figure.options?.unit, context.language), format: "signed" })
    ]
  });
  return known.length
    ? withKey(svg, context, [
        { label: `${context.percent(0.95, 0)} ${context.words("interval")}`, swatch: swatches.box(colour("band95")) }
      ])
    : svg;
}
