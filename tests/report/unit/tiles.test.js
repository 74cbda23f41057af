// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Report } from "../../../output/report/web/src/document.js";
import { countiesAmong, countyTiles, municipalityTiles } from "../../../output/report/web/src/tiles/norway.js";
import { tilesFor } from "../../../output/report/web/src/tiles/place.js";
import { fixtureRegions } from "../fixture.js";

const regions = fixtureRegions(false),
  large = fixtureRegions(true);
const unique = tiles => new Set(tiles.map(tile => `${tile.column},${tile.row}`)).size === tiles.length;

test("every county has one square", () => {
  assert.deepEqual(
    countyTiles.map(tile => tile.region).sort(),
    regions
      .filter(region => region.level === "county")
      .map(region => region.code)
      .sort()
  );
  assert.ok(unique(countyTiles));
});

test("every municipality of the model has one square", () => {
  const tiles = Object.values(municipalityTiles).flat();
  assert.deepEqual(
    tiles.map(tile => tile.region).sort(),
    regions
      .filter(region => region.level === "municipality")
      .map(region => region.code)
      .sort()
  );
  assert.ok(unique(tiles));
  for (const [county, own] of Object.entries(municipalityTiles))
    assert.ok(
      own.every(tile => tile.region.startsWith(county)),
      county
    );
});

test("regions without squares of their own are packed by county, none on another", () => {
  const codes = large.filter(region => region.level === "municipality").map(region => region.code);
  const { tiles, headings } = tilesFor(codes, new Report({ regions: large }), null);
  assert.equal(tiles.length, 357);
  assert.ok(unique(tiles));
  assert.equal(headings.length, 15);
});

test("given squares win; a single county begins at the edge", () => {
  assert.deepEqual(
    tilesFor(["a", "b"], new Report({}), [
      { region: "a", column: 4, row: 2 },
      { region: "b", column: 5, row: 2 },
      { region: "c", column: 0, row: 0 }
    ]).tiles,
    [
      { region: "a", column: 0, row: 0 },
      { region: "b", column: 1, row: 0 }
    ]
  );
});

test("the model's municipalities and the counties without any stand together", () => {
  const counties = countiesAmong.map(tile => tile.region);
  const codes = [
    ...counties,
    ...Object.values(municipalityTiles)
      .flat()
      .map(tile => tile.region)
  ];
  const { tiles, headings } = tilesFor(codes, new Report({ regions }), null);
  assert.equal(tiles.length, codes.length);
  assert.ok(unique(tiles));
  assert.deepEqual(headings, []);
  assert.deepEqual(
    [...counties, ...Object.keys(municipalityTiles)].sort(),
    countyTiles.map(tile => tile.region).sort()
  );
});
