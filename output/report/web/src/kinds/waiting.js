// SPDX-License-Identifier: Apache-2.0
// Places and who takes part, and on a scale of their own who waits and who never got a place, for they may be many times as many; in a
// view of its own how long people waited.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, chartsTogether, gridY, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { wrapText } from "../dom.js";
import { colour } from "../palette.js";
import { groupBy } from "../document.js";
import { partialKey, partialYears, yearLine } from "./partial.js";

const TOP = 50;
const WIDE = 600;
const GAP = 20;
const MUCH_LARGER = 3;
const TAKEN = [
  { name: "places", stroke: "ink", dash: "6 3" },
  { name: "participants", stroke: "accent", width: 2.6 }
];
const LACKING = [
  { name: "waiting", stroke: "outside", width: 2.6 },
  { name: "unserved", stroke: "outside", dash: "2 3" }
];

export function waiting(figure, context) {
  const rows = context.rowsOfMeasure;
  if (!rows.length) return null;
  const partial = partialYears(figure);
  const views = [{ id: "figure", label: context.words("figure"), draw: () => drawPeople(context, rows, partial) }];
  if (rows.some(row => row.mean_wait_days !== null && row.mean_wait_days !== undefined)) {
    const series = [{ name: "mean_wait_days", stroke: "accent", width: 2.6, label: context.words("meanWait") }];
    views.push({
      id: "wait",
      label: context.words("waitTime"),
      draw: () => drawn(context, rows, [series], context.words("days"), partial)
    });
  }
  return views;
}

function drawPeople(context, rows, partial) {
  const named = all => all.map(series => ({ ...series, label: context.words(series.name) }));
  const largest = all => Math.max(0, ...rows.flatMap(row => all.map(({ name }) => row[name] ?? 0)));
  const apart = largest(TAKEN) > 0 && largest(LACKING) > MUCH_LARGER * largest(TAKEN);
  const parts = apart ? [named(TAKEN), named(LACKING)] : [named([...TAKEN, ...LACKING])];
  return drawn(context, rows, parts, context.words("people"), partial);
}

/** A drawing for each list of series, side by side where there is room, and one key. */
function drawn(context, rows, parts, unit, partial) {
  const beside = parts.length > 1 && context.width >= WIDE;
  const width = beside ? (context.width - GAP) / 2 : context.width;
  const charts = parts.map(series => panels({ ...context, width }, rows, series, unit, partial)).filter(Boolean);
  if (!charts.length) return null;
  const names = parts
    .flat()
    .filter(({ name }) => rows.some(row => (row[name] ?? null) !== null))
    .map(item => ({
      label: item.label,
      swatch: swatches.line(colour(item.stroke), item.dash, item.width ?? 1.8)
    }));
  return withKey(chartsTogether(charts, { beside, gap: beside ? GAP : 0 }), context, [
    ...names,
    ...partialKey(context, rows, partial)
  ]);
}

/** One panel for each service, with its numbers in the last whole year in which it ran. */
function panels(context, rows, series, unit, partial) {
  const services = [...groupBy(rows, row => row.measure ?? "").keys()];
  const tidy = rows
    .flatMap(row =>
      series.map(({ name }) => ({ measure: row.measure ?? "", year: row.year, name, value: row[name] ?? null }))
    )
    .filter(row => row.value !== null);
  if (!tidy.length) return null;
  const room = context.width - 80;
  const told = new Map(services.map(name => [name, wrapText(toldOf(context, tidy, series, name, partial), room)]));
  const lines = Math.max(...[...told.values()].map(all => all.length));
  const top = TOP + 14 * lines;
  const years = rows.map(row => row.year);
  const panel = (context.width < NARROW ? 150 : services.length > 1 ? 190 : 260) + 14 * lines;
  return chart(context, {
    height: top + panel * services.length + 18 * (services.length - 1),
    marginTop: top,
    marginRight: 24,
    fy: { domain: services, axis: null, padding: services.length > 1 ? 0.19 + 0.05 * lines : 0 },
    x: { type: "linear" },
    y: { zero: true, nice: true },
    marks: [
      gridY(4),
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
      heading(services, { dy: -7 - 14 * lines, fontWeight: 700 }, name => (name ? context.label("measure", name) : "")),
      heading(services, { dy: -5 }, name => told.get(name).join("\n")),
      yearAxis(context, years, { room: context.width - 80, partial }),
      valueAxis(context, { unit, ticks: 4, labelOffset: 44 })
    ]
  });
}

const heading = (services, options, text) =>
  Plot.text(services, {
    fy: name => name,
    frameAnchor: "top-left",
    textAnchor: "start",
    lineAnchor: "bottom",
    fill: colour("ink"),
    ...options,
    text
  });

/** "2030: plasser 60, deltakere 59": the last whole year in which anything of the service is above zero. */
function toldOf(context, tidy, series, service, partial) {
  const rows = tidy.filter(row => row.measure === service);
  const whole = rows.filter(row => !partial.has(row.year));
  const among = whole.length ? whole : rows;
  const running = among.filter(row => row.value > 0);
  const year = Math.max(...(running.length ? running : among).map(row => row.year));
  const numbers = series
    .map(({ name, label }) => ({ label, row: among.find(row => row.name === name && row.year === year) }))
    .filter(({ row }) => row)
    .map(({ label, row }) => `${label} ${context.number(row.value)}`);
  return numbers.length ? `${year}: ${numbers.join(", ")}` : "";
}
