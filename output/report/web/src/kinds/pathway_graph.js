// SPDX-License-Identifier: Apache-2.0
// States as places and flows as arrows as wide as people. The program gives the places; without them groups are columns, from education over work to outside.
import { NARROW, canvas } from "../chart.js";
import { s, textWidth, wrapText } from "../dom.js";
import { colour, groupOf } from "../palette.js";
import { groupBy } from "../document.js";

const MOST_FLOWS = 24;
const MOST_NUMBERS = 14;

export function pathwayGraph(figure, context) {
  const all = context.rowsOfMeasure.filter(row => row.people > 0 && row.from !== row.to).sort((a, b) => b.people - a.people);
  if (!all.length) return null;
  const flows = all.slice(0, MOST_FLOWS);
  const narrow = context.width < NARROW;
  const names = [...new Set(flows.flatMap(row => [row.from, row.to]))];
  const height = narrow ? Math.max(420, 76 * Math.ceil(names.length / 2)) : 540;
  const places = placesOf(figure, context, names, height, narrow);
  const svg = canvas(context, height + (all.length > flows.length ? 20 : 0));
  const largest = flows[0].people;
  svg.append(arrowheads(), s("g", { fill: "none" }, flows.map(row => arrow(row, places, flows, largest))), s("g", { "text-anchor": "middle" }, numbers(context, flows.slice(0, narrow ? 6 : MOST_NUMBERS), places, flows)),
    ...names.map(name => box(context, name, places.get(name))));
  if (all.length > flows.length) svg.append(s("text", { x: 0, y: height + 14, fill: colour("muted") }, context.words("flowsShown", { n: MOST_FLOWS })));
  return svg;
}

/** Middle and half size of each state's box in px. */
function placesOf(figure, context, names, height, narrow) {
  const given = new Map((figure.options?.nodes ?? []).map(node => [node.state, node]));
  const at = names.every(name => given.has(name)) ? given : byGroup(context, names);
  const half = narrow ? 46 : 72;
  return new Map(names.map(name => {
    const lines = wrapText(context.label("state", name), 2 * half - 12, 12);
    const wide = Math.min(half, Math.max(...lines.map(line => textWidth(line))) / 2 + 9), tall = lines.length * 7 + 7;
    const { x, y } = at.get(name);
    return [name, { x: half + x * (context.width - 2 * half - 2), y: 30 + y * (height - 60), wide, tall, lines }];
  }));
}

function byGroup(context, names) {
  const columns = [...groupBy(names, name => groupOf(context.report.stateOf.get(name)))].sort((a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0]));
  return new Map(columns.flatMap(([, members], column) => members.map((name, row) => {
    const stagger = (column % 2) * 0.5 / Math.max(2, members.length);
    return [name, { x: columns.length > 1 ? column / (columns.length - 1) : 0.5, y: Math.min(1, (row + 0.5) / members.length + stagger * 0.3) }];
  })));
}

const ORDER = ["education", "work", "outside", "other"];

function arrowheads() {
  return s("defs", {}, ["muted", "outside"].map(name => s("marker", { id: `arrow-${name}`, viewBox: "0 0 8 8", refX: 6.5, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
    s("path", { d: "M0,0.8L7,4L0,7.2Z", fill: colour(name) }))));
}

/** Ends at the boxes' edges; two ways between the same states bend apart. */
function bend(row, places) {
  const from = places.get(row.from), to = places.get(row.to);
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
  // What stands above another bends wide, past the boxes between them.
  const off = Math.abs(dx) < 40 && length > 150 ? 108 : Math.min(46, length * 0.16);
  const middle = { x: (from.x + to.x) / 2 - dy / length * off, y: (from.y + to.y) / 2 + dx / length * off };
  return { start: edge(from, middle), end: edge(to, middle), middle };
}

function edge(place, towards) {
  const dx = towards.x - place.x, dy = towards.y - place.y;
  const size = Math.min((place.wide + 3) / (Math.abs(dx) || 1e-6), (place.tall + 3) / (Math.abs(dy) || 1e-6));
  return { x: place.x + dx * size, y: place.y + dy * size };
}

function arrow(row, places, flows, largest) {
  const { start, end, middle } = bend(row, places);
  const risky = isRisky(row, places);
  return s("path", {
    d: `M${start.x.toFixed(1)},${start.y.toFixed(1)}Q${middle.x.toFixed(1)},${middle.y.toFixed(1)} ${end.x.toFixed(1)},${end.y.toFixed(1)}`,
    stroke: colour(risky ? "outside" : "muted"), "stroke-opacity": risky ? 0.9 : 0.55, "stroke-width": Math.max(1, 9 * Math.sqrt(row.people / largest)).toFixed(1),
    "stroke-dasharray": risky ? "7 3" : null, "marker-end": `url(#arrow-${risky ? "outside" : "muted"})`
  });
}

const isRisky = row => Number(row.risky) === 1;

function numbers(context, flows, places) {
  return flows.map(row => {
    const { start, end, middle } = bend(row, places);
    const x = start.x / 4 + middle.x / 2 + end.x / 4, y = start.y / 4 + middle.y / 2 + end.y / 4;
    return s("text", { x, y, dy: "0.35em", "font-size": 11, fill: colour("ink"), stroke: colour("paper"), "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" }, context.number(row.people));
  });
}

function box(context, name, place) {
  const group = groupOf(context.report.stateOf.get(name));
  return s("g", { "text-anchor": "middle" },
    s("rect", { x: place.x - place.wide, y: place.y - place.tall, width: 2 * place.wide, height: 2 * place.tall, rx: 3, fill: colour("paper"), stroke: colour(group), "stroke-width": 2.5 }),
    place.lines.map((line, at) => s("text", { x: place.x, y: place.y + (at - (place.lines.length - 1) / 2) * 14, dy: "0.35em", fill: colour("ink") }, line)));
}
