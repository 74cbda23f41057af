// SPDX-License-Identifier: Apache-2.0
// "Prøv selv" on the server of the fixture; with UTVEI_STUDIO, the address that `utvei studio` printed, what does not depend on the fixture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startStudio } from "../studio_server.js";
import { axePath, closeBrowser, missing, open } from "./open.js";

const real = process.env.UTVEI_STUDIO ?? null;
const options = { skip: missing };
const onMock = { skip: missing || (real ? "needs the fixture's server" : false) };
const LONG = { timeout: 120000 };
let studio;
before(async () => {
  studio = real ? { address: real, close: () => {} } : await startStudio();
});
after(async () => {
  await closeBrowser();
  studio.close();
});
const opened = more => open({ address: studio.address, ...more });
const said = page => page.locator("#studio .said");
const run = page => page.locator('[data-studio="run"]').click();
const name = label => `${label} ${process.pid}`;
async function runToEnd(page, called) {
  await page.locator("#studio-name").fill(called);
  await run(page);
  await page.locator("#studio .said", { hasText: called }).waitFor(LONG);
}

test("the token leaves the address, and every request of the page carries it", options, async () => {
  const { page, messages, close } = await opened();
  assert.doesNotMatch(page.url(), /token/);
  assert.ok(await page.locator("#studio").isVisible());
  assert.deepEqual(messages, []);
  await close();
});

test("every slider has a label, a twin, the value in words, and a way back", options, async () => {
  const { page, close } = await opened();
  const levers = await page.locator("#studio .lever").all();
  assert.ok(levers.length > 0);
  for (const lever of levers) {
    assert.ok(await lever.locator("label").textContent());
    assert.ok(await lever.locator("output").textContent());
    assert.ok(await lever.locator("input[type=range]").getAttribute("aria-valuetext"));
  }
  const first = levers[0],
    range = first.locator("input[type=range]"),
    twin = first.locator(".twin input").nth(1);
  const before = await twin.inputValue();
  await range.focus();
  await page.keyboard.press(
    (await range.inputValue()) === (await range.getAttribute("max")) ? "ArrowLeft" : "ArrowRight"
  );
  assert.notEqual(await twin.inputValue(), before);
  await first.locator("button").click();
  assert.equal(await twin.inputValue(), before);
  assert.ok(await first.locator("button").isDisabled());
  await close();
});

test("values in words, typed and by slider", onMock, async () => {
  const { page, close } = await opened();
  const words = id => page.locator(`[data-lever="${id}"] output`).textContent();
  assert.equal(await words("measures.ips.places.total"), "150 plasser");
  assert.equal(await words("measures.ips.runs.from"), "1. januar 2026");
  assert.equal(await words("measures.ips.uptake"), "50\u00a0%");
  assert.equal(await words("measures.ips.effects.0"), "1,35 ganger raten uten tiltaket");
  assert.equal(await words("measures.mentor.found_after"), "4 uker");
  await page.locator('[data-lever="measures.ips.runs.from"] input[type=date]').fill("2027-03-15");
  assert.equal(await words("measures.ips.runs.from"), "15. mars 2027");
  await page.locator('[data-lever="measures.ips.places.total"] input[type=number]').fill("1000");
  assert.match(
    await page.locator('[data-lever="measures.ips.places.total"] .error').textContent(),
    /fra 0 plasser til 300 plasser/
  );
  await run(page);
  assert.match(await said(page).textContent(), /Noen verdier/);
  await close();
});

test("a part of a place, and a name that cannot be one, are told at their fields", onMock, async () => {
  const { page, close } = await opened();
  const places = page.locator('[data-lever="measures.ips.places.total"]');
  await places.locator("input[type=number]").fill("2.5");
  assert.match(await places.locator(".error").textContent(), /^Skriv et helt tall fra 0 plasser til 300 plasser/);
  await places.locator("button").click();
  const asked = studio.log.requests.length;
  await page.locator("#studio-name").fill("a/b");
  await run(page);
  assert.match(await page.locator("#studio-name-error").textContent(), /uten skråstrek/);
  assert.equal(await page.locator("#studio-name").getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "studio-name");
  assert.equal(studio.log.requests.slice(asked).filter(one => one.startsWith("POST")).length, 0);
  await page.locator("#studio-name").fill("avvist");
  await run(page);
  await page.locator("#studio-name-error", { hasText: "Ikke dette navnet" }).waitFor();
  await page.locator('[data-lever="measures.mentor.found_after"] input[type=number]').fill("1");
  assert.equal(await page.locator('[data-lever="measures.mentor.found_after"] output').textContent(), "1 uke");
  assert.equal(await page.locator('[data-lever="measures.mentor.found_after"] .unit').textContent(), "uke");
  await close();
});

test("long counts have room between thousands; what is said follows the language", onMock, async () => {
  const { page, close } = await opened();
  await page.locator("#studio-name").fill("teller");
  await run(page);
  await page.locator("#studio .step", { hasText: /000.av.501.510/ }).waitFor(LONG);
  await page.locator("#studio .said", { hasText: "er ferdig" }).waitFor(LONG);
  await page.locator('[data-language="en"]').click();
  assert.match(await said(page).textContent(), /is finished/);
  assert.match(await page.locator("#studio-name").inputValue(), /^try /);
  await close();
});

