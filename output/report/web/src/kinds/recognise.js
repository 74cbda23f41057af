// SPDX-License-Identifier: Apache-2.0
// Published figures beside the model's, each as per cent of the published one, so that large and small numbers stand on one axis.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, gridX, swatches, valueAxis, withKey } from "../chart.js";
import { wrapText } from "../dom.js";
import { colour } from "../palette.js";

export function recognise(figure, context) {
  const rows = ofOneRegion(context.rows)
    .filter(row => row.published > 0 && row.model !== null)
    .map((row, at) => ({
      ...row,
      at,
      value: row.model / row.published,
      low: ratio(row.low_90, row),
      high: ratio(row.high_90, row)
    }));
  if (!rows.length) return null;
  const narrow = context.width < NARROW;
  const marginLeft = narrow ? 10 : 300;
  const inside = row => isYes(row.inside);
  const ends = rows.flatMap(row => [row.value, row.low, row.high, 1]).filter(value => value !== null);
  const lines = row =>
    wrapText(nameOf(context, row), narrow ? context.width - 30 : marginLeft - 16).concat([numbersOf(context, row)]);
  const tallest = Math.max(...rows.map(row => 14 * lines(row).length));
  const rowHeight = narrow ? tallest + 36 : Math.max(44, tallest + 14);
  const down = narrow ? tallest / 2 : 0;
  const svg = chart(context, {
    height: 52 + rowHeight * rows.length,
    marginTop: 46,
    marginBottom: 6,
    marginLeft,
    marginRight: 20,
    x: { domain: [Math.min(...ends), Math.max(...ends)], nice: true, inset: 8 },
    y: { type: "band", domain: rows.map(row => row.at), axis: null },
    marks: [
      gridX(narrow ? 4 : 6),
      valueAxis(context, {
        axis: "x",
        anchor: "top",
        format: "percent",
        ticks: narrow ? 4 : 6,
        unit: context.words("ofPublished"),
        labelAnchor: "left"
      }),
      Plot.ruleX([1], { stroke: colour("ink"), strokeWidth: 1.2 }),
      Plot.ruleY(
        rows.filter(row => row.low !== null),
        {
          y: "at",
          x1: "low",
          x2: "high",
          stroke: row => colour(inside(row) ? "accent" : "outside"),
          strokeWidth: 4,
          dy: down
        }
      ),
      Plot.dot(rows, {
        y: "at",
        x: "value",
        r: 5.5,
        symbol: row => (inside(row) ? "circle" : "square"),
        fill: row => colour(inside(row) ? "accent" : "outside"),
        stroke: colour("paper"),
        strokeWidth: 1.5,
        dy: down
      }),
      Plot.dot(rows, {
        y: "at",
        x: 1,
        r: 6.5,
        symbol: "diamond",
        fill: colour("paper"),
        stroke: colour("ink"),
        strokeWidth: 2,
        fillOpacity: 0.001,
        dy: down
      }),
      Plot.text(rows, {
        y: "at",
        frameAnchor: "left",
        dx: narrow ? 0 : -marginLeft + 2,
        dy: narrow ? -14 : 0,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: colour("ink"),
        stroke: colour("paper"),
        strokeWidth: 4,
        lineHeight: 1.15,
        text: row => lines(row).join("\n")
      })
    ]
  });
  return withKey(svg, context, [
    { label: context.words("published"), swatch: swatches.diamond(colour("ink")) },
    { label: context.words("model"), swatch: swatches.dot(colour("accent")) },
    ...(rows.some(row => !inside(row))
      ? [{ label: context.words("modelOutside"), swatch: swatches.box(colour("outside")) }]
      : [])
  ]);
}

const ratio = (value, row) => (value === null || value === undefined ? null : value / row.published);

/** One region's rows: those of the whole where there are several and none is chosen. */
function ofOneRegion(rows) {
  const first = rows.some(row => (row.region ?? "") === "") ? "" : rows[0]?.region;
  return rows.filter(row => (row.region ?? "") === (first ?? "") || rows.every(other => other.region === row.region));
}

/** `yes`, or 1 as it was first written. */
const isYes = cell => cell === "yes" || Number(cell) === 1;

function nameOf(context, row) {
  const kept = isYes(row.kept_out) ? ` (${context.words("keptOut")})` : "";
  return (
    `${context.label("definition", row.definition)}, ${row.date ? context.label("date", row.date) : ""}`.replace(
      /, $/,
      ""
    ) + kept
  );
}

function numbersOf(context, row) {
  const write = value => {
    if (row.unit === "percent") return context.percent(value, 1);
    if (!row.unit || row.unit === "people") return context.number(value);
    return `${context.number(value, 1)} ${context.label("unit", row.unit)}`;
  };
  return `${context.words("published")} ${write(row.published)}, ${context.words("modelShort")} ${write(row.model)}`;
}
