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

/** Municipalities that are no regions of the report but lie in one: {name, region}. */
export function municipalitiesOf(report) {
  const names = new Set(report.regions.map(region => region.name));
  return (report.document.municipalities ?? []).filter(
    ({ name, region }) => report.regionOf.has(region) && !names.has(name)
  );
}

const same = (one, other) => one.localeCompare(other, "nb", { sensitivity: "accent" }) === 0;

/** The number of a Norwegian municipality begins with that of its county. */
function byNumber(report, text) {
  const county = /^\d{4}$/.test(text) && !report.regionOf.has(text) ? report.regionOf.get(text.slice(0, 2)) : null;
  return county?.level === "county" ? [{ region: county, place: text }] : [];
}

/** The municipalities of exactly this name or number, with the region of each: {region, place}. */
export function placesCalled(report, text) {
  const sought = text.trim();
  if (!sought) return [];
  const named = municipalitiesOf(report).filter(({ name }) => same(name, sought));
  return [
    ...named.map(({ name, region }) => ({ region: report.regionOf.get(region), place: name })),
    ...byNumber(report, sought)
  ];
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
      .map(({ name, region }) => ({ region: report.regionOf.get(region), place: name }))
  ];
  return [...all.filter(begins), ...all.filter(item => !begins(item))].slice(0, MOST_SHOWN);
}
