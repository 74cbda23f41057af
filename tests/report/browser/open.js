// SPDX-License-Identifier: Apache-2.0
// Opens the page in Debian's Chromium, without network: the fixture, or the report that UTVEI_REPORT names. Without browser or packages the
// tests are skipped, and say so.
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDocument, pageOf } from "../fixture.js";

const CHROMIUM = process.env.UTVEI_CHROMIUM ?? "/usr/bin/chromium";
const packages = join(dirname(fileURLToPath(import.meta.url)), "../../../output/report/web/node_modules");

export const missing = !existsSync(CHROMIUM)
  ? `${CHROMIUM} is not installed`
  : !existsSync(join(packages, "playwright-core"))
    ? "run npm ci in output/report/web first"
    : false;
export const axePath = join(packages, "axe-core/axe.min.js");
export const given = process.env.UTVEI_REPORT ? resolve(process.env.UTVEI_REPORT) : null;

const folder = mkdtempSync(join(tmpdir(), "utvei-report-"));

/** The file of the fixture, or of the given report. */
export function pageFile(options = {}) {
  if (given && !options.fixture) return given;
  const path = join(folder, `page-${Object.keys(options).join("-") || "small"}.html`);
  if (!existsSync(path)) writeFileSync(path, pageOf(makeDocument(options)));
  return path;
}

let browser;

async function launched() {
  if (!browser) {
    const { chromium } = await import(join(packages, "playwright-core/index.mjs"));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  }
  return browser;
}

export const closeBrowser = async () => browser?.close();

/** The page open at an address, with what it asked for and said. */
export async function open({
  hash = "",
  width = 1200,
  scheme = "light",
  file = null,
  reduced = "reduce",
  javaScript = true,
  address = null
} = {}) {
  const context = await (
    await launched()
  ).newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    offline: !address,
    reducedMotion: reduced,
    acceptDownloads: true,
    javaScriptEnabled: javaScript
  });
  const page = await context.newPage();
  const requests = [],
    messages = [];
  page.on("request", request => requests.push(request.url()));
  page.on("console", message => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", error => messages.push(`error: ${error.message}`));
  await page.goto(`${address ?? `file://${file ?? pageFile()}`}${hash}`);
  return { page, requests, messages, close: () => context.close() };
}

export async function download(page, action) {
  const [file] = await Promise.all([page.waitForEvent("download"), action()]);
  return { name: file.suggestedFilename(), path: await file.path() };
}
