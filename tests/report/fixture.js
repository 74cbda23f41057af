// SPDX-License-Identifier: Apache-2.0
// A report document with every kind of figure, and the page around it as the program writes it: the tests of the page stand on it.
//   node tests/report/fixture.js page.html [--large]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstScreen } from "./fixture/first_screen.js";
import { figuresOfFixture } from "./fixture/sections.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const t = (nb, nn = nb, en = nb) => ({ nb, nn, en });

/** The regions of the Norwegian model; `large` fills the other counties up to 357 municipalities. */
export function fixtureRegions(large) {
  const lines = readFileSync(join(root, "scenarios/norway/regions.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map(line => line.split(";"));
  const regions = lines.map(([code, parent, level, name]) => ({ code, name, level, parent }));
  const others = regions.filter(
    region => region.level === "county" && !regions.some(other => other.parent === region.code)
  );
  for (let number = 1; large && regions.filter(region => region.level === "municipality").length < 357; ++number) {
    const county = others[number % others.length];
    regions.push({
      code: `${county.code}${String(number).padStart(2, "0")}`.slice(0, 5),
      name: `${county.name} ${number}`,
      level: "municipality",
      parent: county.code
    });
  }
  return regions;
}

const states = [
  ["school", "education", "Grunnskole og videregående", "Grunnskule og vidaregåande", "School"],
  ["apprenticeship", "education", "Lærling", "Lærling", "Apprenticeship"],
  ["higher_education", "education", "Høyere utdanning", "Høgare utdanning", "Higher education"],
  ["work", "work", "Arbeid", "Arbeid", "Work"],
  ["sick_leave", "work", "Sykmeldt fra jobb", "Sjukmeld frå jobb", "Sick leave from a job"],
  ["unemployed", "outside", "Registrert helt ledig", "Registrert heilt ledig", "Registered unemployed"],
  ["aap", "outside", "AAP uten jobb", "AAP utan jobb", "Work assessment allowance"],
  ["disability", "outside", "Uføretrygd uten jobb", "Uføretrygd utan jobb", "Disability benefit"],
  ["no_known_status", "outside", "Ukjent status", "Ukjend status", "No known status"],
  ["retired", "other", "Pensjonist uten jobb", "Pensjonist utan jobb", "Pensioner"],
  ["abroad", "other", "Utenlands", "Utanlands", "Abroad"]
].map(([name, group, nb, nn, en]) => ({ name, group, label: { nb, nn, en } }));

function scenariosOf(count) {
  const first = [
    { name: "baseline", label: t("Som i dag", "Som i dag", "As today") },
    {
      name: "ips",
      label: t("Jobbstøtte (IPS) for unge", "Jobbstøtte (IPS) for unge", "Individual job support for the young")
    },
    { name: "mentor", label: t("Mentor hos arbeidsgiver", "Mentor hos arbeidsgivar", "Mentor at the employer") }
  ];
  for (let number = 3; number < count; ++number)
    first.push({ name: `mix_${number}`, label: t(`Blanding ${number}`, `Blanding ${number}`, `Mix ${number}`) });
  return first.slice(0, count);
}

export function makeDocument({ large = false, geo = false } = {}) {
  const regions = fixtureRegions(large),
    scenarios = scenariosOf(large ? 20 : 3);
  const figures = figuresOfFixture({ regions, scenarios, states, large, geo });
  return {
    format: "utvei: report/1",
    title: t(
      "Jobbstøtte i Telemark, 2026–2036",
      "Jobbstøtte i Telemark, 2026–2036",
      "Job support in Telemark, 2026–2036"
    ),
    lead: [
      t(
        "Jobbstøtte for unge gir om lag 42 færre utenfor i 2036 enn i dag, av 1 130.",
        "Jobbstøtte for unge gir om lag 42 færre utanfor i 2036 enn i dag, av 1 130.",
        "Job support for the young leaves some 42 fewer outside in 2036 than today, of 1,130."
      ),
      t(
        "Det er sannsynlig, men ikke sikkert: i 87 av 100 trekninger er det færre utenfor.",
        "Det er sannsynleg, men ikkje sikkert: i 87 av 100 trekkingar er det færre utanfor.",
        "That is likely, not certain: in 87 of 100 draws fewer are outside."
      ),
      t(
        "Staten sparer mest; kommunen betaler for plassene.",
        "Staten sparer mest; kommunen betaler for plassane.",
        "The state saves most; the municipality pays for the places."
      )
    ],
    ...firstScreen,
    language: "nb",
    baseline: "baseline",
    scenarios,
    regions,
    states,
    words: {},
    sections: figures
      .map(([id, heading, list]) => ({ id, heading, intro: t("", "", ""), figures: list }))
      .map(section => ({ ...section, intro: undefined })),
    plan: {
      parts: [
        {
          id: "assumptions",
          heading: t("Forutsetninger", "Føresetnader", "Assumptions"),
          paragraphs: [
            t(
              "Effekten er hentet fra én norsk studie.",
              "Effekten er henta frå éin norsk studie.",
              "The effect is from one Norwegian study."
            )
          ],
          figures: []
        },
        {
          id: "problem",
          heading: t("Problemet", "Problemet", "The problem"),
          paragraphs: [
            t(
              "1 130 er utenfor arbeid og utdanning.",
              "1 130 er utanfor arbeid og utdanning.",
              "1,130 are outside work and education."
            )
          ],
          figures: ["distribution-states"]
        },
        {
          id: "effects",
          heading: t("Virkninger", "Verknader", "Effects"),
          paragraphs: [],
          figures: ["difference-outside", "money-payers"]
        },
        {
          id: "overall",
          heading: t("Samlet vurdering", "Samla vurdering", "Overall assessment"),
          paragraphs: [
            t("Tiltaket er trolig verdt det.", "Tiltaket er truleg verdt det.", "The measure is probably worth it.")
          ],
          figures: []
        }
      ]
    },
    reproduce: {
      commands: ["utvei run baseline.yaml ips.yaml", "utvei report runs/baseline.h5 runs/ips.h5 -o report.html"],
      seed: 42,
      version: "0.9.0",
      inputs: [{ path: "model.yaml", sha256: "9f".repeat(32) }]
    }
  };
}

const escape = text =>
  String(text).replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);
const inlined = value =>
  JSON.stringify(value).replaceAll("</", "<\\/").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

function staticFigure(figure) {
  const cells = (row, tag) => row.map(cell => `<${tag}>${escape(cell ?? "–")}</${tag}>`).join("");
  const head = figure.columns.map(column => `<th scope="col">${escape(column.label.nb)}</th>`).join("");
  return (
    `<figure id="${figure.id}" data-kind="${figure.kind}"><figcaption>${escape(figure.title.nb)}</figcaption><p class="sentence">${escape(figure.sentence.nb)}</p><div class="drawing" hidden></div>` +
    `<details class="table" open><summary>Tabell</summary><table><thead><tr>${head}</tr></thead><tbody>${figure.rows
      .slice(0, 200)
      .map(row => `<tr>${cells(row, "td")}</tr>`)
      .join("")}</tbody></table></details></figure>`
  );
}

/** The page as the program writes it around a document. */
export function pageOf(document) {
  const style = readFileSync(join(root, "output/report/page/report.css"), "utf8"),
    script = readFileSync(join(root, "output/report/page/report.js"), "utf8");
  const policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
  const sections = document.sections.map(
    section =>
      `<section id="${section.id}"><h2>${escape(section.heading.nb)}</h2>${section.figures.map(staticFigure).join("")}</section>`
  );
  return (
    `<!DOCTYPE html>\n<html lang="${document.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>${escape(document.title.nb)}</title><style>${style}</style></head><body><header class="bar"></header><main id="main"><h1>${escape(document.title.nb)}</h1>` +
    `<div class="lead">${document.lead.map(text => `<p>${escape(text.nb)}</p>`).join("")}</div>${sections.join("")}</main>` +
    `<script type="application/json" id="utvei-report">${inlined(document)}</script><script>${script}</script></body></html>\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    process.argv[2] ?? "page.html",
    pageOf(makeDocument({ large: process.argv.includes("--large"), geo: process.argv.includes("--geo") }))
  );
}
