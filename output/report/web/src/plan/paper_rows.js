// SPDX-License-Identifier: Apache-2.0
// Which rows of a long table stand on paper: whole years as far apart as the room asks for, so that no series stops in its middle.
import { hasColumn } from "../document.js";

/** {rows, years}: `years` are those that are shown where some were left out, else null. */
export function rowsOnPaper(figure, rows, limit) {
  if (rows.length <= limit || !hasColumn(figure, "year")) return { rows: rows.slice(0, limit), years: null };
  const partial = new Set(figure.options?.partial_years ?? []);
  const all = [...new Set(rows.map(row => row.year))].sort((a, b) => a - b);
  const whole = all.filter(year => !partial.has(year));
  const among = whole.length ? whole : all;
  const perYear = Math.max(...among.map(year => rows.filter(row => row.year === year).length));
  const years = spread(among, Math.max(1, Math.floor(limit / perYear)));
  const chosen = new Set(years);
  return { rows: rows.filter(row => chosen.has(row.year)), years };
}

/** As many of the years as there is room for, as far apart as each other, the last one always. */
function spread(years, count) {
  if (count >= years.length) return years;
  if (count === 1) return [years.at(-1)];
  const at = number => Math.round((number * (years.length - 1)) / (count - 1));
  return Array.from({ length: count }, (_, number) => years[at(number)]);
}
