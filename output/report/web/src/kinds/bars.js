// SPDX-License-Identifier: Apache-2.0
// Parts of a difference as bars from zero, one panel a region; and measures by how likely each is the best.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, hatch, swatches, texts, valueAxis, whiskers, withKey } from "../chart.js";
import { colour } from "../palette.js";
import { wrapText } from "../dom.js";
import { groupBy, textOf } from "../document.js";

const MOST_PANELS = 6;

export function decomposition(figure, context) {
  const rows = context.rows.filter(row => row.contribution !== null || (row.low_95 ?? null) !== null);
  if (!rows.length) return null;
  const regions = [...groupBy(rows, row => row.region ?? "").keys()].slice(0, MOST_PANELS);
  const shown = rows
    .filter(row => regions.includes(row.region ?? ""))
    .map(row => ({ ...row, region: row.region ?? "", total: row.component === "total" }));
  const narrow = context.width < NARROW;
  const marginLeft = narrow ? 110 : 190;
  const components = [...new Set(shown.map(row => row.component))];
  const over = hatch();
  const bar = { x1: 0, x2: "contribution", y: "component", fy: "region" };
  const ends = shown.flatMap(row => [row.contribution ?? 0, row.low_95 ?? 0, row.high_95 ?? 0, 0]);
  const decimals = figure.columns.find(column => column.name === "contribution")?.decimals ?? 1;
  const lines = row => wrapText(context.label("component", row.component), marginLeft - 14);
  const rowHeight = Math.max(narrow ? 34 : 27, 10 + 14 * Math.max(...shown.map(row => lines(row).length)));
  const svg = chart(context, {
    height: 44 + regions.length * (34 + components.length * rowHeight),
    marginTop: 58,
    marginBottom: 8,
    marginLeft,
    marginRight: 52,
    x: { domain: [Math.min(...ends), Math.max(...ends)], nice: true },
    y: { type: "band", domain: components, padding: 0.3, axis: null },
    fy: { domain: regions, axis: null, padding: 0.16 },
    marks: [
      gridX(narrow ? 3 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        unit: textOf(figure.options?.unit, context.language),
        format: "signed",
        ticks: narrow ? 3 : 6,
        labelAnchor: "left",
        facetAnchor: "top",
        dy: -16
      }),
      Plot.barX(shown, { ...bar, fill: row => colour(row.total ? "muted" : "accent") }),
      Plot.barX(
        shown.filter(row => row.contribution < 0 && !row.total),
        { ...bar, fill: over.fill }
      ),
      ...whiskers(
        shown.filter(row => row.low_95 !== null && row.low_95 !== undefined),
        { y: "component", fy: "region", x1: "low_95", x2: "high_95" }
      ),
      Plot.ruleX([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      ...texts(shown, {
        bold: row => row.total,
        x: row => Math.max(0, row.contribution ?? 0, row.high_95 ?? 0),
        y: "component",
        fy: "region",
        dx: 6,
        textAnchor: "start",
        fill: colour("ink"),
        text: row => (row.contribution === null ? "" : context.signed(row.contribution, decimals))
      }),
      ...texts(shown, {
        bold: row => row.total,
        y: "component",
        fy: "region",
        frameAnchor: "left",
        dx: -marginLeft + 2,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        text: row => lines(row).join("\n")
      }),
      Plot.text(regions, {
        fy: region => region,
        frameAnchor: "top-left",
        dx: -marginLeft + 2,
        dy: -14,
        textAnchor: "start",
        fontWeight: 700,
        fill: colour("ink"),
        text: region => panelTitle(context, shown, region)
      })
    ]
  });
  svg.prepend(over.define());
  const interval = {
    label: `${context.percent(0.95, 0)} ${context.words("interval")}`,
    swatch: swatches.line(colour("mark"), null, 1.6)
  };
  return withKey(svg, context, shown.some(row => (row.low_95 ?? null) !== null) ? [interval] : []);
}

function panelTitle(context, rows, region) {
  const reference = rows.find(row => row.region === region)?.reference;
  const name = context.label("region", region, region === "" ? context.words("wholeModel") : null);
  const other =
    reference === undefined || reference === null
      ? ""
      : context.label("reference", reference, reference === "" ? context.words("wholeModel") : null);
  return other ? `${name} – ${other}` : name;
}

export function ranking(figure, context) {
  const rows = context.rows
    .filter(row => row.probability_best !== null)
    .sort((a, b) => b.probability_best - a.probability_best);
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const marginLeft = narrow ? 120 : 240;
  return chart(context, {
    height: 56 + (narrow ? 40 : 30) * rows.length,
    marginTop: 44,
    marginBottom: 8,
    marginLeft,
    marginRight: narrow ? 60 : 200,
    x: { domain: [0, 1] },
    y: { type: "band", domain: rows.map(row => row.scenario), padding: 0.35, axis: null },
    marks: [
      gridX(narrow ? 3 : 5),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        format: "percent",
        ticks: narrow ? 2 : 5,
        unit: context.words("probabilityBest"),
        labelAnchor: "left"
      }),
      Plot.barX(rows, {
        x: "probability_best",
        y: "scenario",
        fill: row => colour(row.probability_best >= 0.8 ? "accent" : "band50")
      }),
      Plot.ruleX([0], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.ruleX([0.8], { stroke: colour("muted"), strokeDasharray: "3 3" }),
      Plot.text(rows, {
        x: "probability_best",
        y: "scenario",
        dx: 6,
        textAnchor: "start",
        fill: colour("ink"),
        text: row => rankText(context, row, narrow)
      }),
      Plot.text(rows, {
        y: "scenario",
        frameAnchor: "left",
        dx: -marginLeft + 2,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        text: row => wrapText(context.label("scenario", row.scenario), marginLeft - 14).join("\n")
      })
    ]
  });
}

function rankText(context, row, narrow) {
  const percent = context.percent(row.probability_best, 0);
  return narrow || row.expected_rank === null || row.expected_rank === undefined
    ? percent
    : `${percent}, ${context.words("expectedRank")} ${context.number(row.expected_rank, 1)}`;
}
