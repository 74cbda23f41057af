// SPDX-License-Identifier: Apache-2.0
// What the reader knows and the model does not, and the answer of KS Utenfor-regnskapet beside ours. Kept in this tab alone.
import { areaText } from "../area.js";
import { labelOf } from "../document.js";
import { h } from "../dom.js";
import { isOfBatch } from "../kinds/batch_choice.js";
import { ourAmounts, ksAnswer, readNumber } from "../plan/utenfor.js";

const KEY = "utvei-notes";
const FIELDS = [
  ["group", "ksGroup"],
  ["share", "ksShare"],
  ["cost", "ksCost"],
  ["municipality", "ksMunicipality"],
  ["county", "ksCounty"],
  ["state", "ksState"]
];

/** Typed notes; a browser that keeps nothing for files loses them with the page, no more. */
export function loadNotes() {
  try {
    return { local: "", ks: {}, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { local: "", ks: {} };
  }
}

function keep(notes) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(notes));
  } catch {
    // Nothing to do: see loadNotes.
  }
}

export function buildNotes(report, page) {
  const { words, notes } = page;
  const printed = h("p", { class: "typed" }, notes.local);
  const ks = goesBesideKs(report) ? h("div", {}, ksParts(report, page)) : null;
  const area = h("textarea", { id: "local-notes", rows: 5, "aria-describedby": "notes-intro" });
  area.value = notes.local;
  const local = h(
    "div",
    {},
    h("h3", {}, words("localHeading")),
    h("label", { for: "local-notes" }, words("localLabel")),
    area,
    printed
  );
  const section = h(
    "section",
    { id: "own-notes" },
    h("h2", {}, words("yourOwn")),
    h("p", { class: "intro", id: "notes-intro" }, words("yourOwnIntro")),
    local,
    ks
  );
  // What nobody has written is not printed.
  const mark = () => {
    const empty = { local: !notes.local.trim(), ks: !ks || !Object.values(notes.ks).some(text => text.trim()) };
    local.classList.toggle("untyped", empty.local);
    ks?.classList.toggle("untyped", empty.ks);
    section.classList.toggle("untyped-whole", empty.local && empty.ks);
  };
  area.addEventListener("input", () => {
    notes.local = area.value;
    printed.textContent = notes.local;
    keep(notes);
  });
  section.addEventListener("input", mark);
  mark();
  return section;
}

/** Whether KS' answer can be laid beside this page's: a plan that is followed and a batch have no money. */
export const goesBesideKs = report =>
  report.figures.some(({ kind }) => kind === "waterfall") ||
  !report.figures.some(figure => figure.kind === "plan_path" || figure.kind === "steps" || isOfBatch(figure));

function ksParts(report, page) {
  const { words } = page;
  const sides = h("div", { "aria-live": "polite" });
  const refresh = () => sides.replaceChildren(sideBySide(report, page));
  refresh();
  return [
    h("h3", {}, words("ksHeading")),
    h("p", { class: "intro" }, words("ksIntro")),
    h(
      "div",
      { class: "fields" },
      FIELDS.map(([name, label]) => field(page, name, label, refresh))
    ),
    sides,
    ourArea(report, page),
    h("p", { class: "note" }, words("ksDifference"))
  ];
}

/** That our side is of another area than the one chosen, where it is. */
function ourArea(report, { state, words }) {
  const figure = report.figures.find(({ kind }) => kind === "waterfall");
  const area = figure && areaText(report, figure, state.region, words);
  return area ? h("p", { class: "note" }, `${words("ourAnswer")}: ${area}.`) : null;
}

function field(page, name, label, refresh) {
  const error = h("span", { class: "error", id: `ks-${name}-error` });
  const input = h("input", {
    id: `ks-${name}`,
    inputmode: "decimal",
    autocomplete: "off",
    "aria-describedby": `ks-${name}-error`,
    value: page.notes.ks[name] ?? ""
  });
  const check = () => {
    const wrong = input.value.trim() !== "" && readNumber(input.value) === null;
    input.setAttribute("aria-invalid", String(wrong));
    error.textContent = wrong ? page.words("ksNumber") : "";
  };
  input.addEventListener("input", () => {
    page.notes.ks[name] = input.value;
    keep(page.notes);
    check();
    refresh();
  });
  check();
  return h("div", { class: "labelled" }, h("label", { for: `ks-${name}` }, page.words(label)), input, error);
}

function sideBySide(report, page) {
  const { words, state } = page;
  const rows = answerRows(report, page);
  const head = [words("payer"), words("ksAnswer"), words("ourAnswer"), words("ourInterval")];
  // A narrow screen stacks the cells of a row, which must stay those of a table to who hears them: hence the roles.
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": words("ksHeading") },
    h(
      "table",
      { lang: state.language, role: "table", class: "stacked" },
      h("caption", { class: "unseen" }, words("ksHeading")),
      h(
        "thead",
        { role: "rowgroup" },
        h(
          "tr",
          { role: "row" },
          head.map((text, at) => h("th", { scope: "col", role: "columnheader", class: at ? "number" : null }, text))
        )
      ),
      h(
        "tbody",
        { role: "rowgroup" },
        rows.map(([name, ...cells]) =>
          h(
            "tr",
            { role: "row" },
            h("th", { scope: "row", role: "rowheader" }, name),
            cells.map((text, at) => h("td", { class: "number", role: "cell", "data-label": head[at + 1] }, text))
          )
        )
      )
    )
  );
}

function payerWords(report, page, payer) {
  const figure = report.figures.find(({ kind }) => kind === "waterfall");
  const name = labelOf(report, figure, "payer", payer, page.state.language) ?? payer;
  return name[0].toUpperCase() + name.slice(1);
}

/** Both answers as texts: name, KS', ours, our interval. */
export function answerRows(report, page) {
  const { words, number } = page;
  const ks = ksAnswer(page.notes.ks),
    ours = ourAmounts(report, page.state);
  const interval = row => (row && row.low !== null ? `${number(row.low)} ${words("to")} ${number(row.high)}` : "–");
  const rows = ["municipality", "county", "state"].map(payer => [
    words(payer),
    number(ks?.[payer]),
    number(ours[payer]?.amount),
    interval(ours[payer])
  ]);
  for (const row of ours.others)
    rows.push([payerWords(report, page, row.payer), "–", number(row.amount), interval(row)]);
  rows.push([words("ksCostRow"), number(ks?.cost ? -ks.cost : null), "–", "–"]);
  rows.push([words(ours.others.length ? "sumOfPublic" : "sumOfThree"), number(ks?.sum), number(ours.sum), "–"]);
  return rows;
}
