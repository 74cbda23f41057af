// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Report } from "../../../output/report/web/src/document.js";
import { csvOf } from "../../../output/report/web/src/download/csv.js";

const report = new Report({
  scenarios: [{ name: "ips", label: { nb: 'Jobbstøtte; "IPS"' } }],
  regions: [{ code: "4001", name: "Porsgrunn" }]
});
const column = (name, type, nb) => ({ name, type, label: { nb } });
const csv = rows =>
  csvOf(
    report,
    {
      columns: [
        column("scenario", "text", "Tiltak"),
        column("region", "text", "Sted"),
        column("value", "number", "Verdi"),
        column("note", "text", "Merknad")
      ],
      rows
    },
    "nb"
  );

test("a file for Norwegian spreadsheets: mark, semicolons, commas, raw names beside labels", () => {
  assert.equal(
    csv([["ips", "4001", -1234.5, "fri; tekst"]]),
    '\ufeffscenario;Tiltak;region;Sted;value;note\r\nips;"Jobbstøtte; ""IPS""";4001;Porsgrunn;-1234,5;"fri; tekst"\r\n'
  );
});

test("what is held back is empty", () => assert.match(csv([["ips", "4001", null, ""]]), /;Porsgrunn;;\r\n$/));

test("text is never a formula", () => {
  for (const text of ["=1+1", "+47", "@A1", "-x"])
    assert.ok(csv([["ips", "4001", 1, text]]).includes(`;'${text}`), text);
  assert.ok(csv([["ips", "4001", 1, "-5 til 3"]]).includes(";-5 til 3"));
});
