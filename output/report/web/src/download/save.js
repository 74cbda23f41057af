// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { csvOf } from "./csv.js";
import { pngOf, standalone } from "./picture.js";

/** Hands the reader a file. */
export function saveFile(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const LONGEST = 100;

/** A title as the name of a file on any system. */
export function fileNameOf(title) {
  const name = title
    .replace(/[\u0000-\u001f\\/:*?"<>|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, LONGEST)
    .replace(/[. ]+$/, "");
  return name || "utvei";
}

export const saveSvg = (name, picture) => saveFile(`${name}.svg`, standalone(picture).text, "image/svg+xml");
export const savePng = async (name, picture) => saveFile(`${name}.png`, (await pngOf(picture)).bytes, "image/png");
export const saveCsv = (report, figure, language) =>
  saveFile(`${figure.id}.csv`, csvOf(report, figure, language), "text/csv;charset=utf-8");
