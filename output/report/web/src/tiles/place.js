// SPDX-License-Identifier: Apache-2.0
// A square for each region: the given ones, Norway's, or packed by the county they belong to.
import { groupBy } from "../document.js";
import { countiesAmong, countyTiles, municipalityTiles } from "./norway.js";

/**
 * Tiles {region, column, row} of exactly these regions, without empty columns and rows at the edges, and the headings {region, column, row}
 * of blocks of squares that are packed by county: a row of its own is left above each.
 */
export function tilesFor(regions, report, given) {
  const wanted = new Set(regions);
  const municipalities = Object.values(municipalityTiles).flat();
  for (const tiles of [given ?? [], countyTiles, municipalities, [...municipalities, ...countiesAmong]]) {
    const there = tiles.filter(tile => wanted.has(tile.region));
    if (there.length === wanted.size) return { tiles: trimmed(there), headings: [] };
  }
  return packed([...wanted], report);
}

/** By county: each county a block of squares, blocks in rows about as the counties lie; without counties in reading order. */
function packed(regions, report) {
  const byParent = groupBy(regions, region => report.regionOf.get(region)?.parent ?? "");
  const places = new Map(countyTiles.map(tile => [tile.region, tile]));
  if (![...byParent.keys()].every(parent => places.has(parent))) {
    return { tiles: block(regions, 0, 0, Math.ceil(Math.sqrt(regions.length * 1.5))), headings: [] };
  }
  return blocks([...byParent].map(([parent, members]) => ({ parent, members, at: places.get(parent) })));
}

function blocks(counties) {
  const across = members => Math.ceil(Math.sqrt(members.length));
  const down = members => Math.ceil(members.length / across(members));
  const tiles = [],
    headings = [];
  let row = 1;
  for (const line of [...new Set(counties.map(county => county.at.row))].sort((a, b) => a - b)) {
    const there = counties.filter(county => county.at.row === line).sort((a, b) => a.at.column - b.at.column);
    let column = 2 * there[0].at.column;
    for (const { parent, members } of there) {
      headings.push({ region: parent, column, row });
      tiles.push(...block(members, column, row, across(members)));
      column += across(members) + 1;
    }
    row += Math.max(...there.map(county => down(county.members))) + 1;
  }
  const left = Math.min(...tiles.map(tile => tile.column));
  const moved = item => ({ ...item, column: item.column - left });
  return { tiles: tiles.map(moved), headings: headings.map(moved) };
}

function block(regions, column, row, across) {
  return [...regions]
    .sort()
    .map((region, at) => ({ region, column: column + (at % across), row: row + Math.floor(at / across) }));
}

function trimmed(tiles) {
  const left = Math.min(...tiles.map(tile => tile.column)),
    top = Math.min(...tiles.map(tile => tile.row));
  return tiles.map(tile => ({ region: tile.region, column: tile.column - left, row: tile.row - top }));
}
