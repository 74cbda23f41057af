// SPDX-License-Identifier: Apache-2.0
// What the field for the own place is called, and what a text in it may mean: regions of the report, and municipalities that lie in one.
import { findRegions } from "../document.js";

const MOST_SHOWN = 8;
const KINDS = { county: "ownRegionCounty", mixed: "ownRegionArea", other: "ownRegionArea" };

/** The word of the field's label: by what the document says its regions are, else by their levels. */
export function labelOfField(report) {
  const levels = new Set(report.regions.map(region => region.level));
  const kind = report.document.region_kind ?? (levels.size === 1 ? [...levels][0] : "municipality");
  return KINDS[kind] ?? "ownRegion";
}

/** Municipalities that are no regions of the report but lie in one: {code, name, region}. */
export function municipalitiesOf(report) {
  const names = new Set(report.regions.map(region => region.name));
  return (report.document.municipalities ?? []).filter(
    ({ name, region }) => report.regionOf.has(region) && !names.has(name)
  );
}

const same = (one, other) => one.localeCompare(other, "nb", { sensitivity: "accent" }) === 0;

/**
 * The municipality of a number. It begins with that of its county, which is all there is to go by where the report knows no municipality of
 * the county; where it knows them, a number that is none of theirs is none.
 */
function byNumber(report, text) {
  if (!/^\d{4}$/.test(text) || report.regionOf.has(text)) return [];
  const all = municipalitiesOf(report);
  const known = all.filter(({ code }) => code === text);
  if (known.length) return known.map(asItem(report));
  const county = report.regionOf.get(text.slice(0, 2));
  const isKnown =
    all.some(({ code, region }) => code && region === county?.code) ||
    report.regions.some(({ parent }) => parent === county?.code);
  return county?.level === "county" && !isKnown ? [{ region: county, place: text }] : [];
}

const asItem =
  report =>
  ({ name, region }) => ({ region: report.regionOf.get(region), place: name });

/** The municipalities of exactly this name or number, with the region of each: {region, place}. */
export function placesCalled(report, text) {
  const sought = text.trim();
  if (!sought) return [];
  const named = municipalitiesOf(report).filter(({ name }) => same(name, sought));
  return [...named.map(asItem(report)), ...byNumber(report, sought)];
}

/** How many letters must be put in, left out, changed, or swapped with the next to make one text of another. */
export function lettersApart(one, other) {
  let before = [],
    last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; ++i) {
    const row = [i];
    for (let j = 1; j <= other.length; ++j) {
      const isSame = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[other.length];
}

const MOST_MEANT = 3;
const LETTERS_TO_A_SLIP = 4;

/** What a name that is none may mean, nearest first: {region, place}; one letter in four may be wrong. */
export function placesMeant(report, text) {
  const sought = text.trim().toLowerCase();
  if (/^\d*$/.test(sought)) return [];
  const most = Math.max(1, Math.floor(sought.length / LETTERS_TO_A_SLIP));
  const all = [...report.regions.map(region => ({ region })), ...municipalitiesOf(report).map(asItem(report))];
  return all
    .map(item => ({ item, apart: lettersApart(sought, (item.place ?? item.region.name).toLowerCase()) }))
    .filter(({ apart }) => apart <= most)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, MOST_MEANT)
    .map(({ item }) => item);
}

/** What the list below the field shows for a text, best first: {region, place}; for none all regions by name. */
export function suggestionsFor(report, text) {
  const sought = text.trim().toLowerCase();
  if (!sought) {
    const all = [...report.regions].sort((a, b) => a.name.localeCompare(b.name, "nb"));
    return all.map(region => ({ region }));
  }
  const begins = ({ region, place }) => (place ?? region.name).toLowerCase().startsWith(sought);
  const all = [
    ...findRegions(report.regions, text).map(region => ({ region })),
    ...byNumber(report, sought),
    ...municipalitiesOf(report)
      .filter(({ name }) => name.toLowerCase().includes(sought))
      .map(asItem(report))
  ];
  return [...all.filter(begins), ...all.filter(item => !begins(item))].slice(0, MOST_SHOWN);
}
