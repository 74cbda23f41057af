// SPDX-License-Identifier: Apache-2.0
// Numbers as Norwegian and English readers write them: U+2212 for minus, narrow spaces that do not break.

const NARROW = "\u202f";
const MINUS = "\u2212";
export const UNKNOWN = "–";

function grouped(digits, separator) {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

export function formatNumber(value, language, decimals = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN;
  const english = language === "en";
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const text = grouped(whole, english ? "," : NARROW) + (fraction ? (english ? "." : ",") + fraction : "");
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

export function formatSigned(value, language, decimals = 0) {
  const text = formatNumber(value, language, decimals);
  return value > 0 && /[1-9]/.test(text) ? "+" + text : text;
}

/** A share 0..1 in per cent: "12,5 %", in English "12.5%". */
export function formatPercent(share, language, decimals = 1) {
  if (share === null || share === undefined) return UNKNOWN;
  return formatNumber(100 * share, language, decimals) + (language === "en" ? "%" : "\u00a0%");
}

/** Kroner in a table: whole numbers. */
export const formatKroner = (value, language) => formatNumber(value, language, 0);

/** Kroner in a drawing: millions or thousands, whichever the largest number of the drawing asks for. */
export function kronerScale(largest, words) {
  const size = Math.abs(largest);
  if (size >= 2e9) return { factor: 1e9, decimals: 1, unit: words("billionKroner") };
  if (size >= 1e6) return { factor: 1e6, decimals: size >= 2e7 ? 0 : 1, unit: words("millionKroner") };
  if (size >= 1e4) return { factor: 1e3, decimals: 0, unit: words("thousandKroner") };
  return { factor: 1, decimals: 0, unit: words("kroner") };
}

const YEARS = new Set(["year", "from_year", "to_year", "first_year", "last_year"]);

/** Years that passed, or a point in time, which has no space in its thousands. */
function formatTime(value, language, decimals) {
  return Math.abs(value) < 1000
    ? formatNumber(value, language, decimals)
    : value.toFixed(decimals).replace(".", language === "en" ? "." : ",");
}

/** A cell of a table by the type of its column. */
export function formatCell(value, column, language) {
  if (value === null || value === undefined || value === "") return column.type === "text" ? "" : UNKNOWN;
  if (typeof value === "string") return value;
  if (YEARS.has(column.name)) return String(value);
  switch (column.type) {
    case "percent":
      return formatPercent(value, language, column.decimals ?? 1);
    case "kroner":
      return formatKroner(value, language);
    case "integer":
      return formatNumber(value, language, 0);
    case "days":
      return formatNumber(value, language, column.decimals ?? 0);
    case "years":
      return formatTime(value, language, column.decimals ?? 1);
    case "number":
      return formatNumber(value, language, column.decimals ?? 1);
    default:
      return String(value);
  }
}

const MONTHS = {
  nb: "januar februar mars april mai juni juli august september oktober november desember".split(" "),
  en: "January February March April May June July August September October November December".split(" ")
};

/** "2026-01-01" as "1. januar 2026", "11-16" as "16. november"; what is no date stays as it is. */
export function formatDate(text, language) {
  const found = String(text).match(/^(?:(\d{4})-)?(\d{2})-(\d{2})$/);
  if (!found || found[2] < 1 || found[2] > 12) return String(text);
  const [year, month, day] = found.slice(1).map(Number);
  const english = language === "en";
  const name = MONTHS[english ? "en" : "nb"][month - 1];
  return `${day}${english ? "" : "."} ${name}${year ? ` ${year}` : ""}`;
}

/** How many decimals ticks need that are this far apart. */
export function decimalsFor(step) {
  return step >= 1 || step === 0 ? 0 : Math.min(4, Math.ceil(-Math.log10(Math.abs(step)) - 1e-9));
}
