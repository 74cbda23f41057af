// SPDX-License-Identifier: Apache-2.0
import { colour } from "../palette.js";
import { swatches, withKey } from "../chart.js";

/** The key of the five steps, with the unit first. */
export function withSteps(svg, context, scale, someUnknown = false) {
  const unknown = someUnknown
    ? [{ label: context.words("noNumbers"), swatch: swatches.box(colour("paper"), null, colour("rule")) }]
    : [];
  return withKey(svg, context, [
    ...scale.labels.map(({ name, text }, at) => ({
      label: at === 0 ? `${text} ${scale.unit}` : text,
      swatch: swatches.box(colour(name), null, colour("muted"))
    })),
    ...unknown
  ]);
}
