// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, writeAddress } from "../../../output/report/web/src/address.js";

const nothing = { region: "", place: "", language: null, measure: "", views: {}, choices: {}, section: "" };

test("the state of the page comes back from its address", () => {
  const state = {
    region: "40",
    place: "Bø & Sauherad",
    language: "nn",
    measure: "ips & mer",
    views: { money: "table", "map-1": "strip" },
    choices: { x: "places", "ved-start": "2026" },
    section: "money"
  };
  assert.deepEqual(readAddress(writeAddress(state, "nb")), state);
});

test("what is as the page opens is not in the address", () =>
  assert.equal(writeAddress({ ...nothing, language: "nb" }, "nb"), ""));

test("a plain fragment is a section", () => assert.deepEqual(readAddress("#money"), { ...nothing, section: "money" }));

test("what is unknown is passed over", () => assert.deepEqual(readAddress("#lang=xx&foo=1&vis=,:,a"), nothing));

test("a broken escape does no harm", () => assert.equal(readAddress("#%E0%A4%A").section, "%E0%A4%A"));
