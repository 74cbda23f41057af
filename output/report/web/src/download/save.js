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

export const saveSvg = (name, picture) => saveFile(`${name}.svg`, standalone(picture).text, "image/svg+xml");
export const savePng = async (name, picture) => saveFile(`${name}.png`, (await pngOf(picture)).bytes, "image/png");
export const saveCsv = (report, figure, language) =>
  saveFile(`${figure.id}.csv`, csvOf(report, figure, language), "text/csv;charset=utf-8");
