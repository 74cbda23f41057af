// SPDX-License-Identifier: Apache-2.0
// Who gains and who pays: each payer's amount laid on the sum so far, the total from zero; 80 % intervals as whiskers.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, hatch, swatches, texts, valueAxis, whiskers, withKey } from "../chart.js";
import { colour } from "../palette.js";
import { textWidth, wrapText } from "../dom.js";
import { kronerScale } from "../format.js";

export function waterfall(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.amount !== null || (row.low_80 ?? null) !== null);
  if (!rows.length) return null;
  const steps = stepsOf(rows);
  const narrow = context.width < NARROW;
  const called = row => context.label("payer", row.payer, row.payer === "sum" ? context.words("sum") : null);
  const longest = Math.max(...steps.flatMap(step => called(step).split(/\s+/)).map(word => textWidth(word, 12, 700)));
  const marginLeft = Math.max(narrow ? 96 : 190, Math.ceil(longest) + 14);
  const name = row => wrapText(called(row), marginLeft - 14).join("\n");
  const ends = steps.flatMap(step => [step.from, step.to, step.low, step.high, 0]).filter(value => value !== null);
  const scale = kronerScale(Math.max(...ends.map(Math.abs)), context.words);
  const over = hatch();
  const barHeight = narrow ? 46 : 40;
  const svg = chart(context, {
    height: 60 + barHeight * steps.length,
    marginTop: 34,
    marginBottom: 12,
    marginLeft,
    marginRight: narrow ? 46 : 70,
    x: { nice: true, domain: [Math.min(...ends), Math.max(...ends)] },
    y: { type: "band", domain: steps.map(step => step.payer), padding: 0.34, axis: null },
    marks: [
      gridX(narrow ? 3 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        unit: scale.unit,
        format: "signed",
        ticks: narrow ? 3 : 6,
        factor: scale.factor,
        labelAnchor: "left"
      }),
      ...bars(steps, over),
      Plot.ruleX([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.link(
        steps.slice(0, -1).map((step, at) => ({ at: step.to, from: step.payer, to: steps[at + 1].payer })),
        {
          x: "at",
          y1: "from",
          y2: "to",
          stroke: colour("muted"),
          strokeDasharray: "2 2",
          strokeWidth: 0.8
        }
      ),
      ...whiskers(
        steps.filter(step => step.low !== null),
        { y: "payer", x1: "low", x2: "high" }
      ),
      ...texts(steps, {
        bold: step => step.sum,
        y: "payer",
        x: step => Math.max(step.from, step.to, step.high ?? -Infinity),
        text: step => (step.amount === null ? "" : context.signed(step.amount / scale.factor, scale.decimals)),
        textAnchor: "start",
        dx: 7,
        fill: colour("ink")
      }),
      ...texts(steps, {
        bold: step => step.sum,
        y: "payer",
        frameAnchor: "left",
        dx: -marginLeft + 2,
        text: name,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink")
      })
    ]
  });
  svg.prepend(over.define());
  return withKey(svg, context, [
    ...(steps.some(step => step.amount > 0)
      ? [{ label: context.words("saved"), swatch: swatches.box(colour("better")) }]
      : []),
    ...(steps.some(step => step.amount < 0)
      ? [{ label: context.words("spent"), swatch: swatches.box(colour("worse"), over.fill) }]
      : []),
    ...(steps.some(step => step.low !== null)
      ? [
          {
            label: `${context.percent(0.8, 0)} ${context.words("interval")}`,
            swatch: swatches.line(colour("mark"), null, 1.6)
          }
        ]
      : [])
  ]);
}

function bars(steps, over) {
  const bar = { x1: "from", x2: "to", y: "payer" };
  return [
    Plot.barX(steps, { ...bar, fill: step => colour(step.amount < 0 ? "worse" : "better") }),
    Plot.barX(
      steps.filter(step => step.amount < 0),
      { ...bar, fill: over.fill }
    ),
    Plot.barX(
      steps.filter(step => step.sum),
      { ...bar, stroke: colour("ink"), strokeWidth: 1.4, fill: "none" }
    )
  ];
}

/** Where each bar begins and ends; the interval moves with the bar. */
function stepsOf(rows) {
  let soFar = 0;
  return rows.map(row => {
    const sum = row.payer === "sum";
    const from = sum ? 0 : soFar;
    soFar = from + (row.amount ?? 0);
    const known = row.low_80 !== null && row.low_80 !== undefined;
    return {
      ...row,
      sum,
      from,
      to: soFar,
      low: known ? from + row.low_80 : null,
      high: known ? from + row.high_80 : null
    };
  });
}
