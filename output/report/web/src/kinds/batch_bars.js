// SPDX-License-Identifier: Apache-2.0
// Scenarios of a batch in their order with intervals, and what each axis changes: a dot or bar for the mean, lines for 80 and 95 %.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, inkText, swatches, valueAxis, withKey } from "../chart.js";
import { wrapText } from "../dom.js";
import { textOf } from "../document.js";
import { colour } from "../palette.js";
import { choiceOf } from "./batch_choice.js";

const MOST_SCENARIOS = 20;
const known = value => value !== null && value !== undefined;

export function batchRanking(figure, context) {
  const choice = choiceOf(figure, context.choices);
  const rows = context.rows.filter(row => row.outcome === choice.outcome?.name);
  if (!rows.length) return null;
  const shown = rows.slice(0, MOST_SCENARIOS);
  const name = row => context.label("scenario", row.scenario);
  const right = row => (known(row.probability_best) ? context.percent(row.probability_best, 0) : "");
  return drawn(figure, context, {
    rows: shown.map(row => ({ ...row, middle: row.difference, name: name(row), right: right(row) })),
    unit: textOf(choice.outcome.unit, context.language),
    right: context.words("batchBest"),
    more:
      rows.length > shown.length
        ? context.words("batchRanked", { shown: context.number(shown.length), all: context.number(rows.length) })
        : null
  });
}

export function batchAxes(figure, context) {
  const choice = choiceOf(figure, context.choices);
  const rows = context.rows
    .filter(row => row.outcome === choice.outcome?.name)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (!rows.length) return null;
  const name = row =>
    `${context.label("axis", row.axis)}: ${context.label("from", row.from)} → ${context.label("to", row.to)}`;
  return drawn(figure, context, {
    rows: rows.map(row => ({ ...row, middle: row.change, name: name(row), right: "" })),
    unit: textOf(choice.outcome.unit, context.language),
    right: null,
    more: null
  });
}

function drawn(figure, context, { rows, unit, right, more }) {
  const narrow = context.width < NARROW;
  const hasRight = rows.some(row => row.right);
  const marginLeft = narrow ? 116 : 270;
  const marginRight = hasRight ? 66 : 20;
  const line = narrow ? 44 : 28;
  const names = rows.map((row, at) => `${at}`);
  const at = row => `${rows.indexOf(row)}`;
  const limits = level => rows.filter(row => known(row[`low_${level}`]));
  const svg = chart(context, {
    height: 74 + line * rows.length,
    marginTop: 52,
    marginBottom: 14,
    marginLeft,
    marginRight,
    x: { nice: true, zero: true },
    y: { type: "band", domain: names, padding: 0.3, axis: null },
    marks: [
      gridX(narrow ? 3 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        unit,
        format: "signed",
        ticks: narrow ? 3 : 6,
        labelAnchor: "left"
      }),
      Plot.ruleX([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...[
        ["95", "band95", 5],
        ["80", "band50", 5]
      ].map(([level, stroke, strokeWidth]) =>
        Plot.ruleY(limits(level), {
          y: at,
          x1: `low_${level}`,
          x2: `high_${level}`,
          stroke: colour(stroke),
          strokeWidth
        })
      ),
      Plot.dot(rows, { x: "middle", y: at, r: 4, fill: colour("accent"), stroke: colour("paper") }),
      Plot.text(rows, {
        y: at,
        frameAnchor: "left",
        dx: -marginLeft + 2,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        fontSize: narrow ? 10 : 12,
        text: row => wrapText(row.name, marginLeft - 12, narrow ? 10 : 12).join("\n")
      }),
      ...(hasRight
        ? [
            Plot.text(rows, {
              y: at,
              frameAnchor: "right",
              dx: marginRight - 6,
              textAnchor: "end",
              ...inkText,
              stroke: null,
              text: "right"
            }),
            Plot.text([right], {
              frameAnchor: "top-right",
              dx: marginRight - 6,
              dy: -22,
              textAnchor: "end",
              fill: colour("muted"),
              text: item => item
            })
          ]
        : [])
    ]
  });
  return withKey(svg, context, [
    ...(more
      ? [{ label: more, swatch: swatches.dot(colour("accent")) }]
      : [{ label: context.words("middle"), swatch: swatches.dot(colour("accent")) }]),
    ...[
      ["80", "band50"],
      ["95", "band95"]
    ]
      .filter(([level]) => limits(level).length)
      .map(([level, fill]) => ({
        label: `${context.percent(level / 100, 0)} ${context.words("interval")}`,
        swatch: swatches.line(colour(fill), null, 5)
      }))
  ]);
}
