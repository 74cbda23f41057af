// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { pointAt, routesOf } from "../../../output/report/web/src/kinds/pathway_routes.js";

const size = { width: 900, height: 540 };
const boxes = () =>
  new Map(
    Object.entries({ work: [300, 80], sick: [300, 300], aap: [300, 480], out: [560, 60], other: [560, 470] }).map(
      ([name, [x, y]]) => [name, { x, y, wide: 40, tall: 14 }]
    )
  );
const flows = Object.entries({
  work: ["sick", "aap", "out", "other"],
  sick: ["work", "aap"],
  aap: ["work", "other"],
  out: ["work"],
  other: ["work"]
}).flatMap(([from, all]) => all.map(to => ({ from, to, people: 10 })));

test("no two ways end in one place, and each end is at the edge of its box", () => {
  const places = boxes();
  const ends = routesOf(flows, places, size).flatMap(({ row, start, end }) => [
    { ...start, box: places.get(row.from) },
    { ...end, box: places.get(row.to) }
  ]);
  for (const [at, { x, y, box }] of ends.entries()) {
    const off = Math.max(Math.abs(x - box.x) - box.wide, Math.abs(y - box.y) - box.tall);
    assert.ok(Math.abs(off - 3) < 0.01, `${x}, ${y} is at the edge`);
    for (const other of ends.slice(at + 1)) assert.ok(Math.hypot(x - other.x, y - other.y) > 8);
  }
});

test("no way runs through a box, and the two ways between a pair lie apart", () => {
  const places = boxes(),
    routes = routesOf(flows, places, size);
  for (const route of routes) {
    for (const [name, box] of places) {
      if (name === route.row.from || name === route.row.to) continue;
      for (let share = 0.02; share < 1; share += 0.02) {
        const { x, y } = pointAt(route, share);
        assert.ok(
          Math.abs(x - box.x) > box.wide || Math.abs(y - box.y) > box.tall,
          `${route.row.from} ${route.row.to}`
        );
      }
    }
  }
  const between = (from, to) =>
    pointAt(
      routes.find(({ row }) => row.from === from && row.to === to),
      0.5
    );
  const [there, back] = [between("work", "sick"), between("sick", "work")];
  assert.ok(Math.hypot(there.x - back.x, there.y - back.y) > 20);
});
