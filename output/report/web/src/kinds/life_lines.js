// SPDX-License-Identifier: Apache-2.0
// One synthetic person under several ways of working: the states as a bar, what happened as numbers above it with a list below.
import { NARROW, canvas, dodge, hatch, withKey } from "../chart.js";
import { cutText, s, textWidth, wrapText } from "../dom.js";
import { colour, groupOf } from "../palette.js";
import { groupBy, textOf } from "../document.js";
import { paleness } from "../shades.js";
import { groupKey } from "./group_key.js";

const BAR = 26;
const LINE = 15;

export function lifeLines(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.to >= row.from);
  if (!rows.length) return null;
  const start = Math.min(...rows.map(row => row.from)),
    end = Math.max(...rows.map(row => row.to));
  const drawing = {
    context,
    over: hatch(),
    x: time => ((time - start) / (end - start || 1)) * (context.width - 24) + 4
  };
  const parts = [
    drawing.over.define(),
    s("text", { x: 0, y: 14, "font-weight": 700 }, textOf(figure.options?.person, context.language))
  ];
  let top = 30;
  for (const [way, there] of groupBy(rows, row => row.way)) {
    const line = lifeLine(drawing, way, there, top);
    parts.push(line.element);
    top += line.height;
  }
  const svg = canvas(context, top + 26);
  svg.append(...parts, timeAxis(start, end, drawing.x, top + 4, context.width < NARROW));
  return withKey(
    svg,
    context,
    groupKey(
      context,
      rows.filter(row => row.to > row.from),
      drawing.over
    )
  );
}

function lifeLine(drawing, way, rows, top) {
  const { context } = drawing;
  const stays = rows.filter(row => row.to > row.from),
    events = eventsTogether(
      rows.filter(row => row.text),
      drawing.x
    );
  const bar = top + 24 + (events.length ? 18 : 0);
  const names = stays.map(row => stayName(drawing, row, bar + BAR + 14));
  const namesTall = Math.max(0, ...names.map(name => name.lines)) * 13;
  const list = eventList(context, events, bar + BAR + namesTall + 18);
  const element = s(
    "g",
    { "text-anchor": "start" },
    s("text", { x: 0, y: top + 14, "font-weight": 600 }, context.label("way", way)),
    stays.map(row => stay(drawing, row, bar)),
    eventMarks(drawing, events, bar),
    names.map(name => name.element),
    list.element
  );
  return { element, height: bar + BAR + namesTall + list.height + 20 - top };
}

function stay({ context, x, over }, row, top) {
  const group = groupOf(context.report.stateOf.get(row.state));
  const box = { x: x(row.from), y: top, width: Math.max(1, x(row.to) - x(row.from) - 1), height: BAR };
  return [
    s("rect", { ...box, fill: colour(group) }),
    s("rect", { ...box, fill: colour("paper"), "fill-opacity": paleness(context.report.states, row.state) }),
    group === "outside" ? s("rect", { ...box, fill: over.fill, "fill-opacity": 0.55 }) : null
  ];
}

/** The state below its stay where it fits in two lines; a stay too short for its name has colour, key and table. */
function stayName({ context, x }, row, top) {
  const room = x(row.to) - x(row.from) - 6;
  const lines = wrapText(context.label("state", row.state), room, 11).slice(0, 2);
  if (room < 34) return { lines: 0, element: null };
  const element = lines.map((line, at) =>
    s("text", { x: x(row.from), y: top + 13 * at, "font-size": 11, fill: colour("muted") }, cutText(line, room, 11))
  );
  return { lines: lines.length, element };
}

/** What happens within the width of a number gets one number. */
function eventsTogether(rows, x) {
  const together = [];
  for (const row of [...rows].sort((a, b) => a.from - b.from)) {
    const last = together.at(-1);
    if (last && x(row.from) - x(last.from) < 14) last.texts.push(row.text);
    else together.push({ from: row.from, texts: [row.text] });
  }
  return together;
}

/** The number of each event above its time, moved aside where many come at once. */
function eventMarks({ context, x }, events, bar) {
  const wanted = events.map(row => x(row.from));
  const placed = dodge(wanted, 14, 4, context.width - 8);
  return events.map((row, at) => [
    s("path", { d: `M${placed[at]},${bar - 8}L${wanted[at]},${bar + 5}`, stroke: colour("ink"), fill: "none" }),
    s(
      "text",
      { x: placed[at], y: bar - 11, "font-size": 10.5, "font-weight": 600, "text-anchor": "middle" },
      String(at + 1)
    )
  ]);
}

/** What the numbers mean, in as many columns as the page is wide for. */
function eventList(context, events, top) {
  const texts = events.map(
    (event, at) => `${at + 1} ${event.texts.map(text => context.label("text", text)).join("; ")}`
  );
  const widest = Math.max(0, ...texts.map(text => textWidth(text, 11))) + 22;
  const columns = Math.max(1, Math.min(4, Math.floor(context.width / widest)));
  const lines = texts.map(text => wrapText(text, context.width / columns - 6, 11));
  const perColumn = Math.ceil(texts.length / columns);
  let y = 0,
    tallest = 0;
  const element = lines.map((one, at) => {
    if (at % perColumn === 0) y = 0;
    const x = Math.floor(at / perColumn) * (context.width / columns);
    const written = one.map((line, down) =>
      s("text", { x: down ? x + 14 : x, y: top + y + LINE * down, "font-size": 11 }, line)
    );
    y += LINE * one.length;
    tallest = Math.max(tallest, y);
    return written;
  });
  return { element, height: events.length ? tallest + 8 : 0 };
}

function timeAxis(start, end, x, y, narrow) {
  const first = Math.ceil(start - 1e-6);
  const all = Array.from({ length: Math.max(0, Math.floor(end + 1e-6) - first + 1) }, (_, at) => first + at);
  const every = Math.max(1, Math.ceil(all.length / (narrow ? 5 : 14)));
  const years = all.filter((year, at) => at % every === 0);
  const anchor = year => (x(year) < 16 ? "start" : x(year) > x(end) - 14 ? "end" : "middle");
  return s(
    "g",
    { fill: colour("muted") },
    s("line", { x1: x(start), x2: x(end), y1: y, y2: y, stroke: colour("rule") }),
    years.map(year => [
      s("line", { x1: x(year), x2: x(year), y1: y, y2: y + 4, stroke: colour("muted") }),
      s("text", { x: x(year), y: y + 17, "text-anchor": anchor(year) }, String(year))
    ])
  );
}
