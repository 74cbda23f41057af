// SPDX-License-Identifier: Apache-2.0
// Which area numbers are of, in words: a place that the reader chose and a figure that has no numbers of it must not be taken for each other.
import {
  hasColumn,
  labelOf,
  lineage,
  objectsOf,
  regionOfSentence,
  regionShown,
  sentenceOf,
  textOf
} from "./document.js";

/** Kinds that are of no area. */
const OF_NO_AREA = new Set(["life_lines"]);
const OF_ALL_AREAS = new Set(["region_map", "funnel", "table"]);
const MOST_NAMED = 3;

/** The regions that no other region of the report holds. */
const topOf = report => report.regions.filter(region => !report.regionOf.has(region.parent));

/** The whole of the model, and the names of what it is made of where they are few. */
export function wholeName(report, words) {
  const names = topOf(report).map(region => region.name);
  return names.length && names.length <= MOST_NAMED
    ? `${words("wholeModel")} (${names.join(", ")})`
    : words("wholeModel");
}

const nameOf = (report, code) => report.regionOf.get(code)?.name ?? code;

/** Whether the numbers of the whole are those of a region: the only one that no other holds. */
function isWhole(report, region) {
  const top = topOf(report);
  return top.length === 1 && top[0].code === region;
}

/** That the number of a place is of a larger area, or that it has none, and why where the document says so. */
function borrowedText(report, figure, row, words) {
  const region = report.regionOf.get(row.region);
  const isTold = (row.value ?? row.low_80 ?? null) !== null;
  if (isTold && (!row.basis || row.basis === region?.level)) return null;
  const called = column =>
    row[column] ? (labelOf(report, figure, column, row[column], words.language) ?? row[column]) : "";
  const own = nameOf(report, row.region);
  const text = isTold
    ? words("areaBorrowed", { own, of: above(report, region, row.basis)?.name ?? called("basis") })
    : words("areaUntold", { own });
  return row.reason ? `${text} (${called("reason")})` : text;
}

/** The area of a level that a region lies in. */
function above(report, region, level) {
  return lineage(report, region?.code)
    .map(code => report.regionOf.get(code))
    .find(at => at?.level === level);
}

const regionsOf = figure => new Set(objectsOf(figure).map(row => row.region ?? ""));

/** Of a figure that has neither the place nor the whole. */
function ofOthers(report, codes, own, words) {
  if (!codes.length || codes.length > MOST_NAMED) return words("areaLacking", { own });
  return words("areaShown", { own, shown: codes.map(code => nameOf(report, code)).join(", ") });
}

/** Whether the rows of a figure are of a place while its sentence is of the whole. */
function isSentenceOfWhole(report, figure, region) {
  const shown = regionShown(report, figure, region);
  if (!shown || figure.kind === "table" || isWhole(report, shown)) return false;
  return !regionOfSentence(report, figure, region) && regionsOf(figure).has("");
}

/** A figure's sentence; where its numbers are of a place and the sentence is not, it says that it is of the whole. */
export function sentenceIn(report, figure, region, words) {
  const sentence = sentenceOf(report, figure, region, words.language);
  return isSentenceOfWhole(report, figure, region) ? ofWholeText(report, sentence, words) : sentence;
}

/** A text of the whole, which says so. */
function ofWholeText(report, text, words) {
  const whole = wholeName(report, words);
  return `${whole[0].toUpperCase()}${whole.slice(1)}: ${text}`;
}

/** What is said of the areas of a figure with a region chosen, each {text, own}: `own` where all of it is of that region. */
export function areasOf(report, figure, region, words) {
  if (!region) return [];
  const area = areaText(report, figure, region, words);
  const shown = regionShown(report, figure, region);
  if (isSentenceOfWhole(report, figure, region)) {
    const values = { of: wholeName(report, words), shown: nameOf(report, shown) };
    return [...(area ? [area] : []), words("areaSentence", values)].map(text => ({ text, own: false }));
  }
  if (area) {
    const isOfWhole = !OF_ALL_AREAS.has(figure.kind) && !shown && regionOfSentence(report, figure, region);
    const values = { shown: wholeName(report, words), own: nameOf(report, region) };
    return [{ text: isOfWhole ? words("areaFigure", values) : area, own: false }];
  }
  return shown === region && figure.kind !== "table"
    ? [{ text: words("areaIs", { shown: nameOf(report, region) }), own: true }]
    : [];
}

