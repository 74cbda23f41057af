// SPDX-License-Identifier: Apache-2.0
// What the reader chose of a batch: which measure, which axes lie along the sides, and where the others are held. One choice for all
// figures of the page: it is part of the page's state and of its address.
import { h } from "../dom.js";
import { textOf } from "../document.js";

/** All values of an axis, in panels beside each other. */
export const ALL = "*";
const MOST_PANELS = 6;
const KINDS = new Set(["batch_heat", "batch_curve", "batch_ranking", "batch_axes"]);

export const isOfBatch = figure => KINDS.has(figure.kind);

const axesOf = figure => figure.options?.axes ?? [];
const longest = axes => [...axes].sort((a, b) => b.values.length - a.values.length);

/** The choice as far as the figure has it, else as it opens: the longest axes along the sides, another one in panels. */
export function choiceOf(figure, chosen = {}) {
  const outcomes = figure.options?.outcomes ?? [];
  const axes = axesOf(figure).filter(axis => axis.values.length > 1);
  const named = name => axes.find(axis => axis.name === name);
  const outcome = outcomes.find(item => item.name === chosen.maal) ?? outcomes[0];
  const x = named(chosen.x) ?? longest(axes)[0] ?? axesOf(figure)[0];
  const others = axes.filter(axis => axis !== x);
  const wantsY = figure.kind === "batch_heat";
  const y = wantsY ? (others.find(axis => axis.name === chosen.y) ?? longest(others)[0]) : null;
  const held = {};
  let panels = null;
  for (const axis of others.filter(item => item !== y)) {
    const asked = chosen[`ved-${axis.name}`];
    const usual = !panels && axis.values.length <= MOST_PANELS ? ALL : middle(axis);
    held[axis.name] = axis.values.includes(asked) || (asked === ALL && !panels) ? asked : usual;
    if (held[axis.name] === ALL) panels = axis;
  }
  return { outcome, x, y, held, panels, others: others.filter(item => item !== y) };
}

const middle = axis => axis.values[Math.floor((axis.values.length - 1) / 2)];

/** The rows of the measure chosen, where the axes that are held have their values. */
export function rowsChosen(figure, rows, choice) {
  const at = axis => row => choice.held[axis.name] === ALL || row[axis.column] === choice.held[axis.name];
  const single = axesOf(figure).filter(axis => axis.name in choice.held);
  return rows.filter(row => row.outcome === choice.outcome?.name && single.every(axis => at(axis)(row)));
}

/** Cells of the grid that hold no row: of a scenario without a result (`missing`), else one that the batch leaves out. */
export function emptyCells(figure, rows, choice) {
  const axes = axesOf(figure);
  const along = axis =>
    axis === choice.x || axis === choice.y || axis === choice.panels
      ? axis.values
      : [choice.held[axis.name] ?? axis.values[0]];
  const cells = axes.reduce((all, axis) => all.flatMap(cell => along(axis).map(value => [...cell, value])), [[]]);
  const keyOf = values => JSON.stringify(values);
  const there = new Set(rows.map(row => keyOf(axes.map(axis => row[axis.column]))));
  const missing = new Set((figure.options?.missing ?? []).map(keyOf));
  return cells
    .filter(cell => !there.has(keyOf(cell)))
    .map(cell => ({
      ...Object.fromEntries(axes.map((axis, at) => [axis.column, cell[at]])),
      why: missing.has(keyOf(cell)) ? "batchMissing" : "batchLeftOut"
    }));
}

/** The sentence of the measure chosen. */
export function batchSentence(figure, chosen, language) {
  const { outcome } = choiceOf(figure, chosen);
  return textOf(figure.options?.sentences?.[outcome?.name], language) || null;
}

/** The controls of a figure: a measure, and where there are axes to choose between, these. */
export function buildBatchChoice(figure, page) {
  const { language } = page.state;
  const chosen = page.state.choices;
  const choice = choiceOf(figure, chosen);
  const choose = (key, value) => page.chooseOfBatch(key, value, `#${figure.id}-${key}`);
  const select = (key, label, options, value) =>
    options.length < 2
      ? null
      : h(
          "label",
          { class: "choice", for: `${figure.id}-${key}` },
          label,
          h(
            "select",
            { id: `${figure.id}-${key}`, onchange: event => choose(key, event.target.value) },
            options.map(option => h("option", { value: option.value, selected: option.value === value }, option.label))
          )
        );
  const axes = axesOf(figure).filter(axis => axis.values.length > 1);
  const named = list => list.map(axis => ({ value: axis.name, label: textOf(axis.label, language) }));
  const controls = [
    select(
      "maal",
      page.words("batchMeasure"),
      (figure.options?.outcomes ?? []).map(item => ({ value: item.name, label: textOf(item.label, language) })),
      choice.outcome?.name
    )
  ];
  if (figure.kind === "batch_heat" || figure.kind === "batch_curve") {
    controls.push(select("x", page.words("batchAcross"), named(axes), choice.x?.name));
    if (choice.y)
      controls.push(select("y", page.words("batchDown"), named(axes.filter(axis => axis !== choice.x)), choice.y.name));
    for (const axis of choice.others) controls.push(held(axis));
  }
  function held(axis) {
    const taken = choice.panels && choice.panels !== axis;
    return select(
      `ved-${axis.name}`,
      textOf(axis.label, language),
      [
        ...(taken ? [] : [{ value: ALL, label: page.words("batchAll") }]),
        ...axis.values.map(value => ({ value, label: labelOfValue(figure, axis, value, language) }))
      ],
      choice.held[axis.name]
    );
  }
  const shown = controls.filter(Boolean);
  return shown.length
    ? h("div", { class: "choices", role: "group", "aria-label": page.words("batchChoices") }, shown)
    : null;
}

/** A value of an axis as readers write it. */
export function labelOfValue(figure, axis, value, language) {
  return textOf(figure.labels?.[axis.column]?.[value], language) || String(value);
}
