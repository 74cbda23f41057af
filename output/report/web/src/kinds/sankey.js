// SPDX-License-Identifier: Apache-2.0
// Who goes where between dates: bands as wide as people, risky transitions hatched in the colour of outside.
import { sankey as layOut, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
import { NARROW, canvas, dodge, hatch, swatches, withKey } from "../chart.js";
import { cutText, s, textWidth } from "../dom.js";
import { colour, groupOf } from "../palette.js";
import { textOf } from "../document.js";

const TOP = 24;
const GAP = 15;
const LINE = 13;
const NUMBER_ROOM = 56;

export function sankey(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.people > 0);
  if (!rows.length) return null;
  const nodes = nodesOf(figure, context, rows);
  const narrow = context.width < NARROW;
  const last = Math.max(...nodes.map(node => node.column));
  const labels = nodes.filter(node => node.column === last).map(node => node.text);
  const right = Math.min(narrow ? 96 : 240, NUMBER_ROOM + Math.max(...labels.map(label => textWidth(label))));
  const height = Math.max(320, (narrow ? 42 : 34) * Math.max(...countByColumn(nodes)) + 120);
  const graph = layOut()
    .nodeId(node => node.id)
    .nodeWidth(narrow ? 8 : 12)
    .nodePadding(narrow ? 20 : 14)
    .nodeSort(null)
    .nodeAlign((node, count) => node.column ?? sankeyJustify(node, count))
    .extent([
      [1, TOP],
      [context.width - right, height - 6]
    ])({
    nodes,
    links: rows.map(row => ({ source: row.from, target: row.to, value: row.people, risky: Number(row.risky) === 1 }))
  });
  const over = hatch(colour("paper"), { gap: 6, width: 1, angle: 90 });
  for (const node of graph.nodes)
    Object.assign(node, { group: groupOf(context.report.stateOf.get(node.state)), number: context.number(node.value) });
  const svg = canvas(context, height);
  svg.append(
    over.define(),
    links(graph, over),
    bars(graph),
    ...names(graph, last, right, height, narrow),
    heads(figure, context, graph)
  );
  const isDrawn = risky => graph.links.some(link => link.risky === risky);
  return withKey(svg, context, [
    ...(isDrawn(true) ? [{ label: context.words("risky"), swatch: swatches.box(colour("outside"), over.fill) }] : []),
    ...(isDrawn(false) ? [{ label: context.words("otherFlow"), swatch: swatches.box(colour("rule")) }] : [])
  ]);
}

function nodesOf(figure, context, rows) {
  const given = new Map((figure.options?.nodes ?? []).map(node => [node.id, node]));
  const ids = [...new Set(rows.flatMap(row => [row.from, row.to]))];
  const order = [...given.keys()];
  ids.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const depth = depths(ids, rows);
  return ids.map(id => {
    const node = given.get(id) ?? {};
    const text = textOf(node.label, context.language) || context.label("state", node.state ?? id);
    return { id, state: node.state ?? id, column: node.column ?? depth.get(id), text };
  });
}

/** How many steps lead to a node; the program gives columns, this is for documents without. */
function depths(ids, rows) {
  const depth = new Map(ids.map(id => [id, 0]));
  for (let round = 0; round < ids.length; ++round) {
    let moved = false;
    for (const { from, to } of rows) {
      if (depth.get(to) <= depth.get(from) && depth.get(from) < ids.length) {
        depth.set(to, depth.get(from) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return depth;
}

const countByColumn = nodes =>
  Object.values(nodes.reduce((counts, node) => ({ ...counts, [node.column]: (counts[node.column] ?? 0) + 1 }), {}));

function links(graph, over) {
  const path = sankeyLinkHorizontal();
  const order = [...graph.links].sort((a, b) => a.risky - b.risky || b.value - a.value);
  return s(
    "g",
    { fill: "none" },
    order.flatMap(link => {
      const width = Math.max(1, link.width),
        d = path(link);
      const band = s("path", {
        d,
        stroke: colour(link.risky ? "outside" : "rule"),
        "stroke-width": width,
        "stroke-opacity": link.risky ? 0.9 : 0.75
      });
      return link.risky && width > 3
        ? [band, s("path", { d, stroke: over.fill, "stroke-width": width, "stroke-opacity": 0.6 })]
        : [band];
    })
  );
}

function bars(graph) {
  return s(
    "g",
    {},
    graph.nodes.map(node =>
      s("rect", {
        x: node.x0,
        y: node.y0,
        width: node.x1 - node.x0,
        height: Math.max(1, node.y1 - node.y0),
        fill: colour(node.group)
      })
    )
  );
}

/** Names right of each column on a strip of paper, for bands run below them; in columns within they stand where the bands leave room. */
function names(graph, last, right, height, narrow) {
  const columns = new Map();
  for (const node of graph.nodes) columns.set(node.column, [...(columns.get(node.column) ?? []), node]);
  return [...columns].map(([column, nodes]) => {
    const room = column === last ? right - (narrow ? 8 : NUMBER_ROOM - 2) : columnRoom(graph, last, narrow);
    const placed = dodge(
      nodes.map(node => (node.y0 + node.y1) / 2),
      narrow ? 2 * LINE + 1 : GAP,
      narrow ? TOP + 5 : TOP,
      height - (narrow ? 14 : 8)
    );
    return s(
      "g",
      { "text-anchor": "start" },
      nodes.map((node, at) => nameOf(node, placed[at], room, narrow))
    );
  });
}

/** Name and number of a node, on a narrow page below each other. */
function nameOf(node, y, room, narrow) {
  const x = node.x1 + 5,
    size = narrow ? 11 : 12;
  const name = cutText(node.text, room, size);
  const width = narrow
    ? Math.max(textWidth(name, size), textWidth(node.number, size))
    : textWidth(`${name} ${node.number}`);
  const number = { fill: colour("muted"), ...(narrow ? { x, dy: LINE } : {}) };
  return [
    s("rect", {
      x: x - 3,
      y: y - (narrow ? LINE : LINE / 2 + 1),
      width: width + 6,
      height: narrow ? 2 * LINE : LINE + 2,
      rx: 2,
      fill: colour("paper"),
      "fill-opacity": 0.88
    }),
    s(
      "text",
      { x, y: narrow ? y - LINE / 2 : y, dy: "0.35em", "font-size": size, fill: colour("ink") },
      name,
      narrow ? null : " ",
      s("tspan", number, node.number)
    )
  ];
}

function columnRoom(graph, last, narrow) {
  const lefts = [...new Set(graph.nodes.map(node => node.x0))].sort((a, b) => a - b);
  return last > 0 && lefts.length > 1 ? Math.max(40, lefts[1] - lefts[0] - (narrow ? 18 : 70)) : 160;
}

function heads(figure, context, graph) {
  const byColumn = new Map(graph.nodes.map(node => [node.column, node.x0]));
  const titles = (figure.options?.columns ?? []).map(text => textOf(text, context.language));
  return s(
    "g",
    { "font-weight": 700, "text-anchor": "start" },
    titles.map((title, column) =>
      byColumn.has(column) ? s("text", { x: byColumn.get(column), y: 12, fill: colour("ink") }, title) : null
    )
  );
}
