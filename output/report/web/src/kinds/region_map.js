// SPDX-License-Identifier: Apache-2.0
// Regions low to high: on the user's map, as tiles, and in rank with intervals. One scale for map and tiles.
import { drawMap } from "./region_geo.js";
import { regionScale } from "./region_scale.js";
import { drawStrip } from "./region_strip.js";
import { drawTiles } from "./region_tiles.js";

/** The views of a map of regions, the one that opens first. */
export function regionMap(figure, context) {
  const rows = smallest(
    context.rowsOfMeasure.filter(row => row.region),
    context.report
  ).map(row => ({ ...row, borrowed: isBorrowed(row, context.report) }));
  const known = rows.filter(row => row.value !== null);
  if (!known.length) return null;
  const scale = regionScale(figure, context, known);
  const placed = rows.filter(row => row.value !== null || (row.low_80 ?? null) !== null);
  const views = [
    { id: "tiles", label: context.words("tiles"), draw: () => drawTiles(figure, context, rows, scale) },
    { id: "strip", label: context.words("strip"), draw: () => drawStrip(figure, context, placed, scale) }
  ];
  if (figure.options?.geo?.features?.length) {
    views.unshift({ id: "map", label: context.words("map"), draw: () => drawMap(figure, context, known, scale) });
  }
  return views;
}

/** The rows of regions that no other row lies within: a county beside its own municipalities would be shown twice. */
function smallest(rows, report) {
  const parents = new Set(rows.map(row => report.regionOf.get(row.region)?.parent));
  return rows.filter(row => !parents.has(row.region));
}

/** Whether the number of a region is that of a larger one, because it has too few people. */
function isBorrowed(row, report) {
  return Boolean(row.basis) && row.basis !== (report.regionOf.get(row.region)?.level || "region");
}
