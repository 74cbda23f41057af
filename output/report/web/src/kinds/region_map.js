// SPDX-License-Identifier: Apache-2.0
// Regions low to high: on the user's map, as tiles, and in rank with intervals. One scale of five steps for map and tiles.
import { colour, steps } from "../palette.js";
import { textOf } from "../document.js";
import { formatPercent } from "../format.js";
import { drawMap } from "./region_geo.js";
import { drawStrip } from "./region_strip.js";
import { drawTiles } from "./region_tiles.js";

/** The views of a map of regions, the one that opens first. */
export function regionMap(figure, context) {
  const rows = smallest(
    context.rowsOfMeasure.filter(row => row.value !== null && row.region),
    context.report
  );
  if (!rows.length) return null;
  const scale = stepScale(figure, context, rows);
  const views = [];
  if (figure.options?.geo?.features?.length)
    views.push({ id: "map", label: context.words("map"), draw: () => drawMap(figure, context, rows, scale) });
  views.push({ id: "tiles", label: context.words("tiles"), draw: () => drawTiles(figure, context, rows, scale) });
  views.push({ id: "strip", label: context.words("strip"), draw: () => drawStrip(figure, context, rows, scale) });
  return views;
}

/** The rows of regions that no other row lies within: a county beside its own municipalities would be shown twice. */
function smallest(rows, report) {
  const parents = new Set(rows.map(row => report.regionOf.get(row.region)?.parent));
  return rows.filter(row => !parents.has(row.region));
}

/** Five steps of equal width between round numbers; how a value of the figure is written. */
function stepScale(figure, context, rows) {
  const values = rows.map(row => row.value);
  const low = Math.min(...values),
    high = Math.max(...values);
  const column = figure.columns.find(item => item.name === "value");
  const share = column?.type === "percent";
  const unit = share ? 100 : 1;
  const width = roundUp(((high - low) * unit || 1) / steps.length);
  const start = Math.floor((low * unit) / width) * width;
  const decimals = width >= 1 ? 0 : Math.ceil(-Math.log10(width) - 1e-9);
  const write = value =>
    share
      ? formatPercent(value, context.language, Math.max(decimals, 1))
      : context.number(value, column?.decimals ?? decimals);
  const edge = at => context.number(start + at * width, decimals);
  const stepOf = value => Math.max(0, Math.min(steps.length - 1, Math.floor((value * unit - start) / width)));
  return {
    share,
    write,
    stepOf,
    unit: textOf(figure.options?.unit, context.language) || (share ? "%" : context.words("people")),
    fill: value => colour(steps[stepOf(value)]),
    labels: steps.map((name, at) => ({ name, text: `${edge(at)}–${edge(at + 1)}` }))
  };
}

/** The next of 1, 2, 2.5, 5, 10 … */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(step => step >= value * 0.999);
}
