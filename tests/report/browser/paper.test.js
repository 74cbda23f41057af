// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { closeBrowser, download, given, missing, open } from "./open.js";

const options = { skip: missing };
const onFixture = { skip: missing || (given ? "needs the fixture" : false) };
const office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find(existsSync);
/** LibreOffice may be there without Writer, which reads .docx. */
const writer = office && existsSync(join(dirname(realpathSync(office)), "libswlo.so"));
after(closeBrowser);

const firstDrawn = page => page.locator("figure:has([role=tab])").first();

test("SVG, PNG and CSV are files that open", options, async () => {
  const { page, messages, close } = await open({ scheme: "dark" });
  const figure = firstDrawn(page);
  const id = await figure.getAttribute("id");
  const press = name => () => figure.locator(".downloads button", { hasText: name }).click();
  const svg = await download(page, press("SVG"));
  assert.equal(svg.name, `${id}.svg`);
  const text = readFileSync(svg.path, "utf8");
  assert.doesNotMatch(text, /var\(--/, "colours of the page mean nothing in a file");
  assert.equal(
    await page.evaluate(
      source =>
        new DOMParser().parseFromString(source, "image/svg+xml").querySelector("parsererror")?.textContent ?? "",
      text
    ),
    ""
  );
  assert.match(text, /Kilde|source/i);
  const png = readFileSync((await download(page, press("PNG"))).path);
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.ok(png.readUInt32BE(16) >= 1800, "twice as fine as drawn");
  const csv = readFileSync((await download(page, press("CSV"))).path, "utf8");
  assert.ok(csv.startsWith("\ufeff"));
  assert.ok(csv.split("\r\n").length > 2);
  assert.deepEqual(messages, []);
  await close();
});

test("every drawing can be saved", onFixture, async () => {
  const { page, messages, close } = await open();
  for (const figure of await page.locator("figure:has([role=tab])").all()) {
    const { path } = await download(page, () => figure.locator(".downloads button", { hasText: "PNG" }).click());
    assert.ok(readFileSync(path).length > 4000, await figure.getAttribute("id"));
  }
  assert.deepEqual(messages, []);
  await close();
});

test(
  "the plan chapter opens as a document, with headings, pictures and what the reader typed",
  options,
  async context => {
    const { page, close } = await open();
    await page.locator("#local-notes").fill("Verftet la ned i 2025.\nDet vet ikke modellen.");
    const { path, name } = await download(page, () => page.locator('[data-action="docx"]').click());
    assert.match(name, given ? /\.docx$/ : /^Jobbstøtte i Telemark, 2026–2036\.docx$/);
    const bytes = readFileSync(path);
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    await close();
    if (!writer) return context.skip("no LibreOffice Writer to open it");
    const folder = mkdtempSync(join(tmpdir(), "utvei-docx-"));
    writeFileSync(join(folder, "utvei.docx"), bytes);
    execFileSync(
      office,
      [
        "--headless",
        `-env:UserInstallation=file://${folder}/profile`,
        "--convert-to",
        "txt:Text",
        "--outdir",
        folder,
        join(folder, "utvei.docx")
      ],
      { stdio: "ignore", timeout: 120000 }
    );
    const text = readFileSync(join(folder, "utvei.txt"), "utf8");
    assert.match(text, /Verftet la ned i 2025/);
    assert.match(text, /ikke modellert/);
    if (given) return undefined;
    assert.ok(
      text.indexOf("Problemet") < text.indexOf("Virkninger") &&
        text.indexOf("Samlet vurdering") < text.indexOf("Forutsetninger")
    );
    return undefined;
  }
);

test("the copy button says that the plan text is copied", options, async () => {
  const { page, close } = await open();
  await page.locator('[data-action="copy"]').click();
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  assert.equal(await page.locator("[role=status]").textContent(), "Planteksten er kopiert.");
  await close();
});

test(
  "print shows drawings and tables and no buttons, on light paper, and the page is whole again after it",
  options,
  async () => {
    const { page, close } = await open({ scheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    const seen = await page.evaluate(() => ({
      buttons: [...document.querySelectorAll("button")].filter(button => button.checkVisibility()).length,
      without: [...document.querySelectorAll("figure:not(.empty)")]
        .filter(figure => !figure.querySelector("table")?.checkVisibility())
        .map(figure => figure.id),
      undrawn: [...document.querySelectorAll("figure:has([role=tab])")]
        .filter(figure => ![...figure.querySelectorAll("svg")].some(svg => svg.checkVisibility()))
        .map(figure => figure.id),
      paper: getComputedStyle(document.body).backgroundColor
    }));
    assert.deepEqual(seen, { buttons: 0, without: [], undrawn: [], paper: "rgb(253, 252, 249)" });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    assert.ok(await firstDrawn(page).locator("svg.figure-drawing").isVisible());
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    await close();
  }
);

test("sheets of paper are numbered", options, async () => {
  const { page, close } = await open();
  // A browser that knows no margin boxes leaves the rule out.
  const rules = await page.evaluate(() =>
    [...document.styleSheets]
      .flatMap(sheet => [...sheet.cssRules])
      .filter(rule => rule instanceof CSSMediaRule && rule.conditionText === "print")
      .flatMap(rule => [...rule.cssRules])
      .filter(rule => rule instanceof CSSPageRule)
      .map(rule => rule.cssText)
  );
  assert.match(rules.join(), /@bottom-right \{[^}]*counter\(page\) " \/ " counter\(pages\)/);
  await close();
});

test(
  "nothing is wider than paper, which the browser would shrink, and what nobody wrote is not printed",
  options,
  async () => {
    const { page, close } = await open({ width: 658 });
    const toPaper = async () => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    };
    await toPaper();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 658);
    assert.equal(await page.locator("#own-notes").isVisible(), false);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await page.locator("#local-notes").fill("Verftet la ned.");
    await toPaper();
    assert.match(await page.locator("#own-notes").innerText(), /Verftet la ned/);
    assert.doesNotMatch(await page.locator("#own-notes").innerText(), /KS/);
    await close();
  }
);
