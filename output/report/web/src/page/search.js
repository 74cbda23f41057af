// SPDX-License-Identifier: Apache-2.0
// The search for the own municipality: a text field with a list below it, by the ARIA pattern of a combobox.
import { h } from "../dom.js";
import { findRegions } from "../document.js";

const MOST_SHOWN = 8;

export function buildSearch(report, page) {
  const { words } = page;
  const chosen = report.regionOf.get(page.state.region);
  const list = h("ul", { role: "listbox", id: "own-region-list", "aria-label": words("ownRegion"), hidden: true });
  const input = h("input", {
    id: "own-region",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "own-region-list",
    "aria-autocomplete": "list",
    "aria-describedby": "own-region-error",
    placeholder: words("ownRegionHint"),
    value: chosen?.name ?? ""
  });
  const clear = h(
    "button",
    { type: "button", class: "clear", hidden: !chosen, onclick: () => page.chooseRegion("") },
    words("clearRegion")
  );
  const error = h("span", { class: "error", id: "own-region-error" });
  const search = new Search(report, page, { input, list, error, clear });
  search.listen();
  return h(
    "div",
    { class: "search" },
    h("label", { for: "own-region" }, words("ownRegion")),
    h("div", { class: "field" }, input, list),
    clear,
    error
  );
}

class Search {
  constructor(report, page, elements) {
    Object.assign(this, { report, page, ...elements, found: [], active: -1 });
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.complain("");
      this.open();
    });
    this.input.addEventListener("keydown", event => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.left(), 150));
  }

  open() {
    this.found = findRegions(this.report.regions, this.input.value).slice(0, MOST_SHOWN);
    this.list.replaceChildren(
      ...this.found.map((region, at) =>
        h(
          "li",
          {
            role: "option",
            id: `own-region-${at}`,
            "aria-selected": "false",
            onmousedown: event => {
              event.preventDefault();
              this.choose(region);
            }
          },
          region.name,
          h("span", { class: "code" }, ` ${region.code}`)
        )
      )
    );
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.activate(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  activate(at) {
    this.active = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) this.input.setAttribute("aria-activedescendant", `own-region-${at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      if (this.found.length) this.activate((this.active + move + this.found.length) % this.found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter();
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  enter() {
    const text = this.input.value.trim();
    if (!text) return this.page.chooseRegion("");
    const region = this.found[Math.max(0, this.active)] ?? findRegions(this.report.regions, text)[0];
    if (region) return this.choose(region);
    this.unknown(text);
    return this.page.say(this.error.textContent);
  }

  /** A name left in the box is the place that is shown, or the page says that it is none. */
  left() {
    if (!this.input.isConnected || document.activeElement === this.input) return;
    this.close();
    const text = this.input.value.trim();
    const chosen = this.report.regionOf.get(this.page.state.region);
    if (text.toLowerCase() === (chosen?.name ?? "").toLowerCase() || this.error.textContent) return;
    if (!text) this.forget();
    else this.leftWith(text);
  }

  leftWith(text) {
    const same = this.report.regions.filter(region =>
      [region.name, region.code].some(name => name.toLowerCase() === text.toLowerCase())
    );
    if (same.length === 1) this.page.chooseRegion(same[0].code, document.activeElement?.id);
    else this.unknown(text);
  }

  /** Nothing is chosen under a name that is none. */
  unknown(text) {
    this.complain(this.page.words("regionUnknown", { text }));
    this.forget();
  }

  forget() {
    this.clear.hidden = true;
    this.page.leaveRegion();
  }

  complain(text) {
    this.error.textContent = text;
    if (text) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  choose(region) {
    this.close();
    this.page.chooseRegion(region.code);
  }
}
