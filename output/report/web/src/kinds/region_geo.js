// SPDX-License-Identifier: Apache-2.0
// The user's map. Coordinates in degrees are laid flat by a transverse Mercator projection about their middle, as Norwegian maps are;
// those in metres are taken as they are. Rings of either direction are filled alike, for the flat polygons are filled, not the sphere.
import { canvas } from "../chart.js";
import { s, textWidth } from "../dom.js";
import { colour } from "../palette.js";
import { withSteps } from "./region_key.js";

export function drawMap(figure, context, rows, scale) {
  const { features } = figure.options.geo;
  const key = figure.options.key ?? "code";
  const byRegion = new Map(rows.map(row => [String(row.region), row]));
  const flat = flatten(features);
  const width = Math.min(context.width, 640),
    height = Math.min(560, width / flat.aspect);
  const place = fit(flat, width, height);
  const svg = canvas(context, Math.ceil(height));
  const paths = features.map(feature => {
    const region = String(feature.properties?.[key] ?? feature.id ?? "");
    const row = byRegion.get(region);
    return {
      region,
      element: s("path", {
        d: pathOf(feature.geometry, place),
        fill: row ? scale.fill(row.value) : colour("paper"),
        stroke: colour(row ? "paper" : "rule"),
        "stroke-width": 0.7,
        "fill-rule": "evenodd"
      }),
      known: Boolean(row),
      feature
    };
  });
  svg.append(
    s(
      "g",
      {},
      paths.map(path => path.element)
    )
  );
  const own = paths.find(path => path.region === context.region && context.region);
  if (own)
    svg.append(
      s("path", { d: own.element.getAttribute("d"), fill: "none", stroke: colour("focus"), "stroke-width": 2.5 }),
      nameOf(own, context, flat, width, height)
    );
  return withSteps(
    svg,
    context,
    scale,
    paths.some(path => !path.known)
  );
}

/** The own region's name at the middle of its borders, within the drawing. */
function nameOf(own, context, flat, width, height) {
  const at = fit(flat, width, height);
  const points = [...pointsOf(own.feature.geometry)].map(point => at(point).split(",").map(Number));
  const middle = side => points.reduce((sum, point) => sum + point[side], 0) / points.length;
  const name = context.label("region", own.region),
    half = textWidth(name, 13, 700) / 2 + 4;
  return s(
    "text",
    {
      x: Math.max(half, Math.min(context.width - half, middle(0))),
      y: middle(1),
      "text-anchor": "middle",
      "font-size": 13,
      "font-weight": 700,
      fill: colour("ink"),
      stroke: colour("paper"),
      "stroke-width": 4,
      "paint-order": "stroke",
      "stroke-linejoin": "round"
    },
    name
  );
}

function* pointsOf(geometry) {
  const depth = { Polygon: 1, MultiPolygon: 2 }[geometry?.type];
  if (depth) yield* geometry.coordinates.flat(depth);
}

/** How to lay the coordinates flat, and the box they then take. */
function flatten(features) {
  let box = [Infinity, Infinity, -Infinity, -Infinity];
  const all = features.flatMap(feature => [...pointsOf(feature.geometry)]);
  const degrees = all.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
  const middle = degrees ? all.reduce((sum, [x]) => sum + x, 0) / all.length : 0;
  const project = degrees ? ([x, y]) => transverseMercator(x - middle, y) : ([x, y]) => [x, y];
  for (const point of all) {
    const [x, y] = project(point);
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return { project, box, aspect: (box[2] - box[0]) / (box[3] - box[1] || 1) };
}

function transverseMercator(degreesEast, degreesNorth) {
  const east = (degreesEast * Math.PI) / 180,
    north = (degreesNorth * Math.PI) / 180;
  return [Math.atanh(Math.cos(north) * Math.sin(east)), Math.atan2(Math.tan(north), Math.cos(east))];
}

function fit(flat, width, height) {
  const [left, bottom, right, top] = flat.box;
  const size = Math.min((width - 4) / (right - left || 1), (height - 4) / (top - bottom || 1));
  return point => {
    const [x, y] = flat.project(point);
    return `${(2 + (x - left) * size).toFixed(1)},${(2 + (top - y) * size).toFixed(1)}`;
  };
}

function pathOf(geometry, place) {
  const polygons =
    geometry?.type === "Polygon"
      ? [geometry.coordinates]
      : geometry?.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  return polygons
    .flat()
    .map(ring => `M${ring.map(place).join("L")}Z`)
    .join("");
}
