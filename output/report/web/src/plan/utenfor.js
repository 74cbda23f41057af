// SPDX-License-Identifier: Apache-2.0
// The arithmetic of KS Utenfor-regnskapet: target group x share that succeeds x saving per person, less the cost; and our amounts by payer.
import { rowsOfRegion } from "../document.js";

const PAYERS = {
  municipality: ["municipality", "kommune"],
  county: ["county", "fylkeskommune"],
  state: ["state", "stat"]
};

/** Payers that are KS' three, no public purse, or a sum. */
const NOT_OTHERS = new Set([...Object.values(PAYERS).flat(), "person", "employer", "tax_cost", "sum", "society"]);
const known = value => value !== null && value !== undefined;

/** A number as people type it: spaces between thousands, a comma or point for decimals, "kr" or "%" after it; null for what is none. */
export function readNumber(text) {
  const bare = String(text ?? "")
    .replace(/[\s\u00a0\u202f]|kr\.?|%/gi, "")
    .replace("\u2212", "-")
    .replace(/(,-|,–)$/, "");
  const thousands = /^-?\d{1,3}([.,]\d{3})+$/.test(bare) ? bare.replace(/[.,]/g, "") : bare.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(thousands) ? Number(thousands) : null;
}

/**
 * KS' answer in kroner by payer, with the cost on its own line; null for what is not typed, and for all until group, share and a
 * saving are.
 */
export function ksAnswer(typed) {
  const group = readNumber(typed.group),
    share = readNumber(typed.share);
  const savings = Object.keys(PAYERS).map(payer => [payer, readNumber(typed[payer])]);
  if (group === null || share === null || savings.every(([, saving]) => saving === null)) return null;
  const succeed = (group * share) / 100;
  const answer = Object.fromEntries(
    savings.map(([payer, saving]) => [payer, saving === null ? null : succeed * saving])
  );
  const cost = readNumber(typed.cost);
  return { ...answer, cost, sum: Object.values(answer).reduce((sum, amount) => sum + (amount ?? 0), 0) - (cost ?? 0) };
}

/**
 * Our amount of each of KS' three payers and of each other public one, with its 80 % interval, and the sum of them, from the first figure of
 * money by payer.
 */
export function ourAmounts(report, state) {
  const figure = report.figures.find(item => item.kind === "waterfall");
  if (!figure) return { sum: null, others: [] };
  const rows = rowsOfRegion(report, figure, state.region).filter(
    row => !row.scenario || row.scenario === (state.measure || report.measures[0]?.name)
  );
  const result = { sum: null, others: [] };
  for (const [payer, names] of Object.entries(PAYERS)) {
    const row = rows.find(item => names.includes(item.payer) && item.amount !== null);
    if (!row) continue;
    // Whole kroner: the sum is that of the rows as they stand.
    const amount = Math.round(row.amount);
    result[payer] = { amount, low: row.low_80 ?? null, high: row.high_80 ?? null };
    result.sum = (result.sum ?? 0) + amount;
  }
  const others = rows.filter(row => !NOT_OTHERS.has(row.payer) && known(row.amount));
  for (const row of others) {
    const amount = Math.round(row.amount);
    result.others.push({ payer: row.payer, amount, low: row.low_80 ?? null, high: row.high_80 ?? null });
    result.sum = (result.sum ?? 0) + amount;
  }
  return result;
}
