// SPDX-License-Identifier: Apache-2.0
// One lever: a slider, a field that is its twin, the value in words, the way back, and what is wrong with it.
import { h } from "../dom.js";
import { textOf } from "../document.js";
import { fieldOf, fieldText, positionOf, rangeOf, readField, valueAt, valueInWords } from "./value.js";

const EVIDENCE = new Set(["assumed", "low", "moderate", "high"]);

export class LeverControl {
  /** `changed(value)` is told every value that can be used, and null where what is typed cannot. */
  constructor(lever, value, { language, words, id, changed }) {
    Object.assign(this, { lever, language, words, id, changed });
    this.label = textOf(lever.label, language);
    this.build();
    this.set(value, { tell: false });
  }

  build() {
    const { lever, id, words, label } = this;
    const described = [`${id}-words`, `${id}-help`, `${id}-error`].join(" ");
    this.range = h("input", {
      type: "range",
      id,
      ...rangeOf(lever),
      "aria-describedby": described,
      oninput: () => this.set(valueAt(lever, this.range.value))
    });
    this.field = h("input", {
      ...fieldOf(lever),
      id: `${id}-field`,
      "aria-label": words("field", { label }),
      "aria-describedby": described,
      oninput: () => this.typed()
    });
    this.inWords = h("output", { id: `${id}-words`, for: id, "aria-live": "off" });
    this.back = h(
      "button",
      { type: "button", "aria-label": words("resetOf", { label }), onclick: () => this.reset() },
      words("reset")
    );
    this.error = h("p", { class: "error", id: `${id}-error` });
    this.element = h(
      "div",
      { class: "lever", "data-lever": lever.id },
      h("label", { for: id }, label),
      this.inWords,
      h("div", { class: "twin" }, this.range, this.field, this.unit(), this.back),
      h("p", { class: "help", id: `${id}-help` }, this.help()),
      this.error
    );
  }

  unit() {
    const unit = this.lever.kind === "share" ? "%" : textOf(this.lever.unit, this.language);
    return unit ? h("span", { class: "unit", "aria-hidden": "true" }, unit) : null;
  }

  help() {
    const { lever, words, language } = this;
    const known = EVIDENCE.has(lever.evidence) ? words(`evidence_${lever.evidence}`) : lever.evidence;
    const file = words("inFile", { value: valueInWords(lever, lever.value, language) });
    return [textOf(lever.help, language), known, file].filter(Boolean).join(" · ");
  }

  set(value, { tell = true, field = true } = {}) {
    const { lever } = this;
    const text = valueInWords(lever, value, this.language);
    this.range.value = positionOf(lever, value);
    this.range.setAttribute("aria-valuetext", text);
    this.inWords.textContent = text;
    if (field) this.field.value = fieldText(lever, value);
    const same = positionOf(lever, value) === positionOf(lever, lever.value);
    this.back.disabled = same;
    this.element.classList.toggle("changed", !same);
    this.complain("");
    if (tell) this.changed(value);
  }

  typed() {
    const value = readField(this.lever, this.field.value);
    if (value !== null) return this.set(value, { field: false });
    const word = bound => valueInWords(this.lever, bound, this.language);
    const needed = this.lever.kind === "integer" ? "wholeNeeded" : "valueNeeded";
    this.complain(this.words(needed, { min: word(this.lever.min), max: word(this.lever.max) }));
    return this.changed(null);
  }

  reset() {
    this.set(this.lever.value);
    this.range.focus();
  }

  complain(text) {
    this.error.textContent = text;
    for (const input of [this.range, this.field]) {
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}
