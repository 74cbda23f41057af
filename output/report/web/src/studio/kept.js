// SPDX-License-Identifier: Apache-2.0
// What is in the comparison: the scenarios of files, and the tries, each with its file to look at, to save, and the way out.
import { h } from "../dom.js";
import { textOf } from "../document.js";

export function keptList(studio) {
  const { words, document, page, language } = studio;
  const files = new Map(document.scenarios.map(scenario => [scenario.name, scenario]));
  const items = document.kept
    .filter(name => name !== document.baseline)
    .map((name, at) => {
      const scenario = page.report.scenarioOf.get(name);
      const isTry = !files.has(name);
      return h(
        "li",
        { "data-kept": name },
        h("span", { class: "name" }, textOf(scenario?.label ?? files.get(name)?.label, language) || name),
        isTry ? null : h("span", { class: "unit" }, ` (${words("fromFile")})`),
        scenario ? null : h("span", { class: "unit" }, ` (${words("elsewhere")})`),
        buttons(studio, name, isTry, at),
        studio.yamls.has(name) ? yamlOf(studio, name) : null
      );
    });
  return items.length ? h("div", {}, h("h3", {}, words("kept")), h("ul", { class: "kept" }, items)) : null;
}

function buttons(studio, name, isTry, at) {
  const { words } = studio;
  const button = (action, key, act, more = {}) =>
    h(
      "button",
      {
        type: "button",
        "data-studio": `${action}-${at}`,
        "aria-label": `${words(key)}: ${name}`,
        onclick: act,
        ...more
      },
      words(key)
    );
  const shown = studio.yamls.has(name);
  return h(
    "span",
    { class: "go" },
    isTry
      ? [
          button("yaml", shown ? "hideYaml" : "showYaml", () => studio.toggleYaml(name), {
            "aria-expanded": String(shown)
          }),
          button("save", "save", () => studio.save(name))
        ]
      : null,
    button("remove", "remove", () => studio.remove(name))
  );
}

const yamlOf = (studio, name) =>
  h("pre", { tabindex: 0, role: "region", "aria-label": studio.words("yamlOf", { name }) }, studio.yamls.get(name));
