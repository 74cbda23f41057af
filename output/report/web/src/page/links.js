// SPDX-License-Identifier: Apache-2.0
// Links to the pages that lie beside this one, in the reader's language, which they take with them.
import { h } from "../dom.js";
import { textOf } from "../document.js";

/** Writes the links into the element that the program left for them; a document without links has none. */
export function showLinks(report, { state: { language }, defaultLanguage }) {
  const { links = [], title } = report.document;
  if (!links.length) return;
  const nav =
    document.querySelector("nav.links") ??
    document.body.insertBefore(h("nav", { class: "links" }), document.querySelector("main"));
  nav.setAttribute("aria-label", textOf(title, language));
  const state = language === defaultLanguage ? "" : `#lang=${language}`;
  nav.replaceChildren(
    h(
      "ul",
      {},
      links.map(({ path, label }) => h("li", {}, h("a", { href: path + state }, textOf(label, language))))
    )
  );
}
