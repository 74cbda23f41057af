// SPDX-License-Identifier: Apache-2.0
// Makes output/report/page/report.js, with the licences of what it holds, studio.js and report.css, which the program holds within itself. The
// same sources give the same bytes.
//   node build.js           write them
//   node build.js --check   say whether the written ones are what the sources make (exit code 1 if not)
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { customProperties } from "./src/palette.js";

const here = dirname(fileURLToPath(import.meta.url));
const page = join(here, "..", "page");
const LARGEST = 600_000;
// In this order: what comes later wins, print over all.
const STYLES = ["page", "bar", "figure", "table", "notes", "studio", "narrow", "print"];

/** The packages of which the bundle holds something, with their licences. */
function licencesOf(output) {
  const names = new Set();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found && bytesInOutput > 0) names.add(found[1]);
  }
  return [...names].sort().map(name => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"].map(item => join(folder, item)).find(existsSync);
    return {
      name: `${name} ${version}`,
      text: file ? readFileSync(file, "utf8").replaceAll("\r", "").trim() : license
    };
  });
}

/** Each licence once, below the names of the packages that come under it. */
function noticeOf(licences) {
  const texts = new Map();
  for (const { name, text } of licences) texts.set(text, [...(texts.get(text) ?? []), name]);
  return [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n---\n\n");
}

/**
 * What Observable Plot names and no drawing uses: colour schemes, for all colours of the page are its own (src/palette.js); projections of
 * the globe, for the user's map is laid flat by the page itself (src/kinds/region_geo.js); its own keys, what it shows below a pointer,
 * and dates along an axis, for years are numbers here.
 */
const NOTHING =
  /\/(d3-(scale-chromatic|geo|time|time-format)\/.*\.m?js|plot\/src\/(legends|marks\/tip|interactions\/pointer)\.js)$/;
/** Counts by bin, of which lines and areas without an interval take their options as they are. */
const AS_IT_IS = /\/plot\/src\/transforms\/bin\.js$/;
const CURVES = /\/plot\/src\/curve\.js$/;
const KEPT_CURVES = new Set(["curveLinear", "curveMonotoneX"]);

const exportsOf = async (path, value) => ({
  contents: Object.keys(await import(path))
    .map(name => `export const ${name} = ${value};`)
    .join("\n")
});

const leftOut = {
  name: "left-out",
  setup(building) {
    building.onLoad({ filter: NOTHING }, ({ path }) => exportsOf(path, "() => []"));
    building.onLoad({ filter: AS_IT_IS }, ({ path }) => exportsOf(path, "options => options"));
    // One curve a line, in the import as in the map of their names.
    building.onLoad({ filter: CURVES }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(/^.*\b(curve[A-Z]\w*)\]?,?\n(?=[\s\S]*\]\);)/gm, (line, name) =>
        KEPT_CURVES.has(name) ? line : ""
      )
    }));
  }
};

async function script(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    absWorkingDir: here,
    bundle: true,
    plugins: [leftOut],
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "warning"
  });
  const notice = noticeOf(licencesOf(Object.values(result.metafile.outputs)[0]));
  // A page holds the script within an element: nothing in it may end that element.
  const code = result.outputFiles[0].text
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\!--")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  const holds = notice && `. It holds, under their own licences:\n\n${notice.replaceAll("*/", "* /")}\n`;
  return `/* utvei, Apache-2.0${holds} */\n${code}`;
}

async function style() {
  const sheets = STYLES.map(name => readFileSync(join(here, "src/style", `${name}.css`), "utf8"));
  const result = await build({
    stdin: { contents: [customProperties(), ...sheets].join("\n"), loader: "css", resolveDir: here },
    minify: true,
    charset: "utf8",
    write: false,
    target: "es2022",
    logLevel: "warning"
  });
  return `/* utvei, Apache-2.0 */\n${result.outputFiles[0].text}`;
}

const files = {
  "report.js": await script("src/main.js"),
  "studio.js": await script("src/studio/main.js"),
  "report.css": await style()
};
let differs = false;
mkdirSync(page, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const path = join(page, name);
  const bytes = Buffer.from(text);
  const same = existsSync(path) && readFileSync(path).equals(bytes);
  if (process.argv.includes("--check")) {
    differs ||= !same;
    console.log(
      `${name}: ${same ? "as the sources make it" : "DIFFERS from what the sources make; run npm run build"}`
    );
    continue;
  }
  if (!same) writeFileSync(path, bytes);
  console.log(
    `${name}: ${bytes.length} bytes, ${gzipSync(bytes).length} compressed, sha256 ${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`
  );
}
if (Buffer.byteLength(files["report.js"]) > LARGEST) throw new Error(`report.js is larger than ${LARGEST} bytes`);
process.exitCode = differs ? 1 : 0;
