// SPDX-License-Identifier: Apache-2.0
import { swatches } from "../chart.js";
import { colour, groupOf, groups } from "../palette.js";

export const groupOfRow = (context, row) => groupOf(context.report.stateOf.get(row.state));

/** The groups that the rows' states belong to; `over` is the hatch of those outside. */
export function groupKey(context, rows, over) {
  const there = new Set(rows.map(row => groupOfRow(context, row)));
  return groups
    .filter(name => there.has(name))
    .map(name => ({
      label: context.words(`group_${name}`),
      swatch: swatches.box(colour(name), name === "outside" ? over?.fill : null)
    }));
}
