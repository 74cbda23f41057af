// SPDX-License-Identifier: Apache-2.0
// Where the arrows of a graph of states run: bent round the boxes that stand in the way, and with a place of their own on the edge of
// each box that they leave or reach, so that no two lie on each other.
import { dodge } from "../chart.js";

const GAP = 12; // px between the ends of arrows on one side of a box
const SAMPLES = 24;

/** Ways {row, start, middle, end} between boxes {x, y, wide, tall}, which grow where many ways meet. */
export function routesOf(flows, places, size) {
  const there = new Set(flows.map(row => `${row.from} ${row.to}`));
  const routes = flows.map(row => ({ row, middle: bestBend(row, places, size, there.has(`${row.to} ${row.from}`)) }));
  const sides = new Map();
  for (const route of routes) {
    for (const [end, name] of [
      ["start", route.row.from],
      ["end", route.row.to]
    ]) {
      const side = sideOf(places.get(name), route.middle);
      const key = `${name} ${side}`;
      if (!sides.has(key)) sides.set(key, { place: places.get(name), side, ends: [] });
      sides.get(key).ends.push({ route, end });
    }
  }
  for (const { place, side, ends } of sides.values()) grow(place, side, ends.length);
  for (const one of sides.values()) attach(one);
  return routes;
}

/** The point at a share of a way. */
export function pointAt({ start, middle, end }, share) {
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return { x: a * start.x + b * middle.x + c * end.x, y: a * start.y + b * middle.y + c * end.y };
}

const isAcross = side => side === "top" || side === "bottom";

function sideOf(place, towards) {
  const dx = towards.x - place.x,
    dy = towards.y - place.y;
  if (Math.abs(dx) * place.tall > Math.abs(dy) * place.wide) return dx > 0 ? "right" : "left";
  return dy > 0 ? "bottom" : "top";
}

function grow(place, side, ends) {
  const needed = ((ends - 1) * GAP) / 2 + 7;
  if (isAcross(side)) place.wide = Math.max(place.wide, needed);
  else place.tall = Math.max(place.tall, needed);
}

/** Ends on one side of a box where they would cross its edge, moved apart. */
function attach({ place, side, ends }) {
  const across = isAcross(side),
    sign = side === "right" || side === "bottom" ? 1 : -1;
  const out = 3 + (across ? place.tall : place.wide),
    half = (across ? place.wide : place.tall) - 6;
  const wanted = ends.map(({ route: { middle } }) => {
    const dx = middle.x - place.x,
      dy = middle.y - place.y;
    const along = (across ? dx / (Math.abs(dy) || 1) : dy / (Math.abs(dx) || 1)) * out;
    return Math.max(-half, Math.min(half, along));
  });
  const placed = dodge(wanted, GAP, -half, half);
  ends.forEach(({ route, end }, at) => {
    route[end] = across
      ? { x: place.x + placed[at], y: place.y + sign * out }
      : { x: place.x + sign * out, y: place.y + placed[at] };
  });
}

/** The control point of the bend that meets the fewest boxes, and of those the least bent. */
function bestBend(row, places, size, isTwoWay) {
  const from = places.get(row.from),
    to = places.get(row.to);
  const others = [...places].filter(([name]) => name !== row.from && name !== row.to).map(([, place]) => place);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const step = Math.min(46, Math.max(24, length * 0.16));
  const bends = [1, -1, 2, -2, 3, -3, 4.5, -4.5, 6, -6].map((times, at) => {
    const off = times * step;
    const middle = {
      x: (from.x + to.x) / 2 - ((to.y - from.y) / length) * off,
      y: (from.y + to.y) / 2 + ((to.x - from.x) / length) * off
    };
    // The other way between the two bends to the other side: never both to the same.
    const taken = isTwoWay && times < 0 ? 400 : 0;
    return { middle, cost: 1000 * hits({ start: from, middle, end: to }, others, size) + taken + at };
  });
  return bends.reduce((best, bend) => (bend.cost < best.cost ? bend : best)).middle;
}

/** How many boxes a way goes through; leaving the drawing counts as two. */
function hits(way, boxes, size) {
  const points = Array.from({ length: SAMPLES }, (_, at) => pointAt(way, (at + 1) / (SAMPLES + 1)));
  const within = (point, box) => Math.abs(point.x - box.x) < box.wide + 8 && Math.abs(point.y - box.y) < box.tall + 8;
  const leaves = points.some(({ x, y }) => x < 30 || y < 4 || x > size.width - 30 || y > size.height - 4);
  return boxes.filter(box => points.some(point => within(point, box))).length + (leaves ? 2 : 0);
}