/** The heading and paragraphs of a part of the plan text for a region: those that are not of it say that they are of the whole. */
export function partIn(report, { heading, paragraphs = [] }, region, words) {
  const write = text => textOf(text, words.language);
  const own = paragraphs.map(
    text => text?.text_by_region?.[lineage(report, region).find(code => text.text_by_region?.[code])]
  );
  const isPlain = !region || !paragraphs.length || isWhole(report, region);
  const someOwn = own.some(Boolean);
  return {
    heading: write(heading) + (isPlain || someOwn ? "" : ` (${words("wholeModel")})`),
    paragraphs: paragraphs.map((text, at) =>
      own[at] ? write(own[at]) : isPlain || !someOwn ? write(text) : ofWholeText(report, write(text), words)
    )
  };
}

/** What a figure says of its area where it has no numbers of the place that the reader chose; else null. */
export function areaText(report, figure, region, words) {
  if (!region || OF_NO_AREA.has(figure.kind)) return null;
  const own = nameOf(report, region);
  const ofWhole = () => (isWhole(report, region) ? null : words("areaWhole", { own, shown: wholeName(report, words) }));
  if (OF_ALL_AREAS.has(figure.kind)) {
    if (!hasColumn(figure, "region")) return hasColumn(figure, "scenario") ? ofWhole() : null;
    const row = objectsOf(figure).find(item => item.region === region);
    return row ? borrowedText(report, figure, row, words) : words("areaLacking", { own });
  }
  const shown = regionShown(report, figure, region);
  if (shown === region) return null;
  if (shown) return words("areaWhole", { own, shown: nameOf(report, shown) });
  const others = hasColumn(figure, "region") ? regionsOf(figure) : new Set([""]);
  if (!others.has("")) return ofOthers(report, [...others], own, words);
  return ofWhole();
}

/** What the map of the places says of one that has no number of its own. */
function borrowedOnMap(report, region, words) {
  for (const figure of report.figures.filter(({ kind }) => kind === "region_map")) {
    const row = objectsOf(figure).find(item => item.region === region);
    if (row) return borrowedText(report, figure, row, words);
  }
  return null;
}

/** Why a place has no number of its own, in brackets; nothing where the map of the places does not say. */
function reasonOnMap(report, region, words) {
  for (const figure of report.figures.filter(({ kind }) => kind === "region_map")) {
    const reason = objectsOf(figure).find(item => item.region === region)?.reason;
    if (reason) return ` (${labelOf(report, figure, "reason", reason, words.language) ?? reason})`;
  }
  return "";
}

/**
 * The sentences of the first screen in groups {area, texts}, each of one area. Those of a place, or of the nearest area above it that has
 * some, stand for the same ones of the whole and come first.
 */
export function leadOf(report, region, words) {
  const lead = report.document.lead ?? [];
  if (!report.regions.length) return [{ area: null, texts: lead }];
  const whole = wholeName(report, words);
  if (!region) return [{ area: words("areaIs", { shown: whole }), texts: lead }];
  const own = nameOf(report, region);
  const ofWhole = texts => ({
    area: isWhole(report, region) ? words("areaIs", { shown: own }) : words("areaWhole", { own, shown: whole }),
    texts
  });
  const of = nearestWithLead(report, region);
  if (!of) {
    const { area, texts } = ofWhole(lead);
    return [{ area: area + reasonOnMap(report, region, words), texts }];
  }
  const instead = report.document.lead_by_region[of];
  const texts = instead.filter(Boolean);
  const area =
    of === region
      ? (borrowedOnMap(report, region, words) ?? words("areaIs", { shown: own }))
      : words("areaWhole", { own, shown: nameOf(report, of) });
  const rest = lead.filter((text, at) => !instead[at]);
  return rest.length ? [{ area, texts }, ofWhole(rest)] : [{ area, texts }];
}

/** The region itself or the first above it that has sentences of its own. */
function nearestWithLead(report, region) {
  return lineage(report, region).find(code => report.document.lead_by_region?.[code]?.length) ?? null;
}
