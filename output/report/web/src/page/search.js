// SPDX-License-Identifier: Apache-2.0
// The search for the own place: a text field with a list below it, by the ARIA pattern of a combobox, and a line of its own in the bar for
// what a name means: that it is none, or the region that it lies in.
import { h } from "../dom.js";
import { labelOfField, placesCalled, placesMeant, suggestionsFor } from "./places.js";

/** The field; what it says stands in `page.found`, a line below all controls of the bar. */
export function buildSearch(report, page) {
  const { words } = page;
  const chosen = report.regionOf.get(page.state.region);
  const label = words(labelOfField(report));
  const list = h("ul", { role: "listbox", id: "own-region-list", "aria-label": label, hidden: true });
  const input = h("input", {
    id: "own-region",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "own-region-list",
    "aria-autocomplete": "list",
    "aria-describedby": "own-region-said",
    placeholder: words("ownRegionHint"),
    value: chosen?.name ?? ""
  });
  const clear = h(
    "button",
    { type: "button", class: "clear", hidden: !chosen, onclick: () => page.chooseRegion("") },
    words("clearRegion")
  );
  const search = new Search(report, page, { input, list, clear, said: page.found });
  search.listen();
  search.say(...(chosen && page.state.place ? [search.placeText(chosen, page.state.place)] : []));
  return h(
    "div",
    { class: "search" },
    h("label", { for: "own-region" }, label),
    h("div", { class: "field" }, input, list),
    clear
  );
}

class Search {
  constructor(report, page, elements) {
    Object.assign(this, { report, page, ...elements, found: [], active: -1 });
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.say();
      this.open();
      // The list would lie over the same words.
      if (this.offer() && this.found.every(({ place }) => place)) this.close();
    });
    this.input.addEventListener("click", () => this.list.hidden && this.open());
    this.input.addEventListener("keydown", event => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.left(), 150));
  }

  get chosen() {
    return this.report.regionOf.get(this.page.state.region);
  }

  /** The list for what is typed; all regions where nothing is, or the name of the one that is shown. */
  open() {
    const text = this.input.value.trim();
    this.found = suggestionsFor(this.report, text === this.chosen?.name ? "" : text);
    this.list.replaceChildren(...this.found.map((item, at) => this.option(item, at)));
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.activate(-1);
  }

  option({ region, place }, at) {
    const more = place ? this.page.words("placeIn", { region: region.name }) : region.code;
    return h(
      "li",
      {
        role: "option",
        id: `own-region-${at}`,
        "aria-selected": "false",
        onmousedown: event => {
          event.preventDefault();
          this.choose(region, place);
        }
      },
      place ?? region.name,
      h("span", { class: "code" }, ` ${more}`)
    );
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  activate(at) {
    this.active = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      this.input.setAttribute("aria-activedescendant", `own-region-${at}`);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const last = this.found.length - 1;
      if (last >= 0) this.activate(this.active < 0 && move < 0 ? last : (this.active + move + last + 1) % (last + 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter();
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  enter() {
    const text = this.input.value.trim();
    if (this.active >= 0) return this.choose(this.found[this.active].region, this.found[this.active].place);
    if (!text) return this.page.chooseRegion("");
    const called = placesCalled(this.report, text);
    // Two municipalities of one name: the reader says which.
    if (called.length > 1) return this.offer();
    const item = suggestionsFor(this.report, text)[0];
    return item ? this.choose(item.region, item.place) : this.unknown(text);
  }

  /** Says of a municipality where it lies, with a button that shows the region. */
  offer() {
    const called = placesCalled(this.report, this.input.value);
    if (!called.length) return false;
    this.say(
      ...called.flatMap(({ region, place }) => [
        `${this.page.words("placeLies", { place, region: region.name })} `,
        h(
          "button",
          { type: "button", onclick: () => this.choose(region, place) },
          this.page.words("showRegion", { region: region.name })
        ),
        " "
      ])
    );
    return true;
  }

  placeText(region, place) {
    const values = { place, region: region.name };
    return `${this.page.words("placeLies", values)} ${this.page.words("placeNumbers", values)}`;
  }

  /** A name left in the box is the place that is shown, or the page says where it lies, or that it is none. */
  left() {
    if (!this.input.isConnected || document.activeElement === this.input) return;
    this.close();
    const text = this.input.value.trim();
    const chosen = this.chosen;
    if (text.toLowerCase() === (chosen?.name ?? "").toLowerCase()) return;
    if (!text) this.forget();
    else if (!this.said.textContent) this.leftWith(text);
    else this.forget();
  }

  leftWith(text) {
    const same = this.report.regions.filter(region =>
      [region.name, region.code].some(name => name.toLowerCase() === text.toLowerCase())
    );
    if (same.length === 1) this.page.chooseRegion(same[0].code, { focus: document.activeElement?.id });
    else this.unknown(text);
  }

  /** Nothing is chosen under a name that is none. */
  unknown(text) {
    this.close();
    this.page.hush();
    this.say(h("span", { class: "error" }, this.page.words("regionUnknown", { text })), ...this.meant(text));
    this.input.setAttribute("aria-invalid", "true");
    this.forget();
  }

  /** "Mente du …?" with a button for each of the nearest names. */
  meant(text) {
    const items = placesMeant(this.report, text);
    if (!items.length) return [];
    const button = ({ region, place }) =>
      h("button", { type: "button", onclick: () => this.choose(region, place) }, place ?? region.name);
    return [` ${this.page.words("regionMeant")} `, ...items.flatMap((item, at) => [at ? " " : "", button(item)]), "?"];
  }

  forget() {
    this.clear.hidden = true;
    this.page.leaveRegion();
  }

  say(...what) {
    this.said.replaceChildren(...what);
    this.input.removeAttribute("aria-invalid");
  }

  choose(region, place = "") {
    this.close();
    this.page.chooseRegion(region.code, { place });
  }
}
