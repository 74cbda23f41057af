// SPDX-License-Identifier: Apache-2.0
// A figure's rows as a Norwegian spreadsheet reads them: semicolons, decimal comma, a byte order mark. Raw names keep their columns;
// where the reader calls them something else, that follows in a column of its own.
import { labelOf, textOf } from "../document.js";

const MARK = "\ufeff";

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
function quoted(text) {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cell(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(value).replace(".", ",") : quoted(String(value));
}

function hasLabels(report, figure, column, at, language) {
  return (figure.rows ?? []).some(
    row =>
      typeof row[at] === "string" &&
      row[at] !== "" &&
      ![null, row[at]].includes(labelOf(report, figure, column.name, row[at], language))
  );
}

export function csvOf(report, figure, language) {
  const columns = figure.columns.map((column, at) => ({
    ...column,
    at,
    labelled: hasLabels(report, figure, column, at, language)
  }));
  const head = columns.flatMap(column => [
    column.name,
    ...(column.labelled ? [textOf(column.label, language) || `${column.name}_label`] : [])
  ]);
  const lines = (figure.rows ?? []).map(row =>
    columns.flatMap(column => {
      const value = row[column.at];
      const label =
        column.labelled && typeof value === "string"
          ? (labelOf(report, figure, column.name, value, language) ?? value)
          : "";
      return [cell(value), ...(column.labelled ? [cell(label)] : [])];
    })
  );
  return MARK + [head.map(quoted), ...lines].map(line => line.join(";")).join("\r\n") + "\r\n";
}
