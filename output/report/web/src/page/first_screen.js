// SPDX-License-Identifier: Apache-2.0
// What stands before the first figure: what kind of numbers these are, which area, what came out, and what is changed for whom.
import { h, prose } from "../dom.js";
import { leadOf } from "../area.js";
import { textOf } from "../document.js";

/** What kind of people and rates the numbers are of; null where the document says nothing. */
export function buildNotices(report, { language }, words) {
  const notices = report.document.notices ?? [];
  if (!notices.length) return null;
  return h(
    "aside",
    { class: "notices", "aria-label": words("notices") },
    notices.map(({ kind, text }) => h("p", { class: `notice ${kind}` }, prose(textOf(text, language))))
  );
}

/** The sentences, those of each area below its name, and first whether an effect in them is assumed. */
export function buildLead(report, { language, region }, words) {
  const assumed = report.figures.some(({ kind, evidence }) => kind === "difference_bands" && evidence === "assumed");
  return leadOf(report, region, words).flatMap(({ area, texts }, at) => {
    const chips = [
      area && h("span", { class: "area" }, area),
      assumed && at === 0 && h("span", { class: "evidence evidence-assumed" }, words("evidence_assumed"))
    ].filter(Boolean);
    const sentences = texts.map(text => h("p", {}, prose(textOf(text, language))));
    return [chips.length ? h("p", { class: "chips" }, chips) : null, h("div", { class: "lead" }, sentences)];
  });
}

/** The measures and changes of the scenario shown: for whom, where, how many, from when. */
export function buildAbout(report, { language, measure }, words) {
  const all = report.document.about ?? [];
  const ofMeasure = all.filter(({ scenario }) => scenario === measure);
  const shown = ofMeasure.length ? ofMeasure : all;
  if (!shown.length) return null;
  const scenarioName = name => textOf(report.scenarioOf.get(name)?.label, language) || name;
  return h(
    "section",
    { id: "about", class: "about" },
    h("h2", { tabindex: -1 }, words("about")),
    shown.map(({ scenario, name, label, facts }) => [
      h("h3", {}, `${scenarioName(scenario)}: ${textOf(label, language) || name}`),
      h(
        "dl",
        {},
        (facts ?? []).flatMap(({ what, text }) => [
          h("dt", {}, textOf(what, language)),
          h("dd", {}, prose(textOf(text, language)))
        ])
      )
    ])
  );
}
