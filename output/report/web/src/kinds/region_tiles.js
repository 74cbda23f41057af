// SPDX-License-Identifier: Apache-2.0
// Each region a square of the same size, about where it lies: a small place with many people is seen as well as a large one with few.
import { NARROW, canvas } from "../chart.js";
import { cutText, s, textWidth } from "../dom.js";
import { colour, inkOnStep } from "../palette.js";
import { tilesFor } from "../tiles/place.js";
import { withSteps } from "./region_key.js";

const GAP = 2;

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
  return withSteps(svg, context, scale);
}

function square(tile, row, size, context, scale) {
  const name = context.label("region", tile.region);
  const ink = colour(inkOnStep.light[scale.stepOf(row.value)]);
  const room = size - GAP - 4;
  const letters = Math.max(8, Math.min(11, size / 6));
  const texts = [];
  if (size >= 44) {
    texts.push(s("text", { x: 3, y: letters + 2, "font-size": letters, fill: ink }, cutText(name, room, letters)));
    texts.push(
      s(
        "text",
        { x: 3, y: size - GAP - 5, "font-size": letters + 1.5, "font-weight": 600, fill: ink },
        scale.write(row.value)
      )
    );
  } else if (size >= 18) {
    const short = name.replace(/[^\p{L}]/gu, "").slice(0, 3);
    if (textWidth(short, letters) <= room + 2) {
      texts.push(
        s(
          "text",
          {
            x: (size - GAP) / 2,
            y: (size - GAP) / 2,
            dy: "0.35em",
            "text-anchor": "middle",
            "font-size": letters,
            fill: ink
          },
          short
        )
      );
    }
  }
  const borrowed = row.basis && row.basis !== "municipality" && row.basis !== "county";
  return s(
    "g",
    { transform: `translate(${tile.column * size + 1},${tile.row * size + 1})` },
    s("rect", {
      width: size - GAP,
      height: size - GAP,
      fill: scale.fill(row.value),
      stroke: borrowed ? colour("ink") : "none",
      "stroke-dasharray": borrowed ? "2 2" : null
    }),
    texts
  );
}
