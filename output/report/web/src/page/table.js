// SPDX-License-Identifier: Apache-2.0
// The twin of a drawing: all its rows, names as the reader calls them, numbers to the right.
import { h, prose } from "../dom.js";
import { formatCell, formatDate } from "../format.js";
import { labelOf, textOf } from "../document.js";

export const ROWS_AT_FIRST = 200;

const isNumber = column => column.type && column.type !== "text";

const DATES = new Set(["date", "day", "as_of"]);

const decimals = new WeakMap();

/** None where all numbers of a column would end in ",0": they are counts. */
function decimalsOf(figure, column) {
  if (column.type !== "number" || !(column.decimals ?? 1)) return column.decimals;
  if (!decimals.has(column)) {
    const at = figure.columns.indexOf(column);
    const isWhole = cell => typeof cell !== "number" || Number.isInteger(Number(cell.toFixed(column.decimals ?? 1)));
    decimals.set(column, (figure.rows ?? []).every(row => isWhole(row[at])) ? 0 : (column.decimals ?? 1));
  }
  return decimals.get(column);
}

/** A cell as the reader sees it. */
export function cellText(report, figure, column, value, language) {
  const label = typeof value === "string" ? labelOf(report, figure, column.name, value, language) : null;
  if (label) return label;
  if (DATES.has(column.name)) return formatDate(value ?? "", language);
  return formatCell(value, { ...column, decimals: decimalsOf(figure, column) }, language);
}

/** Rows of the own region and what is above all regions first, the others after them. */
export function rowsInOrder(figure, region) {
  const rows = figure.rows ?? [];
  const at = (figure.columns ?? []).findIndex(column => column.name === "region");
  if (at < 0 || !region) return rows;
  const own = rows.filter(row => row[at] === region);
  return own.length ? [...own, ...rows.filter(row => row[at] !== region)] : rows;
}

export function buildTable(figure, context, limit = ROWS_AT_FIRST) {
  const rows = rowsInOrder(figure, context.region);
  const body = h("tbody");
  const regionAt = figure.columns.findIndex(column => column.name === "region");
  for (const row of rows.slice(0, limit)) body.append(tableRow(figure, context, row, regionAt));
  const table = h(
    "table",
    {},
    h("caption", { class: "unseen" }, textOf(figure.title, context.language)),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        figure.columns.map(column =>
          h(
            "th",
            { scope: "col", class: isNumber(column) ? "number" : null },
            textOf(column.label, context.language) || column.name
          )
        )
      )
    ),
    body
  );
  const scroll = h(
    "div",
    {
      class: "scroll",
      tabindex: 0,
      role: "region",
      "aria-label": `${context.words("table")}: ${textOf(figure.title, context.language)}`
    },
    table
  );
  return h("div", {}, scroll, rows.length > limit ? moreRows(figure, context, rows.length, limit) : null);
}

/** The table as paper takes it (plan/paper_table.js). */
export function buildPaperTable({ head, numbers, rows, same, note }) {
  const cells = (texts, name, attributes) =>
    texts.map((text, at) => h(name, { ...attributes, class: numbers[at] ? "number" : null }, text));
  return h(
    "div",
    {},
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, cells(head, "th", { scope: "col" }))),
      h(
        "tbody",
        {},
        rows.map(row => h("tr", {}, cells(row, "td")))
      )
    ),
    [same, note].filter(Boolean).map(text => h("p", { class: "more" }, text))
  );
}

function tableRow(figure, context, row, regionAt) {
  const own = regionAt >= 0 && context.region && row[regionAt] === context.region;
  return h(
    "tr",
    { class: own ? "own" : null },
    figure.columns.map((column, at) => {
      const text = cellText(context.report, figure, column, row[at], context.language);
      return h("td", { class: isNumber(column) ? "number" : null }, prose(text));
    })
  );
}

function moreRows(figure, context, all, limit) {
  const more = h(
    "p",
    { class: "more" },
    context.words("rowsShown", { shown: context.number(limit), all: context.number(all) }),
    " ",
    h(
      "button",
      { type: "button", onclick: () => more.parentElement.replaceWith(buildTable(figure, context, Infinity)) },
      context.words("showAll")
    )
  );
  return more;
}
