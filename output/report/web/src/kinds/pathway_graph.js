// SPDX-License-Identifier: Apache-2.0
// States as places and flows as arrows as wide as people. The program gives the places; without them groups are columns, from education over work to outside.
import { NARROW, canvas } from "../chart.js";
import { cutText, s, textWidth, wrapText } from "../dom.js";
import { colour, groupOf } from "../palette.js";
import { groupBy } from "../document.js";

const MOST_FLOWS = 24;
const MOST_NUMBERS = 14;
const BOX = 44;

export function pathwayGraph(figure, context) {
  const all = context.rowsOfMeasure
    .filter(row => row.people > 0 && row.from !== row.to)
    .sort((a, b) => b.people - a.people);
  if (!all.length) return null;
  const flows = all.slice(0, MOST_FLOWS);
  if (context.width < NARROW) return flowList(context, flows);
  const names = [...new Set(flows.flatMap(row => [row.from, row.to]))];
  const height = 540;
  const places = placesOf(figure, context, names, height);
  const svg = canvas(context, height + (all.length > flows.length ? 20 : 0));
  const largest = flows[0].people;
  svg.append(
    arrowheads(),
    s(
      "g",
      { fill: "none" },
      flows.map(row => arrow(row, places, largest))
    ),
    s("g", { "text-anchor": "middle" }, numbers(context, flows.slice(0, MOST_NUMBERS), places)),
    ...names.map(name => box(context, name, places.get(name)))
  );
  if (all.length > flows.length)
    svg.append(
      s("text", { x: 0, y: height + 14, fill: colour("muted") }, context.words("flowsShown", { n: MOST_FLOWS }))
    );
  return svg;
}

/** On a narrow page a graph is a tangle: the flows stand as bars below their names. */
function flowList(context, flows) {
  const row = 34,
    largest = flows[0].people;
  const svg = canvas(context, flows.length * row + 4);
  svg.append(
    ...flows.map((flow, at) =>
      s(
        "g",
        { transform: `translate(0,${at * row})`, "text-anchor": "start" },
        s(
          "text",
          { y: 12, "font-size": 11 },
          cutText(`${context.label("state", flow.from)} → ${context.label("state", flow.to)}`, context.width - 60, 11)
        ),
        s(
          "text",
          { x: context.width - 2, y: 12, "font-size": 11, "text-anchor": "end", "font-weight": 600 },
          context.number(flow.people)
        ),
        s("rect", {
          y: 17,
          height: 9,
          width: Math.max(1, (flow.people / largest) * (context.width - 2)),
          fill: colour(isRisky(flow) ? "outside" : "accent")
        })
      )
    )
  );
  return svg;
}

/** Middle and half size of each state's box in px. */
function placesOf(figure, context, names, height) {
  const given = new Map((figure.options?.nodes ?? []).map(node => [node.state, node]));
  const at = names.every(name => given.has(name)) ? given : byGroup(context, names);
  const half = 72;
  return new Map(
    names.map(name => {
      const lines = wrapText(context.label("state", name), 2 * half - 12, 12);
      const wide = Math.min(half, Math.max(...lines.map(line => textWidth(line))) / 2 + 9),
        tall = lines.length * 7 + 7;
      const { x, y } = at.get(name);
      const left = half + 30;
      return [name, { x: left + x * (context.width - 2 * left), y: 30 + y * (height - 60), wide, tall, lines }];
    })
  );
}

function byGroup(context, names) {
  const columns = [...groupBy(names, name => groupOf(context.report.stateOf.get(name)))].sort(
    (a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0])
  );
  return new Map(
    columns.flatMap(([, members], column) =>
      members.map((name, row) => {
        const stagger = ((column % 2) * 0.5) / Math.max(2, members.length);
        return [
          name,
          {
            x: columns.length > 1 ? column / (columns.length - 1) : 0.5,
            y: Math.min(1, (row + 0.5) / members.length + stagger * 0.3)
          }
        ];
      })
    )
  );
}

const ORDER = ["education", "work", "outside", "other"];

