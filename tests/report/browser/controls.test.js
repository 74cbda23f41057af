// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, given, missing, open } from "./open.js";

const options = { skip: missing };
const onFixture = { skip: missing || (given ? "needs the fixture" : false) };
after(closeBrowser);

test("the tab key reaches every control, and each shows that it has focus", options, async () => {
  const { page, close } = await open();
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")].filter(
      element =>
        element.tabIndex >= 0 &&
        element.checkVisibility({ visibilityProperty: true }) &&
        element.getClientRects().length
    );
    all.forEach((element, at) => {
      element.dataset.at = at;
    });
    return all.length;
  });
  const seen = new Set(),
    bare = [];
  for (let press = 0; press < wanted + 5; ++press) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const element = document.activeElement,
        style = getComputedStyle(element);
      return {
        at: element.dataset.at,
        name: element.outerHTML.slice(0, 90),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      };
    });
    if (now.at === undefined) continue;
    seen.add(now.at);
    if (!now.outlined) bare.push(now.name);
  }
  assert.equal(seen.size, wanted);
  assert.deepEqual(bare, []);
  await close();
});

test("arrows, Home and End go between the tabs of a figure; the address keeps the view", options, async () => {
  const { page, close } = await open();
  const figure = page.locator("figure:has([role=tab])").first();
  const chosen = () => figure.locator('[role=tab][aria-selected="true"]').textContent();
  await figure.locator('[role=tab][aria-selected="true"]').focus();
  await page.keyboard.press("End");
  assert.equal(await chosen(), "Tabell");
  assert.ok(await figure.locator("table").isVisible());
  const address = new URL(page.url()).hash;
  assert.match(address, /vis=/);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await chosen(), "Tabell");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await chosen(), "Tabell");
  await page.reload();
  assert.equal(await chosen(), "Tabell");
  await page.locator("figure:has([role=tab])").first().locator("[role=tab]").last().focus();
  await page.keyboard.press("Home");
  assert.doesNotMatch(page.url(), /vis=/);
  await close();
});

test("the own municipality is found by keyboard, kept in the address, and marked", onFixture, async () => {
  const { page, close } = await open();
  await page.locator("#own-region").focus();
  await page.keyboard.type("pors");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#own-region").getAttribute("aria-activedescendant"), "own-region-0");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#kommune=4001$/);
  assert.equal(
    await page.locator("#difference-outside .sentence").textContent(),
    "I Porsgrunn er om lag 5 færre utenfor i 2036, av 136."
  );
  assert.match(await page.locator("[role=status]").textContent(), /Porsgrunn/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "own-region");
  await page.reload();
  assert.equal(await page.locator("#own-region").inputValue(), "Porsgrunn");
  await page.locator("button.clear").click();
  assert.doesNotMatch(page.url(), /kommune/);
  await close();
});

test("a name that is none is said, and nothing stays chosen under it", onFixture, async () => {
  const { page, close } = await open({ hash: "#kommune=4001" });
  const said = page.locator("#own-region-said"),
    field = page.locator("#own-region");
  await field.fill("finnes ikke");
  await page.keyboard.press("Enter");
  assert.match(await said.textContent(), /Finner ikke «finnes ikke»/);
  assert.equal(await page.locator("p.status").textContent(), "", "once only");
  assert.equal(await field.inputValue(), "finnes ikke");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.doesNotMatch(page.url(), /kommune/);
  assert.equal(await page.locator("figure .area").count(), 0);
  await field.fill("skien");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => location.hash.includes("kommune=4003"));
  await field.fill("Ski");
  await page.locator("#local-notes").focus();
  await said.getByText("Finner ikke «Ski»").waitFor();
  assert.doesNotMatch(page.url(), /kommune/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "local-notes");
  await close();
});

