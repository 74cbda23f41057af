// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { axePath, closeBrowser, given, missing, open, pageFile } from "./open.js";

const options = { skip: missing };
const onFixture = { skip: missing || (given ? "needs the fixture" : false) };
after(closeBrowser);

test("the page works without network: one request, and nothing said to the console", options, async () => {
  const { page, requests, messages, close } = await open();
  await page.waitForTimeout(300);
  assert.deepEqual(messages, []);
  assert.equal(requests.length, 1);
  await close();
});

test("the policy of the page allows no network", options, async () => {
  const { page, close } = await open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /https?:|unsafe-eval|\*/);
  await close();
});

test("every figure has a sentence, a drawing that carries it, a table, and downloads", options, async () => {
  const { page, close } = await open();
  const figures = await page.locator("figure").evaluateAll(all =>
    all.map(figure => ({
      id: figure.id,
      kind: figure.dataset.kind,
      sentence: figure.querySelector(".sentence")?.textContent,
      failed: figure.textContent.includes("kunne ikke tegnes"),
      label: figure.querySelector("svg[role=img]")?.getAttribute("aria-label"),
      tabs: [...figure.querySelectorAll("[role=tab]")].map(tab => tab.textContent),
      downloads: figure.querySelectorAll(".downloads button").length,
      wrong: [...figure.querySelectorAll("svg *")].filter(element =>
        [...element.attributes].some(attribute => /NaN|undefined|Infinity/.test(attribute.value))
      ).length
    }))
  );
  assert.ok(figures.length > 0);
  for (const figure of figures) {
    assert.ok(figure.sentence, figure.id);
    assert.equal(figure.failed, false, figure.id);
    assert.equal(figure.wrong, 0, `${figure.id}: numbers that are none`);
    if (figure.kind === "table") continue;
    assert.equal(figure.label, figure.sentence, figure.id);
    assert.ok(figure.tabs.includes("Tabell"), figure.id);
    assert.equal(figure.downloads, 3, figure.id);
  }
  await close();
});

test("a plan that is followed says in words how each figure lies, and which step slipped", onFixture, async () => {
  const { page, close } = await open();
  const texts = id => page.locator(`#${id} svg.figure-drawing`).textContent();
  const path = await texts("path-started");
  assert.match(path, /27.*under/s);
  assert.match(path, /81.*over/s);
  assert.match(path, /2026.*delvis/s);
  assert.match(path, /bare deler av året \(2026\)/);
  const steps = await texts("plan-steps");
  assert.equal(steps.match(/sviktet/g).length, 1);
  assert.match(steps, /31,0\s%, sviktet: under båndet/);
  await close();
});

test("years covered in part, bounds alone, and what is empty are drawn as what they are", onFixture, async () => {
  const { page, close } = await open({ hash: "#kommune=4003" });
  for (const id of ["difference-outside", "waiting-lists"])
    assert.match(await page.locator(`#${id} .key`).textContent(), /åpen ring: bare deler av året/, id);
  assert.match(await page.locator("#distribution-states .key").textContent(), /stiplet: bare deler av året \(2036\)/);
  const bounds = page.locator("#difference-outside svg.figure-drawing");
  assert.ok((await bounds.locator('[fill="var(--band80)"] path, path[fill="var(--band80)"]').count()) > 0);
  assert.equal(await bounds.locator('[fill="var(--accent)"] circle, circle[fill="var(--accent)"]').count(), 0);
  assert.match(await bounds.textContent(), /forskjell fra «Som i dag»/);
  assert.equal(await page.locator("#nothing-assumed table, #nothing-assumed button").count(), 0);
  assert.ok(await page.locator("#nothing-assumed .sentence").isVisible());
  await close();
});

test("without JavaScript sentences and tables are there", options, async () => {
  const { page, close } = await open({ javaScript: false });
  const count = await page.locator("figure").count();
  assert.equal(await page.locator("figure > .sentence").count(), count);
  assert.equal(await page.locator("figure table").count(), count);
  await close();
});

