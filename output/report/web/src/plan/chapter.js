// SPDX-License-Identifier: Apache-2.0
// The chapter of a plan, in the order of a Norwegian investigation: what is copied and what the document holds. A block is
// {type: "heading" | "paragraph" | "table" | "figure" | "list", …}.
import { textOf } from "../document.js";
import { plain } from "../dom.js";
import { leadOf, partIn } from "../area.js";
import { chipsOf } from "../page/figure.js";
import { answerRows, goesBesideKs } from "../page/notes.js";
import { paperTable } from "./paper_table.js";
import { ksAnswer } from "./utenfor.js";

const ORDER = [
  "problem",
  "goals",
  "zero",
  "zero_alternative",
  "measures",
  "effects",
  "effects_priced",
  "effects_not_priced",
  "uncertainty",
  "distribution",
  "overall",
  "overall_assessment"
];
const LAST = ["assumptions", "reproduce"];
const ROWS = 24;

/** Parts in the order of a plan; what the order does not know keeps its place before the assumptions. */
export function orderedParts(parts) {
  const rank = part =>
    LAST.includes(part.id) ? 1000 + LAST.indexOf(part.id) : ORDER.includes(part.id) ? ORDER.indexOf(part.id) : 500;
  return parts
    .map((part, at) => ({ part, at }))
    .sort((a, b) => rank(a.part) - rank(b.part) || a.at - b.at)
    .map(({ part }) => part);
}

export function chapterOf(report, page) {
  const { language } = page.state;
  const given = report.document.plan?.parts ?? [];
  const parts = orderedParts(given.length ? given : fromSections(report));
  const byId = new Map(page.figures.map(figure => [figure.figure.id, figure]));
  const before = parts.filter(part => !LAST.includes(part.id)),
    after = parts.filter(part => LAST.includes(part.id));
  return [
    { type: "title", text: textOf(report.document.title, language) },
    ...(report.document.notices ?? []).map(({ text }) => ({ type: "small", text: textOf(text, language) })),
    ...leadOf(report, page.state.region, page.words).flatMap(({ area, texts }) => [
      ...(area ? [{ type: "small", text: area }] : []),
      ...texts.map(text => ({ type: "lead", text: textOf(text, language) }))
    ]),
    ...before.flatMap(part => blocksOf(report, part, byId, page)),
    ...ownBlocks(report, page),
    ...after.flatMap(part => blocksOf(report, part, byId, page))
  ].map(block => (block.text ? { ...block, text: plain(block.text) } : block));
}

/** Without a plan of its own a document's sections make the chapter. */
function fromSections(report) {
  return report.sections.map(section => ({
    id: section.id,
    heading: section.heading,
    paragraphs: section.intro ? [section.intro] : [],
    figures: (section.figures ?? []).map(figure => figure.id)
  }));
}

function blocksOf(report, part, byId, page) {
  const figures = (part.figures ?? []).map(id => byId.get(id)).filter(Boolean);
  const { heading, paragraphs } = partIn(report, part, page.state.region, page.words);
  return [
    { type: "heading", level: 1, text: heading },
    ...paragraphs.map(text => ({ type: "paragraph", text })),
    ...figures.flatMap(figureBlocks)
  ];
}

function figureBlocks(onPage) {
  const { figure } = onPage;
  const context = onPage.context(900);
  return [
    { type: "heading", level: 2, text: textOf(figure.title, context.language) },
    ...chipsOf(onPage.report, figure, context).map(({ text }) => ({ type: "small", text })),
    { type: "sentence", text: context.sentence },
    ...onPage.notes(context).map(note => ({ type: "small", text: note.textContent })),
    {
      type: "figure",
      alt: plain(context.sentence),
      title: textOf(figure.title, context.language),
      picture: () => onPage.picture()
    },
    ...(figure.rows?.length ? [{ type: "table", ...paperTable(figure, context, ROWS) }] : []),
    ...onPage.foot(context).map(text => ({ type: "small", text: text.textContent }))
  ];
}

/** What the reader typed: kept apart from what the model says. */
function ownBlocks(report, page) {
  const { notes, words } = page;
  const blocks = [];
  if (notes.local.trim()) {
    blocks.push(
      { type: "heading", level: 1, text: words("localHeading") },
      ...notes.local
        .trim()
        .split(/\n+/)
        .map(text => ({ type: "paragraph", text }))
    );
  }
  if (ksAnswer(notes.ks) && goesBesideKs(report)) {
    blocks.push(
      { type: "heading", level: 1, text: words("ksHeading") },
      { type: "paragraph", text: words("ksDifference") },
      {
        type: "table",
        head: [words("payer"), words("ksAnswer"), words("ourAnswer"), words("ourInterval")],
        numbers: [false, true, true, true],
        rows: answerRows(report, page)
      }
    );
  }
  return blocks;
}
