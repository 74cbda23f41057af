// SPDX-License-Identifier: Apache-2.0
// "Prøv selv": levers of a scenario, runs on the server that gave the page, and the comparison with what came of them.
import { h } from "../dom.js";
import { textOf } from "../document.js";
import { formatNumber } from "../format.js";
import { isNameWrong } from "./value.js";
import { Client, Refusal, takeToken } from "./client.js";
import { leverGroups, nameField, scenarioChoice } from "./form.js";
import { keptList } from "./kept.js";
import { Progress } from "./progress.js";
import { Run } from "./run.js";
import { studioWordsFor } from "./words.js";

const FORMAT = "utvei: studio/1";
const OF_NAME = "name"; // in place of a lever, where the server finds fault with the name of a try

export class Studio {
  constructor(document, client = new Client(takeToken())) {
    if (document.format !== FORMAT) throw new Error(`the page's script reads ${FORMAT}, not ${document.format}`);
    Object.assign(this, { document, client, running: null, message: null, tries: 0 });
    this.moved = new Map(); // by scenario: Map from the id of a lever to its value, null where what is typed is none
    this.controls = new Map();
    this.yamls = new Map();
    this.element = h("section", { id: "studio", "aria-labelledby": "studio-heading" });
    this.choose(document.scenarios[0]?.name, false);
  }

  /** Called once by the page that shows it. */
  join(page) {
    this.page = page;
    window.addEventListener("pageshow", event => event.persisted && this.refresh());
    window.addEventListener("focus", () => this.refresh());
  }

  get language() {
    return this.page.state.language;
  }
  get values() {
    return this.moved.get(this.scenario?.name);
  }
  valueOf = lever => this.values.get(lever.id) ?? lever.value;

  /** Writes the panel anew in the language of the page, with what has been moved. */
  render() {
    this.words = studioWordsFor(this.language);
    this.proposeName();
    this.controls.clear();
    // What was typed and is no value is not written anew.
    for (const [id, value] of this.values ?? []) if (value === null) this.values.delete(id);
    this.nameField = nameField(this);
    this.progress = new Progress(this);
    this.keptElement = h("div", {}, keptList(this));
    this.element.replaceChildren(
      ...[
        h("h2", { id: "studio-heading", tabindex: -1 }, this.words("heading")),
        h("p", { class: "intro" }, this.words("intro")),
        h("p", { class: "note" }, this.basis()),
        h(
          "form",
          { novalidate: true, onsubmit: event => this.submit(event) },
          scenarioChoice(this),
          leverGroups(this),
          h(
            "div",
            { class: "try" },
            this.nameField.element,
            h(
              "button",
              { type: "button", "data-studio": "reset", onclick: () => this.resetAll() },
              this.words("resetAll")
            )
          ),
          this.progress.element
        ),
        this.keptElement
      ].filter(Boolean)
    );
  }

  /** A name in the language of the page, until the reader gives one. */
  proposeName() {
    const proposed = this.words("tryName", { n: this.tries + 1 });
    if (!this.name || this.name === this.proposed) this.name = proposed;
    this.proposed = proposed;
  }

  /** How many people and draws stand behind an answer, and how long one takes. */
  basis() {
    const { persons, draws, seconds, note } = this.document;
    const number = (value, decimals = 0) => formatNumber(value, this.language, decimals);
    const took = seconds?.[this.scenario?.name];
    return [
      this.words("basis", { persons: number(persons), draws: number(draws) }),
      took ? this.words("lasts", { seconds: number(took, took < 10 ? 1 : 0) }) : "",
      textOf(note, this.language)
    ]
      .filter(Boolean)
      .join(" ");
  }

  choose(name, drawn = true) {
    this.scenario = this.document.scenarios.find(scenario => scenario.name === name);
    if (this.scenario && !this.moved.has(name)) this.moved.set(name, new Map());
    if (!drawn) return;
    this.render();
    document.getElementById("studio-scenario")?.focus();
  }

  move(lever, value) {
    if (value === lever.value) this.values.delete(lever.id);
    else this.values.set(lever.id, value);
  }

  call(name) {
    this.name = name;
    this.nameField.complain("");
  }

  resetAll() {
    for (const control of this.controls.values()) control.set(control.lever.value);
  }

