// SPDX-License-Identifier: Apache-2.0
// A drawing as a file of its own: in the light colours, on paper, with its title above and its source below.
import { FONT, s, wrapText } from "../dom.js";
import { light } from "../palette.js";

const EDGE = 16;

/** The text of an svg that stands alone. `bare` leaves out title and source, for documents that write them themselves. */
export function standalone({ svg, title, source }, { bare = false } = {}) {
  const width = Number(svg.getAttribute("width")),
    height = Number(svg.getAttribute("height"));
  const titleLines = bare ? [] : wrapText(title, width, 17),
    sourceLines = bare || !source ? [] : wrapText(source, width, 11);
  const top = bare ? 0 : titleLines.length * 22 + 14;
  const whole = s("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: width + 2 * EDGE,
    height: height + top + sourceLines.length * 15 + 2 * EDGE + (sourceLines.length ? 10 : 0),
    "font-family": FONT,
    role: "img",
    "aria-label": svg.getAttribute("aria-label")
  });
  whole.setAttribute("viewBox", `0 0 ${whole.getAttribute("width")} ${whole.getAttribute("height")}`);
  const copy = svg.cloneNode(true);
  for (const [name, value] of Object.entries({ x: EDGE, y: EDGE + top })) copy.setAttribute(name, value);
  for (const name of ["role", "aria-label", "class"]) copy.removeAttribute(name);
  whole.append(
    s("rect", { width: "100%", height: "100%", fill: bare ? "#ffffff" : light.paper }),
    ...titleLines.map((line, at) =>
      s("text", { x: EDGE, y: EDGE + 16 + at * 22, "font-size": 17, "font-weight": 700, fill: light.ink }, line)
    ),
    copy,
    ...sourceLines.map((line, at) =>
      s("text", { x: EDGE, y: EDGE + top + height + 20 + at * 15, "font-size": 11, fill: light.muted }, line)
    )
  );
  return {
    text: withColours(new XMLSerializer().serializeToString(whole)),
    width: Number(whole.getAttribute("width")),
    height: Number(whole.getAttribute("height"))
  };
}

/** Custom properties of the page mean nothing in a file: the light colours take their place. */
export function withColours(text) {
  return text.replace(/var\(--([a-zA-Z0-9]+)\)/g, (whole, name) => light[name] ?? light.ink);
}

/** The picture as bytes of a PNG, twice as fine as it is drawn. */
export async function pngOf(picture, options) {
  const { text, width, height } = standalone(picture, options);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error("the drawing could not be read as an image"));
      image.src = address;
    });
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/png"));
    return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
  } finally {
    URL.revokeObjectURL(address);
  }
}
