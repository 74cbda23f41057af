// SPDX-License-Identifier: Apache-2.0
// The colours of a map of regions. Few numbers have a colour each; of many there are five steps where all lie on one side of zero, the
// darkest the farthest from it, and two colours about zero where they lie on both, so that gain and loss are never shades of one colour.
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
  const isBoth = low < 0 && high > 0;
  const names = isBoth && figure.options?.better === "less" ? [...aboutZero].reverse() : aboutZero;
  const ofSteps = isBoth ? classesAboutZero(names, low * unit, high * unit) : classesOneSide(low * unit, high * unit);
  const decimals = decimalsOf(ofSteps[0].to - ofSteps[0].from);
  const write = value =>
    share
      ? formatPercent(value, context.language, Math.max(decimals, 1))
      : context.number(value, Math.max(column?.decimals ?? 0, decimals));
  const few = classesOfFew(values, write, names);
  const classes = few ?? ofSteps;
  const classOf = few
    ? value => few.find(item => item.text === write(value))
    : value => ofSteps.find(item => value * unit < item.to) ?? ofSteps.at(-1);
  const drawn = new Set(values.map(classOf));
  const to = low < 0 ? ` ${context.words("to")} ` : "–";
  return {
    share,
    unit: textOf(figure.options?.unit, context.language) || (share ? "%" : context.words("people")),
    write,
    fill: value => colour(classOf(value).name),
    ink: value => colour(inkOn[classOf(value).name]),
    labels: classes
      .filter(item => drawn.has(item))
      .map(({ name, from, to: end, text }) => ({
        name,
        text: text ?? `${context.number(from, decimals)}${to}${context.number(end, decimals)}`
      }))
  };
}

/** Steps of a number of classes, the farthest from zero always the darkest. */
const STEPS_OF = [[], ["step4"], ["step1", "step4"], ["step1", "step2", "step4"], ["step1", "step2", "step3", "step4"]];

/** A class for each number as it is written, in the order of the numbers, none at all the palest; null where they are too many for that. */
function classesOfFew(values, write, names) {
  const texts = [...new Map([...values].sort((a, b) => a - b).map(value => [write(value), value]))];
  const zero = texts.filter(([text]) => !/[1-9]/.test(text)).map(([text]) => ({ name: "step0", text }));
  const side = sign => texts.filter(([text, value]) => /[1-9]/.test(text) && Math.sign(value) === sign);
  const below = side(-1),
    above = side(1);
  const [far, near, nearAbove, farAbove] = names;
  const colours =
    below.length && above.length
      ? { below: [[], [far], [far, near]], above: [[], [farAbove], [nearAbove, farAbove]] }
      : { below: STEPS_OF.map(steps => [...steps].reverse()), above: STEPS_OF };
  const belowOf = colours.below[below.length],
    aboveOf = colours.above[above.length];
  if (!belowOf || !aboveOf) return null;
  return [
    ...below.map(([text], at) => ({ name: belowOf[at], text })),
    ...zero,
    ...above.map(([text], at) => ({ name: aboveOf[at], text }))
  ];
}

/** At most five steps of equal width between round numbers; below zero they are counted from zero down. */
function classesOneSide(low, high) {
  if (high <= 0 && low < 0) {
    return classesOneSide(-high, -low)
      .map(({ name, from, to }) => ({ name, from: -to, to: -from }))
      .reverse();
  }
  let width = roundUp((high - low || 1) / steps.length);
  const countOf = () => Math.max(1, Math.ceil(high / width - 1e-9) - Math.floor(low / width + 1e-9));
  while (countOf() > steps.length) width = roundUp(width * 1.01);
  const start = Math.floor(low / width + 1e-9);
  return steps
    .slice(steps.length - countOf())
    .map((name, at) => ({ name, from: (start + at) * width, to: (start + at + 1) * width }));
}

/** Two steps on each side of zero, of one width. */
function classesAboutZero(names, low, high) {
  const width = roundUp(Math.max(-low, high) / 2);
  return names.map((name, at) => ({ name, from: (at - 2) * width, to: (at - 1) * width }));
}

const decimalsOf = width =>
  width >= 1 && Number.isInteger(width) ? 0 : Math.max(1, Math.ceil(-Math.log10(width) - 1e-9));

/** The next of 1, 2, 2.5, 5, 10 … */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(step => step >= value * 0.999);
}
