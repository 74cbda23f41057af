// SPDX-License-Identifier: Apache-2.0
// Elements by name, attributes and children; no markup is ever read from a string, so no text of a file becomes an element.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
export const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

/** A text whose names of files and commands stand between backticks, as children of an element. */
export const prose = text =>
  String(text)
    .split("`")
    .map((part, at, parts) => (at % 2 && at < parts.length - 1 ? h("code", {}, part) : at % 2 ? `\`${part}` : part));

/** The same where no element can stand: without the backticks. */
export const plain = text => String(text).replace(/`([^`]*)`/g, "$1");

const ruler = { context: null };

/** Width of a text in px in the font of the drawings. */
export function textWidth(text, size = 12, weight = 400) {
  ruler.context ??= document.createElement("canvas").getContext("2d");
  ruler.context.font = `${weight} ${size}px ${FONT}`;
  return ruler.context.measureText(text).width;
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** A text in lines no wider than asked, broken between words; the narrow spaces within numbers do not break. */
export function wrapText(text, width, size = 12) {
  const lines = [];
  for (const word of String(text).split(/[ \n]+/)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A text that fits, with … where it was cut. */
export function cutText(text, width, size = 12) {
  if (textWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(text.slice(0, end) + "…", size) > width) --end;
  return text.slice(0, end).trimEnd() + "…";
}
