// SPDX-License-Identifier: Apache-2.0
// The colours of a map of regions: five steps where all numbers lie on one side of zero, the darkest the farthest from it; two colours
// about zero where they lie on both, so that gain and loss are never shades of one colour.
import { formatPercent } from "../format.js";
import { textOf } from "../document.js";
import { aboutZero, colour, inkOn, steps } from "../palette.js";

export function regionScale(figure, context, rows) {
  const values = rows.map(row => row.value);
  const low = Math.min(...values),
    high = Math.max(...values);
  const column = figure.columns.find(item => item.name === "value");
  const share = column?.type === "percent";
  const unit = share ? 100 : 1;
  const classes =
    low < 0 && high > 0 ? classesAboutZero(figure, low * unit, high * unit) : classesOneSide(low * unit, high * unit);
  const classOf = value => classes.find(item => value * unit < item.to) ?? classes[classes.length - 1];
  const decimals = decimalsOf(classes[1].to - classes[1].from);
  const to = low < 0 ? ` ${context.words("to")} ` : "–";
  return {
    share,
    unit: textOf(figure.options?.unit, context.language) || (share ? "%" : context.words("people")),
    write: value =>
      share
        ? formatPercent(value, context.language, Math.max(decimals, 1))
        : context.number(value, column?.decimals ?? decimals),
    fill: value => colour(classOf(value).name),
    ink: value => colour(inkOn[classOf(value).name]),
    labels: classes.map(({ name, from, to: end }) => ({
      name,
      text: `${context.number(from, decimals)}${to}${context.number(end, decimals)}`
    }))
  };
}

/** Five steps of equal width between round numbers; below zero they are counted from zero down. */
function classesOneSide(low, high) {
  if (high <= 0 && low < 0) {
    return classesOneSide(-high, -low)
      .map(({ name, from, to }) => ({ name, from: -to, to: -from }))
      .reverse();
  }
  const width = roundUp((high - low || 1) / steps.length);
  const start = Math.floor(low / width) * width;
  return steps.map((name, at) => ({ name, from: start + at * width, to: start + (at + 1) * width }));
}

/** Two steps on each side of zero, of one width. */
function classesAboutZero(figure, low, high) {
  const width = roundUp(Math.max(-low, high) / 2);
  const names = figure.options?.better === "less" ? [...aboutZero].reverse() : aboutZero;
  return names.map((name, at) => ({ name, from: (at - 2) * width, to: (at - 1) * width }));
}

const decimalsOf = width =>
  width >= 1 && Number.isInteger(width) ? 0 : Math.max(1, Math.ceil(-Math.log10(width) - 1e-9));

/** The next of 1, 2, 2.5, 5, 10 … */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(step => step >= value * 0.999);
}