function arrowheads() {
  return s(
    "defs",
    {},
    ["muted", "outside"].map(name =>
      s(
        "marker",
        {
          id: `arrow-${name}`,
          viewBox: "0 0 8 8",
          refX: 6.5,
          refY: 4,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: "userSpaceOnUse",
          orient: "auto"
        },
        s("path", { d: "M0,0.8L7,4L0,7.2Z", fill: colour(name) })
      )
    )
  );
}

/** Ends at the boxes' edges; two ways between the same states bend apart. */
function bend(row, places) {
  const from = places.get(row.from),
    to = places.get(row.to);
  const dx = to.x - from.x,
    dy = to.y - from.y,
    length = Math.hypot(dx, dy) || 1;
  const blocked = [...places].some(([name, place]) => name !== row.from && name !== row.to && crosses(from, to, place));
  // Past a box that stands between, a way bends wide.
  const off = blocked ? 2 * BOX + 20 : Math.min(46, length * 0.16);
  const middle = { x: (from.x + to.x) / 2 - (dy / length) * off, y: (from.y + to.y) / 2 + (dx / length) * off };
  return { start: edge(from, middle), end: edge(to, middle), middle };
}

/** Whether the straight way between two boxes goes through a third. */
function crosses(from, to, place) {
  const along =
    ((place.x - from.x) * (to.x - from.x) + (place.y - from.y) * (to.y - from.y)) /
    ((to.x - from.x) ** 2 + (to.y - from.y) ** 2 || 1);
  if (along <= 0 || along >= 1) return false;
  return (
    Math.abs(from.x + along * (to.x - from.x) - place.x) < place.wide &&
    Math.abs(from.y + along * (to.y - from.y) - place.y) < place.tall
  );
}

function edge(place, towards) {
  const dx = towards.x - place.x,
    dy = towards.y - place.y;
  const size = Math.min((place.wide + 3) / (Math.abs(dx) || 1e-6), (place.tall + 3) / (Math.abs(dy) || 1e-6));
  return { x: place.x + dx * size, y: place.y + dy * size };
}

function arrow(row, places, largest) {
  const { start, end, middle } = bend(row, places);
  const risky = isRisky(row);
  return s("path", {
    d: `M${start.x.toFixed(1)},${start.y.toFixed(1)}Q${middle.x.toFixed(1)},${middle.y.toFixed(1)} ${end.x.toFixed(1)},${end.y.toFixed(1)}`,
    stroke: colour(risky ? "outside" : "muted"),
    "stroke-opacity": risky ? 0.9 : 0.55,
    "stroke-width": Math.max(1, 9 * Math.sqrt(row.people / largest)).toFixed(1),
    "stroke-dasharray": risky ? "7 3" : null,
    "marker-end": `url(#arrow-${risky ? "outside" : "muted"})`
  });
}

const isRisky = row => Number(row.risky) === 1;

function numbers(context, flows, places) {
  return flows.map(row => {
    const { start, end, middle } = bend(row, places);
    const x = start.x / 4 + middle.x / 2 + end.x / 4,
      y = start.y / 4 + middle.y / 2 + end.y / 4;
    return s(
      "text",
      {
        x,
        y,
        dy: "0.35em",
        "font-size": 11,
        fill: colour("ink"),
        stroke: colour("paper"),
        "stroke-width": 4,
        "paint-order": "stroke",
        "stroke-linejoin": "round"
      },
      context.number(row.people)
    );
  });
}

function box(context, name, place) {
  const group = groupOf(context.report.stateOf.get(name));
  return s(
    "g",
    { "text-anchor": "middle" },
    s("rect", {
      x: place.x - place.wide,
      y: place.y - place.tall,
      width: 2 * place.wide,
      height: 2 * place.tall,
      rx: 3,
      fill: colour("paper"),
      stroke: colour(group),
      "stroke-width": 2.5
    }),
    place.lines.map((line, at) =>
      s(
        "text",
        { x: place.x, y: place.y + (at - (place.lines.length - 1) / 2) * 14, dy: "0.35em", fill: colour("ink") },
        line
      )
    )
  );
}
