// SPDX-License-Identifier: Apache-2.0
// What a planner of a municipality meets in a report of counties (fixture/county.js).
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { countyDocument } from "../fixture/county.js";
import { pageOf } from "../fixture.js";
import { axePath, closeBrowser, missing, open } from "./open.js";

const options = { skip: missing };
after(closeBrowser);

const folder = mkdtempSync(join(tmpdir(), "utvei-county-"));
const file = (name, document) => {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, pageOf(document));
  return path;
};
const ofCounties = () => file("counties", countyDocument());
const opened = more => open({ file: ofCounties(), ...more });
const found = page => page.locator("#own-region-said");

test(
  "a municipality is found while it is typed: where it lies, a button, the county in the address",
  options,
  async () => {
    const { page, messages, close } = await opened();
    const field = page.locator("#own-region");
    assert.equal(await page.locator('label[for="own-region"]').textContent(), "Ditt fylke");
    await field.click();
    assert.deepEqual(await page.locator("[role=option]").allTextContents(), ["Telemark 40", "Vestfold 39"]);
    await page.keyboard.type("pors");
    assert.deepEqual(await page.locator("[role=option]").allTextContents(), ["Porsgrunn ligger i Telemark"]);
    await page.keyboard.type("grunn");
    assert.match(await found(page).textContent(), /^Porsgrunn ligger i Telemark\. Vis Telemark/);
    await found(page).locator("button").click();
    assert.match(page.url(), /#kommune=40&sted=Porsgrunn$/);
    assert.equal(await field.inputValue(), "Telemark");
    const told = "Porsgrunn ligger i Telemark. Modellen har tall for hele Telemark, ikke for Porsgrunn alene.";
    assert.equal(await found(page).textContent(), told);
    await page.reload();
    assert.equal(await found(page).textContent(), told);
    await page.locator('[data-language="en"]').click();
    assert.equal(
      await found(page).textContent(),
      "Porsgrunn is in Telemark. The model has numbers of all of Telemark, not of Porsgrunn alone."
    );
    assert.equal(await page.locator('label[for="own-region"]').textContent(), "Your county");
    assert.deepEqual(messages, []);
    await close();
  }
);

test("by keyboard alone; its number is understood, and of two of one name the reader says which", options, async () => {
  const { page, close } = await opened();
  await page.locator("#own-region").focus();
  await page.keyboard.type("porsgrunn");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#kommune=40&sted=Porsgrunn$/);
  await page.locator("#own-region").fill("3909");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#kommune=39&sted=Larvik$/);
  await page.locator("#own-region").fill("Nes");
  await page.keyboard.press("Enter");
  assert.equal(await found(page).locator("button").count(), 2);
  await found(page).locator("button", { hasText: "Telemark" }).click();
  assert.match(page.url(), /#kommune=40&sted=Nes$/);
  await close();
});

test("a name with a slip is asked about, and a number that is none is refused", options, async () => {
  const { page, close } = await opened();
  const field = page.locator("#own-region");
  await field.fill("Posrgrunn");
  await page.keyboard.press("Enter");
  assert.equal(await found(page).textContent(), "Finner ikke «Posrgrunn». Ingen er valgt. Mente du Porsgrunn?");
  await found(page).locator("button").click();
  assert.match(page.url(), /#kommune=40&sted=Porsgrunn$/);
  await field.fill("4099");
  await page.keyboard.press("Enter");
  assert.equal(await found(page).textContent(), "Finner ikke «4099». Ingen er valgt.");
  await close();
});

test("what is refused is said once, and nothing in the bar moves", options, async () => {
  const { page, close } = await opened();
  const boxes = () =>
    page.locator("header.bar > div").evaluateAll(all => all.map(item => item.getBoundingClientRect().toJSON()));
  const before = await boxes();
  await page.locator("#own-region").fill("Tullby");
  await page.keyboard.press("Enter");
  const text = await page.locator("header.bar").innerText();
  assert.equal(text.match(/Tullby/g).length, 1);
  const moved = (await boxes()).filter(
    (box, at) => Math.abs(box.x - before[at].x) > 3 || Math.abs(box.y - before[at].y) > 3
  );
  assert.deepEqual(moved, []);
  await close();
});

test("with a county chosen every figure says what it and its sentence are of", options, async () => {
  const { page, close } = await opened({ hash: "#kommune=40" });
  const chips = id => page.locator(`#${id} .area`).allTextContents();
  assert.equal(await page.locator("#outside .sentence").textContent(), "Telemark: 146 færre personår.");
  assert.deepEqual(await chips("outside"), ["Gjelder Telemark"]);
  assert.deepEqual(await chips("states-of-people"), [
    "Setningen gjelder hele modellen (Vestfold, Telemark), figuren Telemark"
  ]);
  assert.match(await page.locator("#states-of-people .sentence").textContent(), /^Hele modellen/);
  assert.deepEqual(await chips("places-and-queue"), ["Gjelder hele modellen (Vestfold, Telemark), ikke bare Telemark"]);
  await close();
});

test("figures tell whole years, where the change begins, few colours, and only what they draw", options, async () => {
  const { page, close } = await opened({ hash: "#kommune=40" });
  const text = id => page.locator(`#${id} svg.figure-drawing:visible`).textContent();
  assert.match(await text("outside"), /2035: −13/);
  assert.match(await text("outside"), /endring fra 2026/);
  assert.doesNotMatch(await text("outside"), /50 %/);
  assert.match(await text("states-of-people"), /tallene til høyre: 2035/);
  const colours = await page
    .locator("#by-county .key rect")
    .evaluateAll(all => all.map(one => one.getAttribute("fill")));
  assert.deepEqual(colours, ["var(--step4)", "var(--step1)"]);
  assert.match(await text("places-and-queue"), /2030: plasser 120, deltakere 119/);
  assert.match(await text("places-and-queue"), /2030: venter 400, fikk ikke plass 1\s165/);
  await page.locator("#by-county [role=tab]", { hasText: "Rangert" }).click();
  assert.doesNotMatch(await text("by-county"), /intervall/);
  await close();
});

test("another language is everywhere at once, and goes with the links", options, async () => {
  const { page, close } = await opened({ hash: "#kommune=40" });
  await page.locator('[data-action="copy"]').click();
  await page.locator("p.status", { hasText: "Planteksten" }).waitFor();
  await page.locator('[data-language="en"]').click();
  assert.equal(await page.locator("p.status").textContent(), "The plan text is copied.");
  assert.deepEqual(await page.locator("nav.links a").allTextContents(), ["NAV in the county", "The municipality"]);
  assert.equal(await page.locator("nav.links a").first().getAttribute("href"), "nav.html#lang=en");
  assert.doesNotMatch(await page.locator("main").innerText(), /[æøåÆØ]|\bikke\b/);
  await page.locator('[data-language="nb"]').click();
  assert.equal(await page.locator("nav.links a").first().getAttribute("href"), "nav.html");
  assert.equal(await page.locator(".lead code").textContent(), "306");
  await close();
});

test("the plan text is of the county where it can be, and says what it leaves out", options, async () => {
  const { page, close } = await opened({ hash: "#kommune=40" });
  const text = await page.evaluate(async () => {
    let copied = "";
    navigator.clipboard.write = async ([item]) => {
      copied = await (await item.getType("text/plain")).text();
    };
    document.querySelector('[data-action="copy"]').click();
    while (!copied) await new Promise(done => setTimeout(done, 20));
    return copied;
  });
  assert.match(
    text,
    /\nProblemet\n\nI Telemark er 24 000 utenfor\.\nHele modellen \(Vestfold, Telemark\): Det er mange\./
  );
  assert.match(text, /\nMål \(hele modellen\)\n/);
  assert.match(text, /Tre tiltak gir 306 færre/);
  for (const service of ["Jobbstøtte", "Rehabilitering"]) assert.match(text, new RegExp(`${service}\t2035\t0\t`));
  assert.match(text, /Viser 20.*2035: 24 av 30 rader; alle står i CSV-fila\./);
  await close();
});

test("on paper a column of nothing is left out, and a figure stays with its sentence", options, async () => {
  const { page, close } = await opened({ hash: "#kommune=40" });
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.doesNotMatch(await page.locator("#outside").innerText(), /50 %, fra/);
  const breaks = await page.evaluate(() =>
    ["figcaption", ".sentence", ".drawing.printed", "h2"].map(
      name => getComputedStyle(document.querySelector(`main ${name}`)).breakAfter
    )
  );
  assert.deepEqual(breaks, ["avoid", "avoid", "avoid", "avoid"]);
  await close();
});

test("a page of an older program works without what is new", options, async () => {
  const { page, messages, close } = await open({
    file: file("older", countyDocument({ keys: false })),
    hash: "#kommune=40"
  });
  assert.match(await page.locator("#outside .sentence").textContent(), /^Hele modellen .*306 færre/);
  await page.locator("#own-region").fill("Porsgrunn");
  await page.keyboard.press("Enter");
  assert.match(await found(page).textContent(), /Finner ikke «Porsgrunn»/);
  assert.deepEqual(messages, []);
  await close();
});

test("a page that follows a plan has no form for money", options, async () => {
  const document = countyDocument();
  const columns = ["step", "year", "expected"].map(name => ({ name, type: "text", label: { nb: name } }));
  const steps = { id: "steps", kind: "steps", title: { nb: "Leddene" }, sentence: { nb: "Som ventet." }, columns };
  document.sections[0].figures = [{ ...steps, rows: [["begynte", 2027, 3]] }];
  document.plan = { parts: [] };
  const { page, messages, close } = await open({ file: file("plan", document) });
  assert.ok(await page.locator("#local-notes").isVisible());
  assert.equal(await page.locator("#ks-group").count(), 0);
  assert.doesNotMatch(await page.locator("#own-notes").innerText(), /KS/);
  assert.deepEqual(messages, []);
  await close();
});

test("axe finds nothing where a place is offered, at 320 px in the dark", options, async () => {
  const { page, close } = await opened({ width: 320, scheme: "dark" });
  await page.locator("#own-region").fill("Nes");
  assert.equal(await found(page).locator("button").count(), 2);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await page.evaluate(readFileSync(axePath, "utf8"));
  const wrong = await page.evaluate(async () =>
    (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`
    )
  );
  assert.deepEqual(wrong, []);
  await close();
});
