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
    placeholder: words("ownRegionHint"),
    value: chosen?.name ?? ""
  });
  const clear = h(
    "button",
    { type: "button", class: "clear", hidden: !chosen, onclick: () => page.chooseRegion("") },
    words("clearRegion")
  );
  const search = new Search(report, page, input, list);
  search.listen();
  return h(
    "div",
    { class: "search" },
    h("label", { for: "own-region" }, words("ownRegion")),
    h("div", { class: "field" }, input, list),
    clear
  );
}

class Search {
  constructor(report, page, input, list) {
    Object.assign(this, { report, page, input, list, found: [], active: -1 });
  }

  listen() {
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("keydown", event => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
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
    return this.page.say(this.page.words("regionUnknown", { text }));
  }

  choose(region) {
    this.close();
    this.page.chooseRegion(region.code);
  }
}
