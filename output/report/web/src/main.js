// SPDX-License-Identifier: Apache-2.0
// Starts the page on the report document that the program wrote into it (docs/formats/report.md).
import { Report, readDocument } from "./document.js";
import { Page } from "./page/page.js";

const element = document.getElementById("utvei-report");
if (element) {
  const start = performance.now();
  const ofStudio = document.getElementById("utvei-studio");
  const studio = ofStudio ? new globalThis.utveiStudio(JSON.parse(ofStudio.textContent)) : null;
  new Page(new Report(readDocument(element.textContent)), studio).start();
  performance.measure("utvei: page drawn", { start });
}
