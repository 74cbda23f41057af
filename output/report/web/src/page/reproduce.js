// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";

/** Commands, seed, version and the hashes of what went in. */
export function buildReproduce(report, page) {
  const { words } = page;
  const { commands = [], seed, version, inputs = [] } = report.document.reproduce ?? {};
  if (!commands.length && !inputs.length) return null;
  const facts = [
    [words("version"), version],
    [words("seed"), seed]
  ].filter(([, value]) => value !== undefined && value !== null);
  return h(
    "section",
    { id: "reproduce" },
    h("h2", {}, words("reproduce")),
    commands.length
      ? h("pre", { tabindex: 0, "aria-label": words("commands") }, h("code", {}, commands.join("\n")))
      : null,
    h(
      "dl",
      {},
      facts.flatMap(([name, value]) => [
        h("dt", {}, name),
        h("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value))
      ])
    ),
    inputs.length
      ? h(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": words("inputs") },
          h(
            "table",
            {},
            h("caption", {}, words("inputs")),
            h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words("file")), h("th", { scope: "col" }, "SHA-256"))),
            h(
              "tbody",
              {},
              inputs.map(input => h("tr", {}, h("td", {}, input.path), h("td", { class: "hash" }, input.sha256)))
            )
          )
        )
      : null
  );
}
