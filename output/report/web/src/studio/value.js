// SPDX-License-Identifier: Apache-2.0
// The value of a lever as the server has it, as a place on a slider, as the field beside it has it, and in words.
import { decimalsFor, formatDate, formatNumber, formatPercent } from "../format.js";
import { textOf } from "../document.js";
import { studioWordsFor } from "./words.js";

const DAY = 86_400_000;
const isDate = lever => lever.kind === "date";
/** Shares are typed in per cent. */
const factorOf = lever => (lever.kind === "share" ? 100 : 1);

const stepOf = lever => lever.step || (["integer", "date"].includes(lever.kind) ? 1 : 0.01);
const rounded = (value, step) => Number(value.toFixed(decimalsFor(step)));

/** Dates lie on a slider by days. */
export function positionOf(lever, value) {
  return isDate(lever) ? Math.round(Date.parse(`${value}T00:00:00Z`) / DAY) : Number(value);
}

export function valueAt(lever, position) {
  if (isDate(lever)) return new Date(Number(position) * DAY).toISOString().slice(0, 10);
  return rounded(Number(position), stepOf(lever));
}

/** min, max and step of the slider. */
export function rangeOf(lever) {
  return { min: positionOf(lever, lever.min), max: positionOf(lever, lever.max), step: stepOf(lever) };
}

/** Attributes of the field beside the slider. */
export function fieldOf(lever) {
  if (isDate(lever)) return { type: "date", min: lever.min, max: lever.max };
  const factor = factorOf(lever),
    step = stepOf(lever) * factor;
  return {
    type: "number",
    min: rounded(lever.min * factor, step),
    max: rounded(lever.max * factor, step),
    step: rounded(step, step)
  };
}

export function fieldText(lever, value) {
  return isDate(lever)
    ? String(value)
    : String(rounded(Number(value) * factorOf(lever), stepOf(lever) * factorOf(lever)));
}

/** What was typed as a value; null where it is none within the lever's bounds. */
export function readField(lever, text) {
  const typed = String(text).trim().replace(",", ".");
  if (typed === "" || (isDate(lever) ? !/^\d{4}-\d{2}-\d{2}$/.test(typed) : Number.isNaN(Number(typed)))) return null;
  const value = isDate(lever) ? typed : Number((Number(typed) / factorOf(lever)).toPrecision(12));
  const at = positionOf(lever, value),
    { min, max } = rangeOf(lever);
  if (Number.isNaN(at) || at < min || at > max) return null;
  return lever.kind === "integer" && !Number.isInteger(value) ? null : value;
}

/** "100 plasser", "50 %", "1. januar 2026", "4 uker". */
export function valueInWords(lever, value, language) {
  const words = studioWordsFor(language);
  if (isDate(lever)) return formatDate(value, language);
  if (lever.kind === "share") return formatPercent(value, language, decimalsFor(stepOf(lever) * 100));
  const number = formatNumber(value, language, decimalsFor(stepOf(lever)));
  if (lever.kind === "ratio") return words("ratio", { value: number });
  if (lever.of === "places") return `${number} ${words(value === 1 ? "place" : "places")}`;
  return [number, unitOf(lever, value, language)].filter(Boolean).join(" ");
}

/** The unit of a number: of one thing where it is 1. */
export function unitOf(lever, value, language) {
  return textOf((value === 1 && lever.unit_of_one) || lever.unit, language);
}

/** Whether what was typed is a number within bounds that would have to be whole. */
export function isNotWhole(lever, text) {
  const number = Number(String(text).trim().replace(",", "."));
  return lever.kind === "integer" && String(text).trim() !== "" && Number.isFinite(number) && !Number.isInteger(number);
}

const LONGEST_NAME = 80; // bytes, as the server counts them

/** What can be no name of a try. */
export const isNameWrong = name =>
  /[\u0000-\u001f\u007f/\\]/.test(name) ||
  name === "." ||
  name === ".." ||
  new TextEncoder().encode(name).length > LONGEST_NAME;
