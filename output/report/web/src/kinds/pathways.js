// SPDX-License-Identifier: Apache-2.0
// Synthetic people: many, one line each, and one, in two ways of working.
import { NARROW, Plot, canvas, chart, hatch, swatches, withKey, yearAxis } from "../chart.js";
import { cutText, s, wrapText } from "../dom.js";
import { colour, groupOf, groups } from "../palette.js";
import { groupBy, textOf } from "../document.js";
import { paleness } from "../shades.js";

const groupOfRow = (context, row) => groupOf(context.report.stateOf.get(row.state));

function groupKey(context, rows, over) {
  const there = new Set(rows.map(row => groupOfRow(context, row)));
  return groups
    .filter(name => there.has(name))
    .map(name => ({
      label: context.words(`group_${name}`),
      swatch: swatches.box(colour(name), name === "outside" ? over?.fill : null)
    }));
}

export function sequenceIndex(figure, context) {
  const rows = context.rowsOfMeasure;
  if (!rows.length) return null;
  const people = Math.max(...rows.map(row => row.person));
  const height = Math.min(520, Math.max(200, people * 2));
  const start = figure.options?.start ?? Math.min(...rows.map(row => row.from)),
    end = figure.options?.end ?? Math.max(...rows.map(row => row.to));
  const years = Array.from({ length: Math.floor(end) - Math.ceil(start) + 1 }, (_, at) => Math.ceil(start) + at);
  const svg = chart(context, {
    height: height + 50,
    marginTop: 10,
    marginLeft: 30,
    x: { domain: [start, end] },
    y: { domain: [0.5, people + 0.5], reverse: true, axis: null },
    marks: [
      yearAxis(context, years, { room: context.width - 60 }),
      Plot.text([`${context.number(people)} ${context.words("persons")}`], {
        frameAnchor: "left",
        rotate: -90,
        dx: -16,
        textAnchor: "middle",
        text: line => line,
        fill: colour("muted")
      })
    ]
  });
  svg.append(spells(svg, context, rows));
  return withKey(svg, context, groupKey(context, rows));
}

/** One path a group, not a rectangle a spell: thousands of spells stay quick to draw and to print. */
function spells(svg, context, rows) {
  const at = { x: svg.scale("x"), y: svg.scale("y") };
  const tall = Math.max(0.6, Math.abs(at.y.apply(2) - at.y.apply(1)) * 0.92);
  return s(
    "g",
    {},
    [...groupBy(rows, row => groupOfRow(context, row))].map(([group, there]) =>
      s("path", {
        fill: colour(group),
        d: there
          .map(row => {
            const left = at.x.apply(row.from),
              right = at.x.apply(row.to),
              top = at.y.apply(row.person) - tall / 2;
            return `M${left.toFixed(1)},${top.toFixed(2)}H${right.toFixed(1)}v${tall.toFixed(2)}H${left.toFixed(1)}Z`;
          })
          .join("")
      })
    )
  );
}

export function lifeLines(figure, context) {
  const rows = context.rowsOfMeasure.filter(row => row.to > row.from);
  if (!rows.length) return null;
  const ways = [...groupBy(rows, row => row.way)];
  const narrow = context.width < NARROW;
  const start = Math.min(...rows.map(row => row.from)),
    end = Math.max(...rows.map(row => row.to));
  const x = time => ((time - start) / (end - start)) * (context.width - 24) + 4;
  const over = hatch();
  const parts = [
    over.define(),
    s("text", { x: 0, y: 14, "font-weight": 700 }, textOf(figure.options?.person, context.language))
  ];
  let top = 30;
  for (const [way, there] of ways) {
    const line = lifeLine(context, way, there, x, top, over, narrow);
    parts.push(line.element);
    top += line.height;
  }
  const svg = canvas(context, top + 26);
  svg.append(...parts, timeAxis(start, end, x, top + 4, narrow));
  return withKey(svg, context, groupKey(context, rows, over));
}

/** One way of working: a bar of spells, and below it what they are; on a narrow page numbered, for words do not fit below their spell. */
function lifeLine(context, way, rows, x, top, over, narrow) {
  const parts = [s("text", { x: 0, y: top + 16, fill: colour("ink") }, context.label("way", way))];
  rows.forEach((row, at) => {
    const left = x(row.from),
      width = Math.max(1, x(row.to) - left),
      group = groupOfRow(context, row);
    const box = { x: left, y: top + 26, width: width - 1, height: 26 };
    parts.push(
      s("rect", { ...box, fill: colour(group) }),
      s("rect", { ...box, fill: colour("paper"), "fill-opacity": paleness(context.report.states, row.state) })
    );
    if (group === "outside") parts.push(s("rect", { ...box, fill: over.fill, "fill-opacity": 0.55 }));
    if (!narrow) parts.push(...spellTexts(context, row, left, width, top + 66));
    else
      parts.push(
        s("text", { x: left + 2, y: top + 64, "font-size": 10, fill: colour("muted") }, String(at + 1)),
        s("text", { x: 0, y: top + 84 + 15 * at, "font-size": 11 }, `${at + 1} ${spellName(context, row)}`)
      );
  });
  return { element: s("g", { "text-anchor": "start" }, parts), height: narrow ? 86 + 15 * rows.length : 108 };
}

const spellName = (context, row) =>
  `${context.label("state", row.state)}${row.text ? `: ${context.label("text", row.text)}` : ""}`;

/** State and event below a spell, in as many lines as stand in its width; a spell too short for words has the table. */
function spellTexts(context, row, left, width, top) {
  if (width < 24) return [];
  const texts = [
    [context.label("state", row.state), "muted"],
    [row.text ? context.label("text", row.text) : "", "ink"]
  ];
  const lines = texts
    .filter(([text]) => text)
    .flatMap(([text, ink]) =>
      wrapText(text, width - 6, 11)
        .slice(0, 2)
        .map(line => [line, ink])
    );
  return lines.map(([line, ink], at) =>
    s("text", { x: left, y: top + 13 * at, "font-size": 11, fill: colour(ink) }, cutText(line, width - 4, 11))
  );
}

function timeAxis(start, end, x, y, narrow) {
  const years = Array.from({ length: Math.floor(end) - Math.ceil(start) + 1 }, (_, at) => Math.ceil(start) + at).filter(
    (year, at) => !narrow || at % 2 === 0
  );
  return s(
    "g",
    { fill: colour("muted") },
    s("line", { x1: x(start), x2: x(end), y1: y, y2: y, stroke: colour("rule") }),
    years.map(year => [
      s("line", { x1: x(year), x2: x(year), y1: y, y2: y + 4, stroke: colour("muted") }),
      s(
        "text",
        {
          x: x(year),
          y: y + 17,
          "text-anchor": year === years[0] ? "start" : year === years.at(-1) && x(year) > x(end) - 14 ? "end" : "middle"
        },
        String(year)
      )
    ])
  );
}
