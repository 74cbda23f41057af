// SPDX-License-Identifier: Apache-2.0
// What a drawing is told: its rows, the reader's language and choices, the room it has, and how to write numbers and names.
import { formatNumber, formatPercent, formatSigned } from "./format.js";
import { hasColumn, labelOf, rowsOfRegion } from "./document.js";
import { sentenceIn } from "./area.js";
import { batchSentence } from "./kinds/batch_choice.js";
import { wordsFor } from "./words.js";

export function contextOf(report, figure, state, width) {
  const { language, region } = state;
  const words = wordsFor(report, language);
  const rows = rowsOfRegion(report, figure, region);
  const measure = measureShown(report, rows, state.measure);
  return {
    report,
    figure,
    language,
    region,
    width,
    rows,
    measure,
    rowsOfMeasure: hasColumn(figure, "scenario") ? rows.filter(row => row.scenario === measure) : rows,
    words,
    choices: state.choices ?? {},
    sentence: batchSentence(figure, state.choices, language) ?? sentenceIn(report, figure, region, words),
    number: (value, decimals = 0) => formatNumber(value, language, decimals),
    signed: (value, decimals = 0) => formatSigned(value, language, decimals),
    percent: (share, decimals = 1) => formatPercent(share, language, decimals),
    label: (column, raw, otherwise = null) => labelOf(report, figure, column, raw, language) ?? otherwise ?? String(raw)
  };
}

/** The measure chosen on the page where the rows have it, else the first that they have, else what there is. */
function measureShown(report, rows, chosen) {
  const there = new Set(rows.map(row => row.scenario));
  if (there.has(chosen)) return chosen;
  return report.measures.find(measure => there.has(measure.name))?.name ?? rows[0]?.scenario ?? "";
}
