// SPDX-License-Identifier: Apache-2.0
// What can be moved: the scenario one starts from, its levers by measure, and the name of the try.
import { h } from "../dom.js";
import { groupBy, textOf } from "../document.js";
import { LeverControl } from "./lever.js";

export function scenarioChoice(studio) {
  const { words, language, document } = studio;
  if (document.scenarios.length < 2) return null;
  return h(
    "div",
    { class: "choice" },
    h("label", { for: "studio-scenario" }, words("scenario")),
    h(
      "select",
      { id: "studio-scenario", onchange: event => studio.choose(event.target.value) },
      document.scenarios.map(scenario =>
        h(
          "option",
          { value: scenario.name, selected: scenario.name === studio.scenario?.name },
          textOf(scenario.label, language) || scenario.name
        )
      )
    )
  );
}

/** The controls of the chosen scenario, grouped by measure; those made are told to the studio by their id. */
export function leverGroups(studio) {
  const { words, language, scenario } = studio;
  const levers = scenario?.levers ?? [];
  if (!levers.length) return h("p", { class: "note" }, words("noLevers"));
  let count = 0;
  return h(
    "div",
    { class: "levers" },
    [...groupBy(levers, lever => lever.measure ?? "").values()].map(members =>
      h(
        "fieldset",
        {},
        h("legend", {}, textOf(members[0].group, language) || members[0].measure),
        members.map(lever => {
          const control = new LeverControl(lever, studio.valueOf(lever), {
            language,
            words,
            id: `lever-${++count}`,
            changed: value => studio.move(lever, value)
          });
          studio.controls.set(lever.id, control);
          return control.element;
        })
      )
    )
  );
}

export function nameField(studio) {
  const { words } = studio;
  const error = h("p", { class: "error", id: "studio-name-error" });
  const input = h("input", {
    id: "studio-name",
    type: "text",
    maxlength: 80,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "studio-name-error",
    value: studio.name,
    oninput: () => studio.call(input.value)
  });
  const complain = text => {
    error.textContent = text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  const element = h("div", { class: "labelled" }, h("label", { for: "studio-name" }, words("name")), input, error);
  return { element, input, complain };
}