test("a run shows how far it is, and its answer redraws the page as the reader had it", options, async () => {
  const { page, messages, close } = await opened({ hash: "#lang=nn" });
  const marked = await page.evaluate(() => (window.stillHere = true));
  assert.ok(marked);
  const tab = page.locator("figure [role=tab]", { hasText: "Tabell" }).first();
  await tab.click();
  const called = name("mitt");
  await page.locator("#studio-name").fill(called);
  await run(page);
  await page.locator('[data-studio="stop"]').waitFor();
  assert.ok(await page.locator("#studio progress").isVisible());
  await page.locator("#studio .said", { hasText: called }).waitFor(LONG);
  assert.equal(await page.evaluate(() => window.stillHere), true, "no reload");
  assert.match(page.url(), /lang=nn/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "nn");
  assert.equal(await tab.getAttribute("aria-selected"), "true");
  assert.equal(await page.locator(`[data-kept="${called}"]`).count(), 1);
  assert.ok((await page.locator("#measure").count()) === 0 || (await page.locator("#measure").inputValue()) === called);
  const kept = page.locator(`[data-kept="${called}"]`);
  await kept.locator("button", { hasText: "YAML" }).click();
  assert.match(await kept.locator("pre").textContent(), /extends:/);
  await kept.locator("button", { hasText: "Ta bort" }).click();
  await page.locator(`[data-kept="${called}"]`).waitFor({ state: "detached", ...LONG });
  assert.deepEqual(messages, []);
  await close();
});

test("Stop stops, and the page can run again", options, async () => {
  const { page, close } = await opened();
  await page.locator("#studio-name").fill(name("stopp"));
  await run(page);
  await page.locator('[data-studio="stop"]').click();
  await page.locator("#studio .said", { hasText: "stoppet" }).waitFor(LONG);
  assert.equal(await page.locator('[data-studio="run"]').isDisabled(), false);
  assert.equal(await page.locator(`[data-kept="${name("stopp")}"]`).count(), 0);
  await close();
});

test("what was moved is what is sent; only that", onMock, async () => {
  const { page, close } = await opened();
  await page.locator('[data-lever="measures.ips.uptake"] input[type=number]').fill("70");
  await page.locator('[data-lever="measures.ips.runs.from"] input[type=date]').fill("2027-03-15");
  await runToEnd(page, "sendt");
  assert.deepEqual(studio.log.last, {
    scenario: "ips",
    name: "sendt",
    levers: { "measures.ips.uptake": 0.7, "measures.ips.runs.from": "2027-03-15" }
  });
  await page.locator("#studio-name").fill("sendt");
  await run(page);
  await page.locator("#studio-name-error", { hasText: "i bruk" }).waitFor();
  const kept = page.locator('[data-kept="sendt"]');
  await kept.locator("button", { hasText: "Lagre" }).click();
  await page.locator("#studio .said", { hasText: "sendt.yaml" }).waitFor();
  await kept.locator("button", { hasText: "Lagre" }).click();
  await page.locator("#studio .said", { hasText: "ikke rørt" }).waitFor();
  await close();
});

test("wrong values are told beside their sliders, a failed run in words", onMock, async () => {
  const { page, close } = await opened();
  await page.locator('[data-lever="measures.ips.places.total"] input[type=number]').fill("13");
  await page.locator('[data-lever="measures.mentor.found_after"] input[type=number]').fill("13");
  await run(page);
  for (const id of ["measures.ips.places.total", "measures.mentor.found_after"]) {
    await page.locator(`[data-lever="${id}"] .error`, { hasText: `Ikke ${id}` }).waitFor();
    assert.equal(await page.locator(`[data-lever="${id}"] input[type=range]`).getAttribute("aria-invalid"), "true");
  }
  await page.locator('[data-studio="reset"]').click();
  await page.locator("#studio-name").fill("feil");
  await run(page);
  await page.locator("#studio .said", { hasText: "Det gikk ikke" }).waitFor();
  await close();
});

test("two pages at once see each other's tries; a closed tab stops its run", onMock, async () => {
  const one = await opened(),
    two = await opened();
  await Promise.all([runToEnd(one.page, "fra en"), runToEnd(two.page, "fra to")]);
  await one.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await one.page.locator('[data-kept="fra to"]').waitFor();
  const stopped = studio.log.stopped;
  await two.page.locator("#studio-name").fill("lukket");
  await run(two.page);
  await two.page.locator('[data-studio="stop"]').waitFor();
  await two.page.waitForTimeout(100);
  await two.close();
  for (let tries = 0; tries < 50 && studio.log.stopped === stopped; ++tries) await one.page.waitForTimeout(50);
  assert.equal(studio.log.stopped, stopped + 1);
  await one.close();
});

for (const view of [{}, { scheme: "dark", width: 320 }, { hash: "#lang=en" }]) {
  test(`axe finds nothing, and nothing is wider than the page: ${JSON.stringify(view)}`, options, async () => {
    const { page, close } = await opened(view);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= (view.width ?? 1200));
    await page.evaluate(readFileSync(axePath, "utf8"));
    const found = await page.evaluate(async () =>
      (await window.axe.run("#studio", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`
      )
    );
    assert.deepEqual(found, []);
    await close();
  });
}

test("the panel is not printed", options, async () => {
  const { page, close } = await opened();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#studio").isVisible(), false);
  await close();
});
