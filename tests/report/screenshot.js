// SPDX-License-Identifier: Apache-2.0
// Takes the picture of a report that the README shows: its first screen, and below it the difference over the years. The list of contents
// and what is tried are left out, so that both fit.
//   node tests/report/screenshot.js runs/demo/report.html docs/report.png
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { closeBrowser, missing, open } from "./browser/open.js";
import { indexedPng } from "./indexed_png.js";

const MOST_BYTES = 200_000;
const WIDTH = 1000;
const LEFT_OUT = "nav.contents, #about, section > .intro, figure .downloads { display: none !important }";

async function picture(report) {
  const { page, close } = await open({ file: resolve(report), width: WIDTH });
  await page.addStyleTag({ content: LEFT_OUT });
  const drawing = page.locator('figure[data-kind="difference_bands"] .drawing svg').first();
  if (!(await drawing.count())) throw new Error(`${report} has no difference over the years`);
  const box = await drawing.boundingBox();
  const clip = { x: 0, y: 0, width: WIDTH, height: Math.ceil(box.y + box.height + 8) };
  const bytes = await page.screenshot({ fullPage: true, clip });
  const pixels = await pixelsOf(await page.context().newPage(), bytes);
  await close();
  return pixels;
}

/** A PNG as width, height and four bytes a pixel: the browser reads it. */
async function pixelsOf(page, bytes) {
  const { width, height, text } = await page.evaluate(async png => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const parts = [];
    for (let at = 0; at < data.length; at += 8192) parts.push(String.fromCharCode(...data.subarray(at, at + 8192)));
    return { width: image.width, height: image.height, text: btoa(parts.join("")) };
  }, bytes.toString("base64"));
  return { width, height, data: Buffer.from(text, "base64") };
}

const [report, out] = process.argv.slice(2);
if (!out) throw new Error("usage: node tests/report/screenshot.js REPORT.html PICTURE.png");
if (missing) throw new Error(missing);
try {
  const bytes = indexedPng(await picture(report));
  if (bytes.length > MOST_BYTES) throw new Error(`the picture is ${bytes.length} bytes, more than ${MOST_BYTES}`);
  writeFileSync(out, bytes);
  console.log(`${out}: ${bytes.length} bytes`);
} finally {
  await closeBrowser();
}
