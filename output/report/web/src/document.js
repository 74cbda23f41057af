// SPDX-License-Identifier: Apache-2.0
// The report document as the drawings ask it: rows by column names, labels in the reader's language, what belongs to a region.

import { words } from "./words.js";

const WHOLE = "";
const FORMAT = "utvei: report/1";

/** Kinds that show all regions at once; the own region is marked in them, not picked out of them. */
const KINDS_OF_ALL_REGIONS = new Set(["region_map", "funnel"]);

export function readDocument(text) {
  const document = JSON.parse(text);
  if (document.format !== FORMAT) throw new Error(`the page's script reads ${FORMAT}, not ${document.format}`);
  return document.texts ? unpacked(document) : document;
}

/** What no text is looked for in: a map of the user's own, and cells. */
const LEFT_ALONE = new Set(["geo", "rows"]);

/** The document of a page that carries each text and column once, and of a row what differs from the row above it. */
function unpacked({ texts, columns, ...document }) {
  const all = texts.map(text => {
    const [nb, nn, en] = typeof text === "string" ? [text, text, text] : text;
    return { nb, nn, en };
  });
  const filled = value => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(filled);
    const { "#": number, ...more } = value;
    for (const [key, inner] of Object.entries(more)) if (!LEFT_ALONE.has(key)) more[key] = filled(inner);
    return number === undefined ? more : { ...all[number], ...more };
  };
  const whole = filled(document);
  const allColumns = filled(columns);
  for (const section of whole.sections)
    for (const figure of section.figures) {
      figure.columns = figure.columns.map(number => allColumns[number]);
      figure.rows = wholeRows(figure.rows, figure.columns.length);
    }
  return whole;
}

function wholeRows(rows, width) {
  let above = [];
  return rows.map(row => (above = [...above.slice(0, width - row.length), ...row]));
}

export class Report {
  constructor(document) {
    this.document = document;
    this.baseline = document.baseline ?? "";
    this.scenarios = document.scenarios ?? [];
    this.states = document.states ?? [];
    this.regions = (document.regions ?? []).filter(region => region.code !== WHOLE);
    this.stateOf = new Map(this.states.map(state => [state.name, state]));
    this.regionOf = new Map(this.regions.map(region => [region.code, region]));
    this.scenarioOf = new Map(this.scenarios.map(scenario => [scenario.name, scenario]));
  }

  get sections() {
    return this.document.sections ?? [];
  }
  get figures() {
    return this.sections.flatMap(section => section.figures ?? []);
  }
  figure(id) {
    return this.figures.find(figure => figure.id === id);
  }

  /** The scenarios that are not the zero alternative. */
  get measures() {
    return this.scenarios.filter(scenario => scenario.name !== this.baseline);
  }
}

/** A text in a language; Norwegian readers get the other Norwegian before English. */
export function textOf(text, language) {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return text[language] || text.nb || text.nn || text.en || "";
}

/** What a raw name is called: by the figure, by the document, or by what the document knows of states, scenarios and regions. */
export function labelOf(report, figure, column, raw, language) {
  const own = figure?.labels?.[column]?.[raw] ?? report.document.labels?.[column]?.[raw];
  if (own) return textOf(own, language);
  const node = figure?.kind === "sankey" ? figure.options?.nodes?.find(item => item.id === raw) : null;
  if (node && (column === "from" || column === "to")) return nodeLabel(report, figure, node, language);
  if (column === "state" || column === "from" || column === "to") {
    const state = report.stateOf.get(raw);
    if (state) return textOf(state.label, language);
  }
  if (column === "scenario" && report.scenarioOf.has(raw)) return textOf(report.scenarioOf.get(raw).label, language);
  if ((column === "region" || column === "reference") && raw === WHOLE)
    return textOf(report.document.words?.whole ?? words.wholeModel, language);
  if ((column === "region" || column === "reference") && report.regionOf.has(raw)) return report.regionOf.get(raw).name;
  return null;
}

/** A node of flows between dates is called by its date and its state. */
function nodeLabel(report, figure, node, language) {
  const state = textOf(node.label, language) || textOf(report.stateOf.get(node.state)?.label, language) || node.state;
  const date = textOf(figure.options.columns?.[node.column], language);
  return date ? `${date} ${state}` : state;
}

export function hasColumn(figure, name) {
  return (figure.columns ?? []).some(column => column.name === name);
}

/** Rows as objects by column name. */
export function objectsOf(figure, rows = figure.rows ?? []) {
  const names = (figure.columns ?? []).map(column => column.name);
  return rows.map(row => Object.fromEntries(names.map((name, at) => [name, row[at]])));
}

/** A region, and those above it from the nearest on. */
export function lineage(report, code) {
  const codes = [];
  for (let region = code; region && !codes.includes(region); region = report.regionOf.get(region)?.parent)
    codes.push(region);
  return codes;
}

/** The region whose rows a figure shows: the chosen one, else the one above it, else the whole. */
export function regionShown(report, figure, chosen) {
  if (!chosen || !hasColumn(figure, "region") || KINDS_OF_ALL_REGIONS.has(figure.kind)) return WHOLE;
  const there = new Set(objectsOf(figure).map(row => row.region ?? WHOLE));
  return lineage(report, chosen).find(region => there.has(region)) ?? WHOLE;
}

/** Rows of the region shown; all rows of a figure without regions, and of one that has none for the whole. */
export function rowsOfRegion(report, figure, chosen) {
  const rows = objectsOf(figure);
  if (!hasColumn(figure, "region") || KINDS_OF_ALL_REGIONS.has(figure.kind)) return rows;
  const region = regionShown(report, figure, chosen);
  const shown = rows.filter(row => (row.region ?? WHOLE) === region);
  return shown.length ? shown : rows;
}

/** The region that a figure's sentence is of: the chosen one or the nearest above it that has one; else the whole. */
export function regionOfSentence(report, figure, chosen) {
  const codes = KINDS_OF_ALL_REGIONS.has(figure.kind) ? [chosen] : lineage(report, chosen);
  return codes.find(region => region && figure.sentences?.[region]) ?? WHOLE;
}

/** The sentence of a figure for the region chosen. */
export function sentenceOf(report, figure, chosen, language) {
  const region = regionOfSentence(report, figure, chosen);
  return textOf(figure.sentences?.[region] ?? figure.sentence, language);
}

/** Regions that a search text may mean, best first: a code, a name's start, a part of a name. */
export function findRegions(regions, text) {
  const sought = text.trim().toLowerCase();
  if (!sought) return [];
  const code = sought.match(/\((\w+)\)\s*$/)?.[1] ?? sought;
  const rank = region => {
    const name = region.name.toLowerCase();
    if (region.code.toLowerCase() === code || name === sought) return 0;
    if (name.startsWith(sought)) return 1;
    return name.includes(sought) ? 2 : 3;
  };
  return regions
    .map(region => [rank(region), region])
    .filter(([at]) => at < 3)
    .sort((a, b) => a[0] - b[0] || a[1].name.localeCompare(b[1].name, "nb"))
    .map(([, region]) => region);
}

export function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}
