// SPDX-License-Identifier: Apache-2.0
// The bar that stays on top: own municipality, measure, language, print, copy, document.
import { h } from "../dom.js";
import { textOf } from "../document.js";
import { buildSearch } from "./search.js";

const LANGUAGES = [
  ["nb", "Bokmål"],
  ["nn", "Nynorsk"],
  ["en", "English"]
];

export function buildBar(report, page) {
  const { words } = page;
  return [
    report.regions.length ? buildSearch(report, page) : null,
    report.measures.length > 1 ? measureChoice(report, page) : null,
    h(
      "div",
      { class: "languages", role: "group", "aria-label": words("language") },
      LANGUAGES.map(([code, name]) =>
        h(
          "button",
          {
            type: "button",
            lang: code,
            "data-language": code,
            "aria-pressed": String(page.state.language === code),
            onclick: () => page.chooseLanguage(code)
          },
          name
        )
      )
    ),
    h(
      "div",
      { class: "actions", role: "group", "aria-label": words("tools") },
      h("button", { type: "button", "data-action": "print", onclick: () => window.print() }, words("print")),
      h("button", { type: "button", "data-action": "copy", onclick: () => page.copyPlan() }, words("copy")),
      h(
        "button",
        { type: "button", "data-action": "docx", class: "first", onclick: () => page.savePlan() },
        words("docx")
      )
    )
  ].filter(Boolean);
}

function measureChoice(report, page) {
  const select = h(
    "select",
    { id: "measure", onchange: event => page.chooseMeasure(event.target.value) },
    report.measures.map(measure =>
      h(
        "option",
        { value: measure.name, selected: measure.name === page.state.measure },
        textOf(measure.label, page.state.language) || measure.name
      )
    )
  );
  return h("div", { class: "choice" }, h("label", { for: "measure" }, page.words("measureShown")), select);
}