test("the first screen says what the numbers are, of which area, and what is tried for whom", onFixture, async () => {
  const { page, close } = await open();
  const chips = page.locator("main > .chips");
  assert.match(await page.locator(".notices").innerText(), /oppdiktet/);
  assert.match(await chips.textContent(), /^Gjelder hele modellen/);
  assert.match(await page.locator("#about").innerText(), /For hvem\s+Personer på arbeidsavklaringspenger/);
  assert.equal(await page.locator("#about h3").count(), 1);
  const choose = async code => {
    await page.evaluate(hash => (location.hash = hash), `kommune=${code}`);
    await page.waitForFunction(
      code => document.querySelector("button.clear:not([hidden])") && location.hash.includes(code),
      code
    );
  };
  await choose("4001");
  assert.deepEqual(await chips.allTextContents(), ["Gjelder Porsgrunn", "Gjelder hele modellen, ikke bare Porsgrunn"]);
  assert.match(await page.locator(".lead").first().textContent(), /^I Porsgrunn/);
  assert.match(await page.locator(".lead").last().textContent(), /^Det er sannsynlig, .*Staten sparer mest/);
  await choose("4003");
  await page.waitForFunction(() => document.querySelector("main > .chips").textContent.includes("Skien"));
  assert.match(await chips.textContent(), /^Gjelder hele modellen.*, ikke bare Skien$/);
  assert.match(await page.locator(".lead").textContent(), /^Jobbstøtte for unge gir om lag 42/);
  await close();
});

test("what was done is said where nothing that can be pressed lies under it", options, async () => {
  for (const width of [320, 1200]) {
    const { page, close } = await open({ width });
    await page.locator('[data-action="copy"]').click();
    const status = page.locator("p.status");
    await page.waitForFunction(() => document.querySelector("p.status").textContent !== "");
    const box = await status.boundingBox();
    const covered = await page.evaluate(({ x, y, width: wide, height }) => {
      const over = item => item.right > x && item.left < x + wide && item.bottom > y && item.top < y + height;
      return [...document.querySelectorAll("button, input, select, a[href]")].filter(
        element => !element.matches(".skip") && over(element.getBoundingClientRect())
      ).length;
    }, box);
    assert.equal(covered, 0, `at ${width} px`);
    await close();
  }
});

test("a municipality without numbers of its own says what is shown", onFixture, async () => {
  const { page, close } = await open({ hash: "#kommune=4003" });
  const chip = id => page.locator(`#${id} .area`).textContent();
  assert.deepEqual(await page.locator("#difference-outside .area").allTextContents(), [
    "Gjelder Telemark, ikke bare Skien",
    "Setningen gjelder hele modellen, figuren Telemark"
  ]);
  for (const id of ["distribution-states", "flows", "waiting-lists", "break-even"])
    assert.match(await chip(id), /^Gjelder hele modellen.*, ikke bare Skien$/, id);
  assert.equal(await chip("map-counties"), "Skien er ikke med her");
  assert.equal(await page.locator("#map-telemark .area").count(), 0);
  await page.evaluate(() => (location.hash = "kommune=4001"));
  await page.locator("#map-telemark .area").waitFor();
  assert.equal(await chip("map-telemark"), "Tallet for Porsgrunn er for bo- og arbeidsmarkedsregionen");
  await close();
});

test("the language switch changes words, numbers, and the language of the page", options, async () => {
  const { page, close } = await open();
  const words = () => page.locator("main").innerText();
  const bokmaal = await words();
  for (const [language, table] of [
    ["nn", "Tabell"],
    ["en", "Table"]
  ]) {
    await page.locator(`[data-language="${language}"]`).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    assert.match(page.url(), new RegExp(`lang=${language}`));
    assert.notEqual(await words(), bokmaal);
    assert.ok((await page.locator("[role=tab]", { hasText: table }).count()) > 0);
    assert.equal(await page.locator(`[data-language="${language}"]`).getAttribute("aria-pressed"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.language), language);
  }
  await page.locator('[data-language="nb"]').click();
  assert.equal(await words(), bokmaal);
  await close();
});

test("the measure chosen is drawn and kept in the address", onFixture, async () => {
  const { page, close } = await open();
  await page.locator("#measure").selectOption("mentor");
  assert.match(page.url(), /tiltak=mentor/);
  assert.match(
    await page.locator("#difference-outside svg.figure-drawing .key").textContent(),
    /^Mentor hos arbeidsgiver/
  );
  await close();
});

test("links to sections go there and keep the rest of the address", options, async () => {
  const { page, close } = await open({ hash: "#lang=nn" });
  await page.locator("nav.contents a").last().click();
  assert.match(page.url(), /lang=nn&del=/);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "h2");
  await close();
});