  async submit(event) {
    event.preventDefault();
    if (this.running || !this.scenario) return undefined;
    const wrong = [...this.controls.values()].filter(control => this.values.get(control.lever.id) === null);
    if (wrong.length) {
      this.say(() => this.words("someWrong"));
      wrong[0].field.focus();
      return undefined;
    }
    if (!this.name.trim()) return this.complainOfName(this.words("nameNeeded"));
    if (isNameWrong(this.name.trim())) return this.complainOfName(this.words("nameWrong"));
    return this.start(this.name.trim());
  }

  complainOfName(text) {
    this.nameField.complain(text);
    this.nameField.input.focus();
  }

  async start(name) {
    this.running = new Run(this.client, name, run => this.progress.show(run));
    this.progress.show(this.running);
    this.progress.stop.focus();
    let end = null;
    try {
      end = await this.running.finish(this.scenario.name, Object.fromEntries(this.values));
    } catch (error) {
      if (!this.running.abort.signal.aborted) this.refused(error);
    }
    this.running = null;
    this.progress.show(null);
    if (end) this.ended(end);
    if (end || document.activeElement === document.body) this.progress.run.focus({ preventScroll: true });
  }

  stop() {
    this.running?.stop().catch(error => this.refused(error));
  }

  ended({ event, data }) {
    if (event === "stopped") return this.say(() => this.words("stopped"));
    if (event === "failed") return this.say(() => this.words("failed") + textOf(data.message, this.language));
    const { name } = data;
    ++this.tries;
    this.name = "";
    if (!this.document.kept.includes(name)) this.document.kept.push(name);
    this.message = () => this.words("done", { name });
    this.page.replace(data.document, name);
    this.refresh();
    return undefined;
  }

  /** What the server would not do, beside what it is about. */
  refused(error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, body } = error;
    if (status === 422 && body?.errors) return this.complain(body.errors);
    if (status === 409 && !body?.message) {
      this.complainOfName(this.words("nameTaken"));
      return this.say(null);
    }
    return this.say(() => this.refusalText(status));
  }

  refusalText(status) {
    const key = { 0: "gone", 403: "forbidden", 503: "busy" }[status] ?? "refused";
    return this.words(key, { status });
  }

  complain(errors) {
    const text = error => textOf(error.message, this.language);
    const of = lever => errors.filter(error => error.lever === lever);
    const general = errors.filter(({ lever }) => !this.controls.has(lever) && lever !== OF_NAME);
    for (const [id, control] of this.controls) control.complain(of(id).map(text).join(" "));
    const beside = errors.length > general.length;
    this.say(() => [beside ? this.words("someWrong") : "", ...general.map(text)].filter(Boolean).join(" "));
    const first = errors.find(error => this.controls.has(error.lever));
    if (of(OF_NAME).length) this.complainOfName(of(OF_NAME).map(text).join(" "));
    else if (first) this.controls.get(first.lever).field.focus();
  }

  /** `write` gives the text in the language of the page; null: nothing. */
  say(write) {
    this.message = write;
    this.progress.say(this.messageText());
  }

  messageText = () => this.message?.() ?? "";

  async toggleYaml(name) {
    await this.tell(async () => {
      if (!this.yamls.delete(name)) this.yamls.set(name, await this.client.yaml(name));
      this.renderKept();
    });
  }

  save(name) {
    return this.tell(
      async () => {
        const saved = await this.client.save(name);
        this.say(() => this.words("saved", saved));
      },
      status => status === 409 && this.words("fileThere")
    );
  }

  remove(name) {
    return this.tell(async () => {
      const { document } = await this.client.remove(name);
      this.document.kept = this.document.kept.filter(other => other !== name);
      this.yamls.delete(name);
      this.message = () => this.words("removed", { name });
      this.page.replace(document);
      this.page.focusOn("#studio-heading");
    });
  }

  /** Does what the server may refuse, and says why it did. */
  async tell(action, ownText = () => null) {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const said = error.body?.message;
      this.say(() => (said && textOf(said, this.language)) || ownText(error.status) || this.refusalText(error.status));
    }
  }

  /** What other windows have made or taken away since. */
  async refresh() {
    try {
      const { kept, seconds } = await this.client.studio();
      const changed = JSON.stringify(kept) !== JSON.stringify(this.document.kept);
      Object.assign(this.document, { kept, seconds });
      if (changed) this.renderKept();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  renderKept() {
    const focused = document.activeElement?.dataset?.studio;
    this.keptElement.replaceChildren(...[keptList(this)].filter(Boolean));
    if (focused) this.keptElement.querySelector(`[data-studio="${focused}"]`)?.focus();
  }
}
