// SPDX-License-Identifier: Apache-2.0
// Each region a square of the same size, about where it lies: a small place with many people is seen as well as a large one with few.
import { NARROW, canvas } from "../chart.js";
import { cutText, s, textWidth } from "../dom.js";
import { UNKNOWN } from "../format.js";
import { colour } from "../palette.js";
import { tilesFor } from "../tiles/place.js";
import { withSteps } from "./region_key.js";

const GAP = 2;
const NAMED = 44; // px from which a square holds a name and its number

export function drawTiles(figure, context, rows, scale) {
  const { tiles, headings } = tilesFor(
    rows.map(row => row.region),
    context.report,
    figure.options?.tiles
  );
  const columns = 1 + Math.max(...tiles.map(tile => tile.column)),
    lines = 1 + Math.max(...tiles.map(tile => tile.row));
  const size = Math.min(context.width < NARROW ? 64 : 76, Math.floor(context.width / columns));
  const byRegion = new Map(rows.map(row => [row.region, row]));
  const svg = canvas(context, lines * size + 4);
  svg.append(
    s(
      "g",
      {},
      tiles.map(tile => square(tile, byRegion.get(tile.region), size, context, scale))
    )
  );
  svg.append(
    s(
      "g",
      { "text-anchor": "start", "font-size": 11 },
      headings.map(heading =>
        s("text", { x: heading.column * size + 1, y: heading.row * size - 5 }, context.label("region", heading.region))
      )
    )
  );
  const own = tiles.find(tile => tile.region === context.region);
  if (own) {
    svg.append(
      s("rect", {
        x: own.column * size + 0.5,
        y: own.row * size + 0.5,
        width: size - GAP + 1,
        height: size - GAP + 1,
        fill: "none",
        stroke: colour("focus"),
        "stroke-width": 3
      })
    );
  }
  return withSteps(
    svg,
    context,
    scale,
    rows.some(row => row.value === null)
  );
}

function square(tile, row, size, context, scale) {
  const known = row.value !== null;
  const ink = known ? scale.ink(row.value) : colour("muted");
  const outline = row.borrowed ? "ink" : known ? null : "rule";
  return s(
    "g",
    { transform: `translate(${tile.column * size + 1},${tile.row * size + 1})` },
    s("rect", {
      width: size - GAP,
      height: size - GAP,
      fill: known ? scale.fill(row.value) : colour("paper"),
      stroke: outline && colour(outline),
      "stroke-dasharray": row.borrowed ? "2 2" : null
    }),
    size >= NAMED ? nameAndNumber(context, row, size, scale, ink) : shortName(context, row, size, ink)
  );
}

function nameAndNumber(context, row, size, scale, ink) {
  const letters = Math.max(8, Math.min(11, size / 6));
  const name = cutText(context.label("region", row.region), size - GAP - 4, letters);
  const number = row.value === null ? UNKNOWN : scale.write(row.value);
  return [
    s("text", { x: 3, y: letters + 2, "font-size": letters, fill: ink }, name),
    s("text", { x: 3, y: size - GAP - 5, "font-size": letters + 1.5, "font-weight": 600, fill: ink }, number)
  ];
}

function shortName(context, row, size, ink) {
  const letters = Math.max(8, Math.min(11, size / 6)),
    middle = (size - GAP) / 2;
  const short = context
    .label("region", row.region)
    .replace(/[^\p{L}]/gu, "")
    .slice(0, 3);
  if (size < 18 || textWidth(short, letters) > size - GAP - 2) return null;
  return s(
    "text",
    { x: middle, y: middle, dy: "0.35em", "text-anchor": "middle", "font-size": letters, fill: ink },
    short
  );
}
