// SPDX-License-Identifier: Apache-2.0
// Tabs as the ARIA authoring practices have them: one stop for the tab key, arrows between tabs, Home and End.
import { h } from "../dom.js";

/** A list of tabs over panels. Items are {id, label, panel}; onChoose(id) is called when the reader picks one. */
export function buildTabs(prefix, label, items, chosen, onChoose) {
  const tabs = items.map(item =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${prefix}-tab-${item.id}`,
        "aria-controls": `${prefix}-panel-${item.id}`,
        class: "tab"
      },
      item.label
    )
  );
  const choose = (at, focus) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === at));
      tab.tabIndex = index === at ? 0 : -1;
      items[index].panel.hidden = index !== at;
    });
    if (focus) tabs[at].focus();
  };
  items.forEach((item, at) => {
    for (const [name, value] of Object.entries({
      role: "tabpanel",
      id: `${prefix}-panel-${item.id}`,
      "aria-labelledby": `${prefix}-tab-${item.id}`
    }))
      item.panel.setAttribute(name, value);
    tabs[at].addEventListener("click", () => {
      choose(at);
      onChoose(item.id);
    });
    tabs[at].addEventListener("keydown", event => {
      const to = {
        ArrowRight: (at + 1) % tabs.length,
        ArrowLeft: (at + tabs.length - 1) % tabs.length,
        Home: 0,
        End: tabs.length - 1
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(to, true);
      onChoose(items[to].id);
    });
  });
  choose(
    Math.max(
      0,
      items.findIndex(item => item.id === chosen)
    )
  );
  return h("div", { role: "tablist", "aria-label": label, class: "tabs" }, tabs);
}
