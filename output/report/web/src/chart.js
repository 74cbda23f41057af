// SPDX-License-Identifier: Apache-2.0
// What all drawings share: one look, one alternative text, axes in the reader's language.
import * as Plot from "@observablehq/plot";
import { FONT, s, textWidth, wrapText } from "./dom.js";
import { colour } from "./palette.js";
import { decimalsFor, formatNumber, formatPercent, formatSigned } from "./format.js";

export const NARROW = 520;
export const SIZE = 12;

/** Text of a drawing: its colour, and a rim of paper that keeps it readable on lines. */
export const inkText = {
  fill: colour("ink"),
  stroke: colour("paper"),
  strokeWidth: 4,
  paintOrder: "stroke",
  fontSize: SIZE
};

/** A drawing by Observable Plot with the page's margins and letters. */
export function chart(context, options) {
  const svg = Plot.plot({
    width: context.width,
    marginTop: 28,
    marginRight: 16,
    marginBottom: 40,
    marginLeft: 56,
    // Colours are the page's own, never of a scale: an empty list of marks would else ask for a scheme.
    color: { type: "identity" },
    ...options,
    style: { fontFamily: FONT, fontSize: `${SIZE}px`, color: colour("ink"), background: "none", overflow: "hidden" }
  });
  return svg;
}

/**
 * An axis of years: whole, without a space in the thousands, no more of them than there is room for. Years in the set `partial` say that
 * they are covered in part.
 */
export function yearAxis(context, years, { partial, ...options } = {}) {
  const shown = [...new Set(years)].sort((a, b) => a - b);
  const room = Math.max(2, Math.floor((options.room ?? context.width - 80) / 46));
  const every = stepOf(shown.length, room);
  return Plot.axisX(
    shown.filter((year, at) => at % every === 0),
    {
      tickFormat: year => (partial?.has(year) ? `${year}\n${context.words("inPart")}` : String(year)),
      label: null,
      tickSize: 4,
      color: colour("muted"),
      ...options,
      room: undefined
    }
  );
}

/** How many years from one tick to the next: such that the first and the last year have one, where that leaves three or more. */
export function stepOf(count, room) {
  const least = Math.max(1, Math.ceil(count / room));
  for (let step = least; 2 * step < count; ++step) if ((count - 1) % step === 0) return step;
  return least;
}

/** An axis of numbers with its unit above it and faint lines; `format` is number, signed or percent. */
export function valueAxis(context, { axis = "y", unit = null, format = "number", ticks = 5, factor = 1, ...options }) {
  const name = { number: formatNumber, signed: formatSigned }[format];
  const write = (value, at, values) => {
    const step = values?.length > 1 ? Math.abs(values[1] - values[0]) : 1;
    return format === "percent"
      ? formatPercent(value, context.language, decimalsFor(step * 100))
      : name(value / factor, context.language, decimalsFor(step / factor));
  };
  const shared = {
    ticks,
    tickFormat: write,
    label: unit,
    labelArrow: "none",
    tickSize: 0,
    color: colour("muted"),
    ...options
  };
  return axis === "y" ? Plot.axisY({ labelAnchor: "top", ...shared }) : Plot.axisX({ labelAnchor: "right", ...shared });
}

export const gridY = (ticks = 5) => Plot.gridY({ ticks, stroke: colour("grid"), strokeOpacity: 1 });
export const gridX = (ticks = 5) => Plot.gridX({ ticks, stroke: colour("grid"), strokeOpacity: 1 });

/** Drawings of one width as one, side by side or below each other. */
export function chartsTogether([svg, ...others], { gap = 0, beside = false } = {}) {
  const size = (one, name) => Number(one.getAttribute(name));
  let width = size(svg, "width"),
    height = size(svg, "height");
  for (const other of others) {
    const at = beside ? `${width + gap},0` : `0,${height + gap}`;
    const group = s("g", { transform: `translate(${at})` });
    group.append(...[...other.childNodes].filter(node => node.localName !== "style"));
    svg.append(group);
    if (beside) width += gap + size(other, "width");
    else height += gap + size(other, "height");
  }
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    svg.setAttribute(name, value);
  return svg;
}

/** An empty svg in the page's letters, for what is drawn by hand. */
export function canvas(context, height) {
  return s("svg", {
    width: context.width,
    height,
    viewBox: `0 0 ${context.width} ${height}`,
    fill: colour("ink"),
    "font-family": FONT,
    "font-size": SIZE
  });
}

