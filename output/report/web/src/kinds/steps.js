// SPDX-License-Identifier: Apache-2.0
// The steps of a measure, each judged by itself: what was expected as an interval, what came as a dot, and the step that slipped in words.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, swatches, valueAxis, withKey } from "../chart.js";
import { colour } from "../palette.js";
import { textWidth, wrapText } from "../dom.js";
import { groupBy, textOf } from "../document.js";
import { isOff, verdictText } from "./verdict.js";

const MOST_PANELS = 6;
const known = value => value !== null && value !== undefined;

export function steps(figure, context) {
  const rows = shownOf(context.rows.filter(row => known(row.expected) || known(row.actual) || known(row.low_80)));
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const marginLeft = narrow ? 10 : 190;
  const share = figure.columns.find(column => column.name === "expected")?.type === "percent";
  const panels = [...groupBy(rows, row => row.panel).keys()];
  const told = rows.map(row => tellOf(figure, context, row)).map(text => (text ? textWidth(text, 12, 700) : 0));
  const ends = rows.flatMap(row => [row.expected, row.actual, row.low_95, row.high_95, row.low_80, row.high_80, 0]);
  const largest = Math.max(...ends.filter(known));
  const tallest = Math.max(...rows.map(row => textOfRow(figure, context, row, marginLeft).length));
  const rowHeight = narrow ? 34 + 14 * tallest : Math.max(40, 12 + 14 * tallest);
  const place = { y: "key", fy: "panel" };
  const down = narrow ? 7 * tallest : 0;
  const svg = chart(context, {
    height:
      64 +
      panels.length *
        (34 + rowHeight * Math.max(...[...groupBy(rows, row => row.panel).values()].map(all => all.length))),
    marginTop: 60,
    marginBottom: 8,
    marginLeft,
    marginRight: narrow ? 24 : 24 + Math.min(240, Math.max(...told)),
    x: { domain: [0, share ? Math.max(1, largest) : largest], nice: true },
    y: { type: "band", domain: [...new Set(rows.map(row => row.key))], axis: null },
    fy: { domain: panels, axis: null, padding: panels.length > 1 ? 0.14 : 0 },
    marks: [
      gridX(narrow ? 3 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        facetAnchor: "top",
        dy: -16,
        ticks: narrow ? 3 : 6,
        format: share ? "percent" : "number",
        unit: textOf(figure.options?.unit, context.language) || (share ? null : context.words("people")),
        labelAnchor: "left"
      }),
      Plot.ruleX([0], { stroke: colour("ink") }),
      ...intervals(rows, place, down),
      ...dots(rows, place, down),
      Plot.text(rows, {
        ...place,
        frameAnchor: "left",
        dx: narrow ? 0 : -marginLeft + 2,
        dy: narrow ? -9 : 0,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        stroke: colour("paper"),
        strokeWidth: 4,
        text: row => textOfRow(figure, context, row, marginLeft).join("\n")
      }),
      ...(narrow ? [] : verdicts(figure, context, rows, place)),
      Plot.text(panels, {
        fy: name => name,
        frameAnchor: "top-left",
        dx: -marginLeft + 2,
        dy: -14,
        textAnchor: "start",
        fontWeight: 700,
        fill: colour("ink"),
        text: name => panelTitle(context, rows, name)
      })
    ]
  });
  return withKey(svg, context, keyOf(context, rows));
}

/** The panels with actual figures, the last ones; before there are any, the first year's expectation. Steps keep the order of their rows. */
function shownOf(all) {
  const rows = all.map(row => ({ ...row, panel: `${row.measure ?? ""} ${row.year}`, key: row.step }));
  const told = new Set(rows.filter(row => known(row.actual)).map(row => row.panel));
  const first = Math.min(...rows.map(row => row.year));
  const wanted = told.size
    ? [...groupBy(rows, row => row.panel).keys()].filter(name => told.has(name)).slice(-MOST_PANELS)
    : [
        ...groupBy(
          rows.filter(row => row.year === first),
          row => row.panel
        ).keys()
      ].slice(0, MOST_PANELS);
  return rows.filter(row => wanted.includes(row.panel));
}

function panelTitle(context, rows, name) {
  const { measure, year } = rows.find(row => row.panel === name);
  return measure ? `${context.label("measure", measure)}, ${year}` : String(year);
}

function intervals(rows, place, dy) {
  const rule = (level, stroke, strokeWidth) =>
    Plot.ruleY(
      rows.filter(row => known(row[`low_${level}`])),
      { ...place, x1: `low_${level}`, x2: `high_${level}`, stroke: colour(stroke), strokeWidth, dy }
    );
  return [
    rule("95", "band95", 12),
    rule("80", "band80", 12),
    Plot.tickX(
      rows.filter(row => known(row.expected)),
      { ...place, x: "expected", stroke: colour("accent"), strokeWidth: 2.5, inset: 11, dy }
    )
  ];
}

function dots(rows, place, dy) {
  return [
    Plot.dot(
      rows.filter(row => known(row.actual)),
      {
        ...place,
        x: "actual",
        r: 5.5,
        symbol: row => (isOff(row.verdict) ? "square" : "circle"),
        fill: row => colour(isOff(row.verdict) ? "outside" : "ink"),
        stroke: colour("paper"),
        strokeWidth: 1.5,
        dy
      }
    )
  ];
}

const slipped = row => row.verdict === "below";

/** The actual figure and its verdict: the step that slipped says so. */
function tellOf(figure, context, row) {
  if (!known(row.actual)) return "";
  const column = figure.columns.find(item => item.name === "actual");
  const number =
    column?.type === "percent"
      ? context.percent(row.actual, column.decimals ?? 0)
      : context.number(row.actual, Number.isInteger(row.actual) ? 0 : (column?.decimals ?? 1));
  const verdict = slipped(row) ? context.words("slipped") : verdictText(context, row.verdict);
  return verdict ? `${number}, ${verdict}` : number;
}

/** The lines beside an interval, on a narrow page above it with what came. */
function textOfRow(figure, context, row, marginLeft) {
  const step = context.label("step", row.step);
  if (context.width >= NARROW) return wrapText(step, marginLeft - 16);
  return wrapText([step, tellOf(figure, context, row)].filter(Boolean).join(": "), context.width - 40);
}

function verdicts(figure, context, rows, place) {
  return [true, false].map(bold =>
    Plot.text(
      rows.filter(row => slipped(row) === bold),
      {
        ...place,
        frameAnchor: "right",
        dx: 10,
        textAnchor: "start",
        fontWeight: bold ? 700 : 400,
        fill: colour(bold ? "outside" : "ink"),
        text: row => tellOf(figure, context, row)
      }
    )
  );
}

function keyOf(context, rows) {
  const there = level => rows.some(row => known(row[`low_${level}`]));
  return [
    { label: context.words("expected"), swatch: swatches.line(colour("accent")) },
    ...["80", "95"]
      .filter(there)
      .map(level => ({ label: context.percent(level / 100, 0), swatch: swatches.box(colour(`band${level}`)) })),
    ...(rows.some(row => known(row.actual))
      ? [{ label: context.words("actual"), swatch: swatches.dot(colour("ink")) }]
      : []),
    ...(rows.some(row => isOff(row.verdict))
      ? [{ label: context.words("actualOff"), swatch: swatches.box(colour("outside")) }]
      : [])
  ];
}
