// SPDX-License-Identifier: Apache-2.0
// Places, who takes part, who waits and who never got a place; in a view of its own how long people waited.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, labelEnds, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { textWidth } from "../dom.js";
import { colour } from "../palette.js";
import { groupBy } from "../document.js";
import { partialKey, partialYears, yearLine } from "./partial.js";

const TOP = 44;
const SERIES = [
  { name: "places", stroke: "ink", dash: "6 3" },
  { name: "participants", stroke: "accent", width: 2.6 },
  { name: "waiting", stroke: "outside", width: 2.6 },
  { name: "unserved", stroke: "outside", dash: "2 3" }
];

export function waiting(figure, context) {
  const rows = context.rowsOfMeasure;
  if (!rows.length) return null;
  const partial = partialYears(figure);
  const views = [{ id: "figure", label: context.words("figure"), draw: () => drawPeople(context, rows, partial) }];
  if (rows.some(row => row.mean_wait_days !== null && row.mean_wait_days !== undefined)) {
    views.push({
      id: "wait",
      label: context.words("waitTime"),
      draw: () =>
        draw(
          context,
          rows,
          [{ name: "mean_wait_days", stroke: "accent", width: 2.6, label: context.words("meanWait") }],
          context.words("days"),
          partial
        )
    });
  }
  return views;
}

const drawPeople = (context, rows, partial) =>
  draw(
    context,
    rows,
    SERIES.map(series => ({ ...series, label: context.words(series.name) })),
    context.words("people"),
    partial
  );

/** One panel for each service, one line for each series, named at its end. */
function draw(context, rows, series, unit, partial) {
  const services = [...groupBy(rows, row => row.measure ?? "").keys()];
  const tidy = rows
    .flatMap(row =>
      series.map(({ name }) => ({ measure: row.measure ?? "", year: row.year, name, value: row[name] ?? null }))
    )
    .filter(row => row.value !== null);
  if (!tidy.length) return null;
  const narrow = context.width < NARROW;
  const endText = (item, value) => (narrow ? context.number(value) : `${item.label} ${context.number(value)}`);
  const panel = narrow ? 240 : 280;
  const years = rows.map(row => row.year),
    last = Math.max(...years);
  const marginRight = 22 + Math.max(...series.map(item => textWidth(endText(item, 9999))));
  const svg = chart(context, {
    height: TOP + panel * services.length,
    marginRight,
    marginTop: TOP,
    fy: { domain: services, axis: null, padding: services.length > 1 ? 0.18 : 0 },
    x: { type: "linear" },
    y: { zero: true, nice: true },
    marks: [
      gridY(),
      Plot.ruleY([0], { stroke: colour("ink") }),
      ...series.flatMap(item =>
        yearLine(
          tidy.filter(row => row.name === item.name),
          partial,
          {
            y: "value",
            z: "measure",
            fy: "measure",
            stroke: item.stroke,
            strokeWidth: item.width ?? 1.8,
            strokeDasharray: item.dash
          }
        )
      ),
      Plot.text(services, {
        fy: name => name,
        frameAnchor: "top-left",
        dy: -18,
        fontWeight: 700,
        fill: colour("ink"),
        text: name => (name ? context.label("measure", name) : "")
      }),
      yearAxis(context, years, { room: context.width - marginRight - 60, partial }),
      valueAxis(context, { unit, labelOffset: 44 })
    ]
  });
  const top = name => svg.scale("fy").apply(name) - TOP;
  for (const service of services) {
    const ends = series
      .map(item => ({
        item,
        row: tidy.findLast(row => row.measure === service && row.name === item.name && row.year === last)
      }))
      .filter(({ row }) => row)
      .map(({ item, row }) => ({ x: last, y: row.value, text: endText(item, row.value), fill: item.stroke }));
    labelEnds(svg, ends, { dy: top(service) });
  }
  const ofSeries = series.map(item => ({
    label: item.label,
    swatch: swatches.line(colour(item.stroke), item.dash, item.width ?? 1.8)
  }));
  // A line that stops before the others has no name at its end.
  const allAreNamed = series.every(item => tidy.some(row => row.name === item.name && row.year === last));
  const names = narrow || !allAreNamed ? ofSeries : [];
  return withKey(svg, context, [...names, ...partialKey(context, rows, partial)]);
}