/** Makes a drawing one picture for who cannot see it, and keeps inner names from being read as parts. */
export function finish(svg, sentence) {
  for (const inner of svg.querySelectorAll("[aria-label], [aria-description], [aria-hidden], title")) {
    if (inner.localName === "title") inner.remove();
    else for (const name of ["aria-label", "aria-description", "aria-hidden"]) inner.removeAttribute(name);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", sentence);
  svg.classList.add("figure-drawing");
  return svg;
}

/** Text marks of rows, those that `bold` picks in bold: Plot takes one weight a mark. */
export function texts(rows, { bold, ...options }) {
  return [
    Plot.text(
      rows.filter(row => !bold(row)),
      options
    ),
    Plot.text(rows.filter(bold), { ...options, fontWeight: 700 })
  ];
}

/** The interval of a bar, rimmed so that it is seen on the bar as well as beside it. Options are those of a rule along x. */
export function whiskers(rows, options) {
  return [
    ["paper", 4.2],
    ["mark", 1.6]
  ].map(([ink, strokeWidth]) =>
    Plot.ruleY(rows, { ...options, stroke: colour(ink), strokeWidth, marker: ink === "mark" ? "tick" : null })
  );
}

let patterns = 0;

/** A hatch that lies over a colour, so that it is told from others without the colour: its fill, and the definition to put in the svg. */
export function hatch(ink = colour("paper"), { gap = 7, width = 1.6, angle = 45 } = {}) {
  const id = `hatch-${++patterns}`;
  const define = () =>
    s(
      "defs",
      {},
      s(
        "pattern",
        {
          id,
          width: gap,
          height: gap,
          patternUnits: "userSpaceOnUse",
          patternTransform: `rotate(${angle})`
        },
        s("line", { x1: 0, y1: 0, x2: 0, y2: gap, stroke: ink, "stroke-width": width * 2 })
      )
    );
  return { fill: `url(#${id})`, define };
}

/** Moves what would overlap apart along one axis, in order, within bounds. */
export function dodge(wanted, gap, low, high) {
  const at = wanted.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  at.forEach((item, order) => {
    item.placed = Math.max(item.value, order ? at[order - 1].placed + gap : low);
  });
  for (let order = at.length - 1, limit = high; order >= 0; --order, limit = at[order + 1].placed - gap) {
    at[order].placed = Math.min(at[order].placed, limit);
  }
  const placed = [];
  for (const item of at) placed[item.index] = item.placed;
  return placed;
}

/**
 * A key above a drawing, part of the svg so that downloads hold it. An item is {label, swatch(x, y): elements}, drawn in 18 x 12 px.
 */
export function withKey(svg, context, items) {
  if (!items.length) return svg;
  const places = [];
  let x = 0,
    y = 0,
    tall = 0;
  for (const item of items) {
    const lines = wrapText(item.label, context.width - 30, SIZE);
    const wide = 26 + Math.max(...lines.map(line => textWidth(line, SIZE))) + 18;
    if (x > 0 && x + wide - 18 > context.width) {
      x = 0;
      y += tall;
      tall = 0;
    }
    places.push({ item, lines, x, y });
    x += wide;
    tall = Math.max(tall, 5 + 15 * lines.length);
  }
  const extra = y + tall + 8;
  const key = s(
    "g",
    { class: "key", "text-anchor": "start", "font-size": SIZE },
    places.map(place =>
      s(
        "g",
        {
          transform: `translate(${place.x},${place.y})`
        },
        place.item.swatch(),
        place.lines.map((line, at) => s("text", { x: 24, y: 11 + 15 * at, fill: colour("ink") }, line))
      )
    )
  );
  const height = Number(svg.getAttribute("height"));
  const inner = s("g", { transform: `translate(0,${extra})` });
  const stays = new Set(["style", "defs"]);
  inner.append(...[...svg.childNodes].filter(node => !stays.has(node.localName)));
  svg.append(key, inner);
  svg.setAttribute("height", height + extra);
  svg.setAttribute("viewBox", `0 0 ${context.width} ${height + extra}`);
  return svg;
}

export const swatches = {
  box:
    (fill, over = null, stroke = null, dash = null) =>
    () => [
      s("rect", { width: 18, height: 12, fill, stroke, "stroke-dasharray": dash }),
      over ? s("rect", { width: 18, height: 12, fill: over }) : null
    ],
  line:
    (stroke, dash = null, width = 2.5) =>
    () =>
      s("line", { x1: 0, x2: 18, y1: 6, y2: 6, stroke, "stroke-width": width, "stroke-dasharray": dash }),
  dot:
    (fill, stroke = null) =>
    () =>
      s("circle", { cx: 9, cy: 6, r: 4.5, fill, stroke, "stroke-width": 1.5 }),
  diamond:
    (stroke, fill = colour("paper")) =>
    () =>
      s("path", { d: "M9,0.5L14.5,6L9,11.5L3.5,6Z", fill, stroke, "stroke-width": 2 }),
  triangle: fill => () => s("path", { d: "M9,1L15,11H3Z", fill })
};

/**
 * Texts at the right of their points, moved apart where they would overlap. Ends are {x, y, text, fill, bold} in the units of the axes;
 * dx and dy shift them into a panel.
 */
export function labelEnds(svg, ends, { dx = 0, dy = 0, gap = 14, low = 14, high = 1e6 } = {}) {
  const at = { x: svg.scale("x"), y: svg.scale("y") };
  const wanted = ends.map(end => at.y.apply(end.y) + dy);
  const placed = dodge(wanted, gap, low, high);
  svg.append(
    s(
      "g",
      { "font-size": SIZE, "text-anchor": "start" },
      ends.map((end, index) => {
        const x = at.x.apply(end.x) + dx;
        const moved = Math.abs(placed[index] - wanted[index]) > 3;
        return [
          moved
            ? s("path", {
                d: `M${x + 3},${wanted[index]}L${x + 9},${placed[index]}`,
                stroke: colour("muted"),
                "stroke-width": 0.8,
                fill: "none"
              })
            : null,
          s(
            "text",
            {
              x: x + (moved ? 11 : 8),
              y: placed[index],
              dy: "0.34em",
              fill: colour(end.fill ?? "ink"),
              "font-weight": end.bold ? 700 : null
            },
            end.text
          )
        ];
      })
    )
  );
  return svg;
}
