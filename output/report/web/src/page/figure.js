// SPDX-License-Identifier: Apache-2.0
// A figure on the page: title, sentence, drawings and table under tabs, downloads, definition and source.
import { h, plain, prose } from "../dom.js";
import { finish } from "../chart.js";
import { contextOf } from "../context.js";
import { areasOf } from "../area.js";
import { textOf } from "../document.js";
import { buildBatchChoice, isOfBatch } from "../kinds/batch_choice.js";
import { viewsOf } from "../kinds/index.js";
import { saveCsv, savePng, saveSvg } from "../download/save.js";
import { paperTable } from "../plan/paper_table.js";
import { buildPaperTable, buildTable } from "./table.js";
import { buildTabs } from "./tabs.js";

const TABLE = "table";
const NARROWEST = 260;
const ROWS_ON_PAPER = 26;
const SHORT_TABLE = 9;

export class FigureOnPage {
  constructor(report, figure, page) {
    this.report = report;
    this.figure = figure;
    this.page = page;
    this.element = h("figure", { id: figure.id, "data-kind": figure.kind });
  }

  /** Writes all of it anew in the state of the page. */
  render() {
    const { figure, page } = this;
    const context = this.context(this.widthNow());
    this.views = viewsOf(figure, context);
    this.panels = this.views.map(view => ({ ...view, panel: h("div", { class: "drawing" }) }));
    this.tablePanel = h("div", { class: "table" });
    const items = [...this.panels, { id: TABLE, label: context.words("table"), panel: this.tablePanel }];
    const wanted = page.state.views[figure.id];
    this.chosen = items.some(item => item.id === wanted) ? wanted : items[0].id;
    const title = textOf(figure.title, context.language);
    const tabs = buildTabs(figure.id, `${context.words("views")} ${title}`, items, this.chosen, id => this.choose(id));
    this.element.classList.toggle("empty", !figure.rows?.length);
    this.element.replaceChildren(
      ...[
        h("figcaption", {}, title),
        chips(this.report, figure, context),
        h("p", { class: "sentence" }, prose(context.sentence)),
        isOfBatch(figure) ? buildBatchChoice(figure, page) : null,
        ...this.notes(context),
        ...(figure.rows?.length
          ? [
              h("div", { class: "strip" }, items.length > 1 ? tabs : null, this.downloads(context)),
              ...items.map(item => item.panel)
            ]
          : []),
        ...this.foot(context)
      ].filter(Boolean)
    );
    if (items.length === 1) ["role", "aria-labelledby"].forEach(name => this.tablePanel.removeAttribute(name));
    this.show(this.chosen);
  }

  context(width) {
    return contextOf(this.report, this.figure, this.page.state, width);
  }

  widthNow() {
    return Math.max(NARROWEST, Math.min(960, Math.floor(this.page.width())));
  }

  choose(id) {
    this.chosen = id;
    this.show(id);
    this.page.chooseView(this.figure.id, id, this.views[0]?.id ?? TABLE);
  }

  /** Draws what the tab shows if it has not been drawn at this width. */
  show(id, width = this.widthNow()) {
    if (id === TABLE) {
      if (!this.tablePanel.firstChild) this.tablePanel.replaceChildren(buildTable(this.figure, this.context(width)));
      return;
    }
    const view = this.panels.find(panel => panel.id === id);
    if (view.width === width) return;
    view.width = width;
    try {
      view.panel.replaceChildren(
        this.draw(id, width) ?? h("p", { class: "note" }, this.context(width).words("noDrawing"))
      );
    } catch (error) {
      // One figure that cannot be drawn must not take the page with it: its table has all that it shows.
      console.error(`${this.figure.id}: ${error.message}`, error);
      view.panel.replaceChildren(h("p", { class: "note" }, this.context(width).words("drawingFailed")));
    }
  }

  /** One view as an svg of a width. */
  draw(id, width) {
    const context = this.context(width);
    const svg = viewsOf(this.figure, context)
      .find(item => item.id === id)
      ?.draw();
    return svg ? finish(svg, plain(context.sentence)) : null;
  }

