// SPDX-License-Identifier: Apache-2.0
// States as places and flows as arrows as wide as people. The program gives the places; without them groups are columns,
// from education over work to outside.
import { NARROW, canvas } from "../chart.js";
import { cutText, s, textWidth, wrapText } from "../dom.js";
import { colour, groupOf } from "../palette.js";
import { groupBy } from "../document.js";
import { pointAt, routesOf } from "./pathway_routes.js";

const MOST_FLOWS = 24;
const MOST_NUMBERS = 14;

export function pathwayGraph(figure, context) {
  const all = context.rowsOfMeasure
    .map(row => ({ ...row, people: row.per_year ?? row.people }))
    .filter(row => row.people > 0 && row.from !== row.to)
    .sort((a, b) => b.people - a.people);
  if (!all.length) return null;
  const flows = all.slice(0, MOST_FLOWS);
  if (context.width < NARROW) return flowList(context, flows, all);
  const names = [...new Set(flows.flatMap(row => [row.from, row.to]))];
  const height = 540;
  const places = placesOf(figure, context, names, height);
  const notes = notesOf(context, all);
  const svg = canvas(context, height + 18 * notes.length);
  const routes = routesOf(flows, places, { width: context.width, height });
  svg.append(
    arrowheads(),
    s(
      "g",
      { fill: "none" },
      routes.map(route => arrow(route, flows[0].people))
    ),
    s("g", { "text-anchor": "middle" }, numbers(context, routes.slice(0, MOST_NUMBERS), [...places.values()])),
    ...names.map(name => box(context, name, places.get(name))),
    ...notes.map((note, at) => s("text", { x: 0, y: height + 12 + 18 * at, fill: colour("muted") }, note))
  );
  return svg;
}

/** What the numbers are of, and whether flows are left to the table. */
function notesOf(context, all) {
  const perYear = all.some(row => row.per_year !== null && row.per_year !== undefined);
  return [
    perYear ? context.words("numbersPerYear") : null,
    all.length > MOST_FLOWS ? context.words("flowsShown", { n: MOST_FLOWS }) : null
  ].filter(Boolean);
}

/** On a narrow page a graph is a tangle: the flows stand as bars below their names. */
function flowList(context, flows, all) {
  const row = 34,
    largest = flows[0].people;
  const notes = notesOf(context, all);
  const svg = canvas(context, flows.length * row + 18 * notes.length + 4);
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
  svg.append(
    ...notes.map((note, at) =>
      s("text", { x: 0, y: flows.length * row + 14 + 18 * at, "font-size": 11, fill: colour("muted") }, note)
    )
  );
  return svg;
}

/** Middle, half size and lines of each state's box in px. */
function placesOf(figure, context, names, height) {
  const given = new Map((figure.options?.nodes ?? []).map(node => [node.state, node]));
  const at = stretched(names.every(name => given.has(name)) ? given : byGroup(context, names), names);
  const texts = new Map(names.map(name => [name, wrapText(context.label("state", name), 132, 12)]));
  const wideOf = lines => Math.max(...lines.map(line => textWidth(line))) / 2 + 9;
  const left = 44 + Math.max(...[...texts.values()].map(wideOf));
  return new Map(
    names.map(name => {
      const lines = texts.get(name);
      const { x, y } = at.get(name);
      const middle = { x: left + x * (context.width - 2 * left), y: 30 + y * (height - 60) };
      return [name, { ...middle, wide: wideOf(lines), tall: lines.length * 7 + 7, lines }];
    })
  );
}

/** Places from the upper edge of the drawing to the lower one. */
function stretched(at, names) {
  const all = names.map(name => at.get(name).y);
  const low = Math.min(...all),
    span = Math.max(...all) - low || 1;
  return new Map(names.map(name => [name, { ...at.get(name), y: (at.get(name).y - low) / span }]));
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
  const heads = ["muted", "outside"].flatMap(name => [
    [name, `arrow-${name}`, 9],
    [name, `arrow-${name}-large`, 14]
  ]);
  return s(
    "defs",
    {},
    heads.map(([name, id, size]) =>
      s(
        "marker",
        {
          id,
          viewBox: "0 0 8 8",
          refX: 6.5,
          refY: 4,
          markerWidth: size,
          markerHeight: size,
          markerUnits: "userSpaceOnUse",
          orient: "auto"
        },
        s("path", { d: "M0,0.8L7,4L0,7.2Z", fill: colour(name) })
      )
    )
  );
}

function arrow({ row, start, middle, end }, largest) {
  const risky = isRisky(row);
  const width = Math.max(1, 7 * Math.sqrt(row.people / largest));
  const point = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  return s("path", {
    d: `M${point(start)}Q${point(middle)} ${point(end)}`,
    stroke: colour(risky ? "outside" : "muted"),
    "stroke-opacity": risky ? 0.9 : 0.55,
    "stroke-width": width.toFixed(1),
    "stroke-dasharray": risky ? "7 3" : null,
    "marker-end": `url(#arrow-${risky ? "outside" : "muted"}${width > 4 ? "-large" : ""})`
  });
}

const isRisky = row => Number(row.risky) === 1;

/** How many go each way, where no other number and no box stands; what finds no room is in the table. */
function numbers(context, routes, boxes) {
  const taken = boxes.map(({ x, y, wide, tall }) => ({ x, y, wide, tall }));
  return routes.map(route => {
    const text = context.number(route.row.people);
    const wide = textWidth(text, 11) / 2 + 2,
      tall = 7;
    const at = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75]
      .map(share => pointAt(route, share))
      .find(({ x, y }) =>
        taken.every(box => Math.abs(box.x - x) >= box.wide + wide || Math.abs(box.y - y) >= box.tall + tall)
      );
    if (!at) return null;
    taken.push({ ...at, wide, tall });
    return s(
      "text",
      {
        ...at,
        dy: "0.35em",
        "font-size": 11,
        fill: colour("ink"),
        stroke: colour("paper"),
        "stroke-width": 4,
        "paint-order": "stroke",
        "stroke-linejoin": "round"
      },
      text
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
