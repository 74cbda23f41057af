// SPDX-License-Identifier: Apache-2.0
// Differences of scenarios along one axis with their intervals; another axis lies in panels, in each of which the others' lines are faint.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridY, inkText, swatches, valueAxis, withKey } from "../chart.js";
import { textOf } from "../document.js";
import { colour } from "../palette.js";
import { choiceOf, labelOfValue, rowsChosen } from "./batch_choice.js";

const known = value => value !== null && value !== undefined;

export function batchCurve(figure, context) {
  const choice = choiceOf(figure, context.choices);
  const { x, panels } = choice;
  const told = rowsChosen(figure, context.rows, choice).filter(row => known(row.difference));
  if (!x || !told.length) return null;
  const isNumeric = x.values.every(value => value !== "" && Number.isFinite(Number(value)));
  const at = row => (isNumeric ? Number(row[x.column]) : row[x.column]);
  const rows = told
    .map(row => ({ ...row, at: at(row), panel: panels ? row[panels.column] : "" }))
    .sort((a, b) => x.values.indexOf(a[x.column]) - x.values.indexOf(b[x.column]));
  const narrow = context.width < NARROW;
  const facet = panels ? (narrow ? "fy" : "fx") : null;
  const of = facet ? { [facet]: "panel" } : {};
  const others = panels
    ? panels.values.flatMap(panel =>
        rows.filter(row => row.panel !== panel).map(row => ({ ...row, line: row.panel, panel }))
      )
    : [];
  const assumed = figure.evidence === "assumed";
  const count = panels ? panels.values.length : 1;
  const band = level => rows.filter(row => known(row[`low_${level}`]));
  const svg = chart(context, {
    height: facet === "fy" ? 90 + 200 * count : narrow ? 290 : 340,
    marginTop: 44,
    marginBottom: 46,
    marginRight: 18,
    x: { type: isNumeric ? "linear" : "point", ...(isNumeric ? {} : { domain: x.values }), inset: 6 },
    y: { nice: true, zero: true },
    ...(facet ? { [facet]: { domain: panels.values, axis: null, padding: facet === "fx" ? 0.08 : 0.22 } } : {}),
    marks: [
      gridY(narrow ? 4 : 5),
      ...[
        ["95", "band95"],
        ["80", "band80"]
      ].flatMap(([level, fill]) => [
        Plot.areaY(band(level), {
          x: "at",
          y1: `low_${level}`,
          y2: `high_${level}`,
          ...of,
          z: "panel",
          fill: colour(fill)
        }),
        // A place that stands alone has no area.
        Plot.ruleX(band(level), {
          x: "at",
          y1: `low_${level}`,
          y2: `high_${level}`,
          ...of,
          stroke: colour(fill),
          strokeWidth: 4
        })
      ]),
      Plot.ruleY([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.lineY(others, {
        x: "at",
        y: "difference",
        z: "line",
        ...of,
        stroke: colour("muted"),
        strokeWidth: 1.2,
        strokeDasharray: "2 3"
      }),
      Plot.lineY(rows, {
        x: "at",
        y: "difference",
        z: "panel",
        ...of,
        stroke: colour("accent"),
        strokeWidth: 2.6,
        strokeDasharray: assumed ? "7 4" : null
      }),
      Plot.dot(rows, { x: "at", y: "difference", ...of, r: 3, fill: colour("accent") }),
      Plot.axisX(isNumeric ? ticksOf(x, context, facet === "fx" ? count : 1) : undefined, {
        tickFormat: value => labelOfValue(figure, x, String(value), context.language),
        label: `${textOf(x.label, context.language)} →`,
        labelArrow: "none",
        tickSize: 4,
        color: colour("muted")
      }),
      valueAxis(context, {
        unit: textOf(choice.outcome.unit, context.language),
        format: "signed",
        ticks: narrow ? 4 : 5
      }),
      ...(facet
        ? [
            Plot.text(panels.values, {
              [facet]: value => value,
              frameAnchor: "top",
              dy: facet === "fx" ? -16 : -10,
              ...inkText,
              text: value =>
                `${textOf(panels.label, context.language)} ${labelOfValue(figure, panels, value, context.language)}`
            })
          ]
        : [])
    ]
  });
  return withKey(svg, context, keyOf(context, choice, rows, others, assumed));
}

/** No more values than there is room for. */
function ticksOf(x, context, count) {
  const room = Math.max(2, Math.floor((context.width - 80) / count / 34));
  const every = Math.ceil(x.values.length / room);
  return x.values.map(Number).filter((value, at) => at % every === 0);
}

function keyOf(context, { outcome }, rows, others, assumed) {
  const items = [
    { label: textOf(outcome.label, context.language), swatch: swatches.line(colour("accent"), assumed ? "6 3" : null) }
  ];
  for (const [level, fill] of [
    ["80", "band80"],
    ["95", "band95"]
  ])
    if (rows.some(row => known(row[`low_${level}`])))
      items.push({
        label: `${context.percent(level / 100, 0)} ${context.words("interval")}`,
        swatch: swatches.box(colour(fill))
      });
  if (others.length)
    items.push({ label: context.words("batchOtherPanels"), swatch: swatches.line(colour("muted"), "2 3", 1.2) });
  return items;
}
