// SPDX-License-Identifier: Apache-2.0
// Invented borders in degrees for regions: ragged cells in a grid about southern Norway, of both directions of ring.
export function geoOf(regions) {
  const across = Math.ceil(Math.sqrt(regions.length * 0.7));
  const corner = (column, row) => [6 + column * 5 / across + 0.12 * Math.sin(7 * row + 3 * column) * 5 / across, 58 + (row + 0.16 * Math.cos(5 * column + row)) * 4 / across];
  const edge = ([x0, y0], [x1, y1]) => Array.from({ length: 5 }, (_, at) => {
    const along = at / 5, bend = Math.sin(along * Math.PI) * 0.06 * Math.sin(31 * (x0 + y0 + x1 + y1));
    return [Number((x0 + (x1 - x0) * along + bend * (y1 - y0)).toFixed(4)), Number((y0 + (y1 - y0) * along - bend * (x1 - x0)).toFixed(4))];
  });
  return {
    type: "FeatureCollection",
    features: regions.map((region, at) => {
      const column = at % across, row = Math.floor(at / across);
      const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
      const ring = corners.flatMap((from, index) => edge(from, corners[(index + 1) % 4]));
      ring.push(ring[0]);
      return { type: "Feature", properties: { kommunenummer: region.code }, geometry: { type: at % 3 ? "Polygon" : "MultiPolygon", coordinates: at % 3 ? [at % 2 ? ring : ring.slice().reverse()] : [[ring]] } };
    })
  };
}