  resize() {
    this.show(this.chosen);
  }

  /** Drawing and table both, at the width of paper. */
  beforePrint(width) {
    const view = this.chosen === TABLE ? this.views[0]?.id : this.chosen;
    if (view) this.show(view, width);
    for (const panel of this.panels) panel.panel.classList.toggle("printed", panel.id === view);
    const context = this.context(width);
    const paper = paperTable(this.figure, context, ROWS_ON_PAPER);
    this.tablePanel.classList.toggle("short", paper.rows.length <= SHORT_TABLE);
    this.tablePanel.replaceChildren(buildPaperTable(paper));
  }

  afterPrint() {
    this.tablePanel.replaceChildren();
    this.show(this.chosen);
  }

  notes(context) {
    const { figure } = this;
    const notes = [];
    if (figure.held_back > 0) notes.push(context.words("heldBack", { n: context.number(figure.held_back) }));
    if (figure.note) notes.push(textOf(figure.note, context.language));
    return notes.map(text => h("p", { class: "note" }, prose(text)));
  }

  downloads(context) {
    const { figure } = this;
    const title = textOf(figure.title, context.language);
    const button = (text, action) =>
      h(
        "button",
        { type: "button", "aria-label": `${context.words("download")} ${text}: ${title}`, onclick: action },
        text
      );
    const withPicture = save => () => {
      const picture = this.picture();
      if (picture) save(figure.id, picture);
    };
    return h(
      "div",
      { class: "downloads", role: "group", "aria-label": `${context.words("download")}: ${title}` },
      h("span", { "aria-hidden": "true" }, context.words("download")),
      ...(this.views.length ? [button("SVG", withPicture(saveSvg)), button("PNG", withPicture(savePng))] : []),
      button("CSV", () => saveCsv(this.report, figure, context.language))
    );
  }

  /** The drawing that downloads and documents take, with its title and source; null where nothing is drawn. */
  picture(width = 900) {
    if (!this.views.length) return null;
    const context = this.context(width);
    const id =
      this.chosen === TABLE || !this.panels.some(panel => panel.id === this.chosen) ? this.views[0].id : this.chosen;
    const svg = this.draw(id, width);
    return (
      svg && {
        svg,
        title: this.titleWithArea(context),
        source: sourceText(this.figure, context),
        sentence: context.sentence
      }
    );
  }

  /** A picture that leaves the page says which area it is of. */
  titleWithArea(context) {
    const title = textOf(this.figure.title, context.language);
    const areas = areasOf(this.report, this.figure, context.region, context.words);
    return areas.length ? `${title} (${areas.map(({ text }) => text).join("; ")})` : title;
  }

  foot(context) {
    const parts = [];
    const definition = textOf(this.figure.definition, context.language);
    if (definition)
      parts.push(h("p", { class: "definition" }, h("b", {}, `${context.words("definition")}: `), prose(definition)));
    const source = sourceText(this.figure, context);
    if (source) parts.push(h("p", { class: "source" }, source));
    return parts;
  }
}

function sourceText(figure, context) {
  const source = textOf(figure.source, context.language);
  const word = context.words("source");
  return !source || source.startsWith(word) ? source : `${word}: ${source}`;
}

const KNOWN_EVIDENCE = ["assumed", "low", "moderate", "high"];

/** What must not be overlooked: how well the effect is known, and that the numbers are of another area than the one chosen. */
export function chipsOf(report, figure, context) {
  const evidence = KNOWN_EVIDENCE.includes(figure.evidence) ? figure.evidence : null;
  const areas = areasOf(report, figure, context.region, context.words);
  return [
    ...(evidence ? [{ name: `evidence evidence-${evidence}`, text: context.words(`evidence_${evidence}`) }] : []),
    ...areas.map(({ text, own }) => ({ name: own ? "area own" : "area", text }))
  ];
}

function chips(report, figure, context) {
  const all = chipsOf(report, figure, context);
  return all.length
    ? h(
        "p",
        { class: "chips" },
        all.map(({ name, text }) => h("span", { class: name }, text))
      )
    : null;
}