const views = [
  ["wide", {}],
  ["dark", { scheme: "dark" }],
  ["narrow", { width: 320 }],
  ["nynorsk, own municipality", { hash: "#lang=nn&kommune=4001" }],
  ["English, dark and narrow", { hash: "#lang=en", scheme: "dark", width: 320 }]
];
for (const [name, view] of views) {
  for (const tables of name === "wide" || name.startsWith("English") ? [false, true] : [false]) {
    test(`axe finds nothing: ${name}${tables ? ", tables open" : ""}`, options, async () => {
      const { page, close } = await open(view);
      if (tables)
        await page.evaluate(() =>
          document.querySelectorAll('[role=tab][id$="-tab-table"]').forEach(tab => tab.click())
        );
      await page.evaluate(readFileSync(axePath, "utf8"));
      const found = await page.evaluate(async () =>
        (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations.map(
          ({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes
              .slice(0, 3)
              .map(node => node.html.slice(0, 160))
              .join(" | ")}`
        )
      );
      assert.deepEqual(found, []);
      await close();
    });
  }
}

test("at 320 px nothing is wider than the page", options, async () => {
  for (const tab of ["", "table"]) {
    const { page, close } = await open({ width: 320 });
    if (tab)
      await page.evaluate(() =>
        document.querySelectorAll('[role=tab][id$="-tab-table"]').forEach(item => item.click())
      );
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    const wide = await page
      .locator("svg.figure-drawing")
      .evaluateAll(all =>
        all.filter(svg => svg.getBoundingClientRect().right > 321).map(svg => svg.closest("figure").id)
      );
    assert.deepEqual(wide, []);
    await close();
  }
});

test("no text of a drawing is cut by its edge", onFixture, async () => {
  for (const width of [320, 700, 1200]) {
    const { page, close } = await open({ width, hash: "#kommune=4001" });
    const cut = await page.locator("svg.figure-drawing").evaluateAll(all =>
      all.flatMap(svg => {
        const edge = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")]
          .filter(text => {
            const box = text.getBoundingClientRect();
            return (
              box.width > 0 &&
              (box.left < edge.left - 2 ||
                box.right > edge.right + 2 ||
                box.top < edge.top - 3 ||
                box.bottom > edge.bottom + 3)
            );
          })
          .map(text => `${svg.closest("figure").id}: ${text.textContent}`);
      })
    );
    assert.deepEqual(cut, [], `at ${width} px`);
    await close();
  }
});

test("the page is drawn again at another width", options, async () => {
  const { page, close } = await open({ width: 1200 });
  const width = () =>
    page
      .locator("svg.figure-drawing")
      .first()
      .evaluate(svg => svg.getBoundingClientRect().width);
  const wide = await width();
  await page.setViewportSize({ width: 500, height: 900 });
  await page.waitForTimeout(400);
  assert.ok((await width()) < wide);
  await close();
});

/** Seconds of the processor that the page's own thread took to open: what else the machine does is not counted. */
async function secondsToDraw(file) {
  const { page, close } = await open({ file: pageFile() });
  const session = await page.context().newCDPSession(page);
  await page.goto("about:blank");
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () =>
    Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]))
      .TaskDuration;
  const before = await spent();
  await page.goto(`file://${file}`);
  const seconds = (await spent()) - before;
  assert.ok((await page.locator("svg.figure-drawing").count()) >= 20);
  const clock = await page.evaluate(() => performance.getEntriesByName("utvei: page drawn")[0].duration);
  await close();
  return { seconds, clock };
}

test("357 municipalities and 20 scenarios are read and drawn within a second of the processor", onFixture, async () => {
  const file = pageFile({ fixture: true, large: true, geo: true });
  const times = [await secondsToDraw(file), await secondsToDraw(file)];
  console.log(
    `large page: ${(readFileSync(file).length / 1e6).toFixed(2)} MB; ${times.map(({ seconds, clock }) => `${seconds.toFixed(2)} s of the processor, script ${Math.round(clock)} ms by the clock`).join("; ")}`
  );
  assert.ok(Math.min(...times.map(({ seconds }) => seconds)) < 1);
});
