// SPDX-License-Identifier: Apache-2.0
// The whole page: what the reader has chosen, and what is drawn for it.
import { h, prose } from "../dom.js";
import { readAddress, writeAddress } from "../address.js";
import { formatNumber } from "../format.js";
import { Report, textOf } from "../document.js";
import { wordsFor } from "../words.js";
import { copyChapter } from "../plan/copy.js";
import { chapterOf } from "../plan/chapter.js";
import { docxOf } from "../plan/docx.js";
import { fileNameOf, saveFile } from "../download/save.js";
import { isOfBatch } from "../kinds/batch_choice.js";
import { FigureOnPage } from "./figure.js";
import { buildAbout, buildLead, buildNotices } from "./first_screen.js";
import { buildBar } from "./header.js";
import { showLinks } from "./links.js";
import { buildNotes, loadNotes } from "./notes.js";
import { placesCalled } from "./places.js";
import { buildReproduce } from "./reproduce.js";

const PAPER = 780; // px of a drawing, shrunk to the 658 between the margins of A4: letters of 7.6 points
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export class Page {
  /** `studio`: the panel of "Prøv selv" on a page of `utvei studio`, else null. */
  constructor(report, studio = null) {
    this.report = report;
    this.studio = studio;
    this.defaultLanguage =
      ["nb", "nn", "en"].find(code => document.documentElement.lang === code) ?? report.document.language ?? "nb";
    this.notes = loadNotes();
    this.status = h("p", { role: "status", class: "status" });
    this.found = h("p", { class: "found", id: "own-region-said", "aria-live": "polite" });
    this.bar =
      document.querySelector("header.bar") ??
      document.body.insertBefore(h("header", { class: "bar" }), document.body.firstChild);
    this.main = document.querySelector("main") ?? document.body.appendChild(h("main"));
    this.main.id = "main";
    this.main.tabIndex = -1;
    this.readState();
    this.figures = this.figuresOf(report);
    studio?.join(this);
  }

  figuresOf = report => report.figures.map(figure => new FigureOnPage(report, figure, this));

  /** Another document in place of the one shown: what the reader has chosen stays as far as it is there. */
  replace(document, measure = this.state.measure) {
    this.report = new Report(document);
    this.figures = this.figuresOf(this.report);
    this.keepState();
    this.readState();
    this.change(this.report.measures.some(({ name }) => name === measure) ? { measure } : {}, null);
  }

  focusOn(selector) {
    document.querySelector(selector)?.focus({ preventScroll: true });
  }

  start() {
    document.documentElement.classList.add("drawn");
    this.bar.append(this.found, this.status);
    this.render();
    window.addEventListener("hashchange", () => {
      this.readState();
      this.render();
    });
    this.redrawAtNewWidths();
    window.addEventListener("beforeprint", () => this.figures.forEach(figure => figure.beforePrint(PAPER)));
    window.addEventListener("afterprint", () => this.figures.forEach(figure => figure.afterPrint()));
  }

  readState() {
    const state = readAddress(location.hash);
    const { report } = this;
    const isThere = ({ region }) => region.code === state.region;
    this.state = {
      ...state,
      language: state.language ?? this.defaultLanguage,
      region: report.regionOf.has(state.region) ? state.region : "",
      place: placesCalled(report, state.place).some(isThere) ? state.place : "",
      measure: report.scenarioOf.has(state.measure) ? state.measure : (report.measures[0]?.name ?? "")
    };
    this.words = wordsFor(report, this.state.language);
    this.number = value => formatNumber(value, this.state.language, 0);
  }

  /** Puts the state in the address without a step in the history for each choice. */
  keepState() {
    const first = this.report.measures[0]?.name;
    const address = writeAddress(
      { ...this.state, measure: this.state.measure === first ? "" : this.state.measure },
      this.defaultLanguage
    );
    history.replaceState(null, "", location.pathname + location.search + address);
  }

  width() {
    return (
      (this.figures[0]?.element.isConnected ? this.figures[0].element : this.main).clientWidth || this.main.clientWidth
    );
  }

  render() {
    const { language } = this.state;
    document.documentElement.lang = language;
    document.title = textOf(this.report.document.title, language);
    this.skipLink();
    this.bar.setAttribute("aria-label", this.words("tools"));
    // What is said stays in the page: screen readers follow the element, not its place.
    const stays = [this.found, this.status];
    [...this.bar.children].filter(child => !stays.includes(child)).forEach(child => child.remove());
    this.bar.prepend(...buildBar(this.report, this));
    if (this.said) this.status.textContent = this.words(...this.said);
    showLinks(this.report, this);
    this.studio?.render();
    this.renderContents();
    if (this.state.section) this.goTo(this.state.section, false);
  }

  renderContents() {
    this.main.replaceChildren(...this.contents());
    this.figures.forEach(figure => figure.render());
  }

  skipLink() {
    const link =
      document.querySelector("a.skip") ??
      document.body.insertBefore(h("a", { class: "skip", href: "#main" }), document.body.firstChild);
    link.textContent = this.words("skip");
    link.onclick = event => {
      event.preventDefault();
      this.main.focus();
    };
  }

  contents() {
    const {
      report,
      state: { language }
    } = this;
    const byId = new Map(this.figures.map(figure => [figure.figure.id, figure]));
    const sections = report.sections.map(section =>
      h(
        "section",
        { id: section.id },
        h("h2", { tabindex: -1 }, textOf(section.heading, language)),
        section.intro ? h("p", { class: "intro" }, prose(textOf(section.intro, language))) : null,
        (section.figures ?? []).map(figure => byId.get(figure.id).element)
      )
    );
    return [
      h("h1", {}, textOf(report.document.title, language)),
      buildNotices(report, this.state, this.words),
      ...buildLead(report, this.state, this.words),
      buildAbout(report, this.state, this.words),
      this.studio?.element,
      this.contentsList(),
      ...sections,
      buildNotes(report, this),
      buildReproduce(report, this)
    ].filter(Boolean);
  }

  contentsList() {
    const {
      report,
      state: { language }
    } = this;
    return h(
      "nav",
      { "aria-label": this.words("contents"), class: "contents" },
      h(
        "ol",
        {},
        report.sections.map(section =>
          h(
            "li",
            {},
            h(
              "a",
              {
                href: `#${section.id}`,
                onclick: event => {
                  event.preventDefault();
                  this.goTo(section.id, true);
                }
              },
              textOf(section.heading, language)
            )
          )
        )
      )
    );
  }

  goTo(id, chosen) {
    const heading = document.getElementById(id)?.querySelector("h2");
    if (!heading) return;
    heading.scrollIntoView({ block: "start" });
    if (!chosen) return;
    heading.focus({ preventScroll: true });
    this.state.section = id;
    this.keepState();
  }

  change(change, focus) {
    Object.assign(this.state, change);
    this.words = wordsFor(this.report, this.state.language);
    this.keepState();
    const top = window.scrollY;
    const { section } = this.state;
    this.state.section = "";
    this.render();
    this.state.section = section;
    window.scrollTo(0, top);
    if (focus) this.focusOn(focus);
  }

  /** `place`: the municipality that the reader named and that lies in the region. */
  chooseRegion(region, { focus = "own-region", place = "" } = {}) {
    this.change({ region, place }, focus && `#${focus}`);
    const name = this.report.regionOf.get(region)?.name;
    if (place) this.hush();
    else if (name) this.say("regionChosen", { region: name });
    else this.say("regionCleared");
  }

  /** Shows the whole again while the reader is still in the bar, whose text must not change under the pen. */
  leaveRegion() {
    if (!this.state.region) return;
    const focused = document.activeElement?.id;
    const top = window.scrollY;
    Object.assign(this.state, { region: "", place: "" });
    this.keepState();
    this.renderContents();
    window.scrollTo(0, top);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  chooseMeasure(measure) {
    this.change({ measure }, "#measure");
  }
  chooseLanguage(language) {
    this.change({ language }, `[data-language="${language}"]`);
  }

  chooseView(figure, view, usual) {
    if (view === usual) delete this.state.views[figure];
    else this.state.views[figure] = view;
    this.keepState();
  }

  /** A choice for all figures of a batch. */
  chooseOfBatch(key, value, focus) {
    this.state.choices = { ...this.state.choices, [key]: value };
    this.keepState();
    this.figures.filter(({ figure }) => isOfBatch(figure)).forEach(figure => figure.render());
    this.focusOn(focus);
  }

  /** A word of the page with its values, for a while; in another language as soon as the reader asks for it. */
  say(key, values = {}) {
    this.said = [key, values];
    this.status.textContent = this.words(key, values);
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.hush(), 8000);
  }

  hush() {
    this.said = null;
    this.status.textContent = "";
  }

  async copyPlan() {
    const copied = await copyChapter(chapterOf(this.report, this));
    this.say(copied ? "copied" : "copyFailed");
  }

  async savePlan() {
    try {
      const title = textOf(this.report.document.title, this.state.language);
      saveFile(`${fileNameOf(title)}.docx`, await docxOf(chapterOf(this.report, this), this.state.language), DOCX);
      this.say("docxMade");
    } catch (error) {
      this.say("docxFailed", { why: error.message });
    }
  }

  redrawAtNewWidths() {
    let width = this.width(),
      waiting = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        if (this.width() === width || matchMedia("print").matches) return;
        width = this.width();
        this.figures.forEach(figure => figure.resize());
      });
    }).observe(this.main);
  }
}
