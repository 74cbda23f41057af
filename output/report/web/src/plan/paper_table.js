// SPDX-License-Identifier: Apache-2.0
// A figure's table as paper takes it: the rows that the figure shows, as many as a page holds; what is the same in all of them is said
// once, not in a column.
import { hasColumn, rowsOfRegion, textOf } from "../document.js";
import { plain } from "../dom.js";
import { UNKNOWN } from "../format.js";
import { cellText } from "../page/table.js";
import { rowsOnPaper } from "./paper_rows.js";

/** {head, numbers, rows, same, note}: texts; `numbers` says which columns stand to the right. */
export function paperTable(figure, context, limit) {
  const { report, language } = context;
  const inView = rowsInView(figure, context);
  const { rows: shown, years } = rowsOnPaper(figure, inView, limit);
  const cells = shown.map(row =>
    figure.columns.map(column => plain(cellText(report, figure, column, row[column.name], language)))
  );
  const label = column => textOf(column.label, language) || column.name;
  const varies = figure.columns.map((column, at) => shown.length < 2 || cells.some(row => row[at] !== cells[0][at]));
  const same = figure.columns
    .map((column, at) =>
      varies[at] || ["", UNKNOWN].includes(cells[0]?.[at] ?? "") ? "" : `${label(column)}: ${cells[0][at]}`
    )
    .filter(Boolean);
  const kept = figure.columns.map((column, at) => at).filter(at => varies[at]);
  return {
    head: kept.map(at => label(figure.columns[at])),
    numbers: kept.map(at => figure.columns[at].type !== "text"),
    rows: cells.map(row => kept.map(at => row[at])),
    same: same.length ? `${same.join(". ")}.` : "",
    note: noteOf(context, shown.length, inView.length, years)
  };
}

/** That rows were left out, and which are there. */
function noteOf(context, shown, all, years) {
  if (all <= shown) return "";
  const values = { shown: context.number(shown), all: context.number(all), years: years?.join(", ") };
  return context.words(years ? "yearsShown" : "rowsShown", values);
}

/** Rows of the region shown, of the measure chosen and the baseline. */
function rowsInView(figure, context) {
  const rows = rowsOfRegion(context.report, figure, context.region);
  if (!hasColumn(figure, "scenario") || figure.kind === "ranking") return rows;
  const shown = rows.filter(row => row.scenario === context.measure || row.scenario === context.report.baseline);
  return shown.length ? shown : rows;
}