test("KS' answer stands beside ours; what is no number is said", onFixture, async () => {
  const { page, close } = await open();
  const cells = async row => await page.locator("#own-notes tbody tr").nth(row).locator("td").allTextContents();
  for (const [id, text] of [
    ["group", "30"],
    ["share", "40"],
    ["municipality", "100 000"],
    ["state", "tull"]
  ])
    await page.locator(`#ks-${id}`).fill(text);
  assert.match(await page.locator("#ks-state-error").textContent(), /tall/);
  assert.equal(await page.locator("#ks-state").getAttribute("aria-invalid"), "true");
  const [ks, ours, interval] = await cells(0);
  assert.equal(ks.replace(/\s/g, ""), "1200000");
  assert.equal(ours.replace(/\s/g, ""), "−12600000");
  assert.match(interval, / til /);
  await page.reload();
  assert.equal(await page.locator("#ks-group").inputValue(), "30");
  await close();
});

test(
  "on a narrow screen each payer's answers are stacked with their names, and stay cells of a table",
  onFixture,
  async () => {
    const { page, close } = await open({ width: 320 });
    const table = page.locator("#own-notes table");
    const shown = await table.evaluate(element => {
      const box = element.getBoundingClientRect();
      const [cell] = element.querySelectorAll("td");
      return {
        wide: element.closest(".scroll").scrollWidth > element.closest(".scroll").clientWidth || box.right > 320,
        name: getComputedStyle(cell, "::before").content,
        below: cell.getBoundingClientRect().top >= cell.previousSibling.getBoundingClientRect().bottom
      };
    });
    assert.deepEqual(shown, { wide: false, name: '"KS Utenfor-regnskapet (kr)"', below: true });
    const tree = await table.ariaSnapshot();
    assert.match(tree, /- rowheader "Kommunen"\n\s+- cell/);
    assert.match(tree, /- columnheader "Denne rapporten \(kr\)"/);
    await close();
  }
);

test("text of the document is never markup", onFixture, async () => {
  const { page, close } = await open({ hash: "#vis=assumptions-table:table" });
  assert.match(await page.locator("#assumptions-table table").textContent(), /<80 %> & mer/);
  await close();
});

test(
  "a measure and axes that are chosen for one figure of a batch hold for all, and stand in the address",
  onFixture,
  async () => {
    const { page, close } = await open();
    const text = id => page.locator(`#${id} svg.figure-drawing`).textContent();
    assert.match(await text("batch-heat-axes"), /Andel som sier ja 0,3/);
    await page.locator("#batch-heat-axes-maal").selectOption("person_years,state=outside");
    assert.equal(await page.locator("#batch-heat-axes .sentence").textContent(), "Færrest utenfor med flest plasser.");
    assert.match(await text("batch-curve-axes"), /Personår, utenfor/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "batch-heat-axes-maal");
    await page.locator("#batch-heat-axes-x").selectOption("start");
    await page.locator("#batch-heat-axes-y").selectOption("places");
    await page.locator("#batch-heat-axes-ved-uptake").selectOption("0.7");
    assert.doesNotMatch(await text("batch-heat-axes"), /Andel som sier ja 0/);
    assert.match(page.url(), /valg=/);
    const hash = new URL(page.url()).hash;
    await close();
    const again = await open({ hash });
    assert.equal(await again.page.locator("#batch-heat-axes-x").inputValue(), "start");
    assert.equal(await again.page.locator("#batch-heat-axes-ved-uptake").inputValue(), "0.7");
    await again.close();
  }
);

test("a cell without a number says why: left out by the batch file, or no result", onFixture, async () => {
  const { page, close } = await open();
  const heat = page.locator("#batch-heat-axes svg.figure-drawing");
  assert.match(await heat.locator(".key").textContent(), /utelatt i batchfila.*mangler: uten resultat/s);
  const words = await heat.locator("text").allTextContents();
  assert.equal(words.filter(word => word === "utelatt").length, 1);
  assert.equal(words.filter(word => word === "mangler").length, 1);
  await close();
});

test("cells of a batch whose interval holds zero are hatched, and the key says so", onFixture, async () => {
  const { page, close } = await open();
  const heat = page.locator("#batch-heat-axes svg.figure-drawing");
  assert.match(await heat.locator(".key").textContent(), /rommer 0.*går feil vei/s);
  assert.ok((await heat.locator('g[fill^="url(#hatch"] rect, rect[fill^="url(#hatch"]').count()) > 1);
  await close();
});
