// SPDX-License-Identifier: Apache-2.0
// The button that runs, the one that stops, and between them how far the run is: a bar, and words that are read aloud once a stage.
import { h } from "../dom.js";
import { formatNumber } from "../format.js";

export class Progress {
  constructor(studio) {
    const { words } = studio;
    this.words = words;
    this.language = studio.language;
    this.bar = h("progress", { "aria-label": words("progress") });
    this.step = h("span", { class: "step" });
    this.spoken = h("p", { class: "said", "aria-live": "polite" });
    this.run = h("button", { type: "submit", class: "first", "data-studio": "run" }, words("run"));
    this.stop = h("button", { type: "button", "data-studio": "stop", onclick: () => studio.stop() }, words("stop"));
    this.line = h("div", { class: "going" }, this.bar, this.step);
    this.element = h(
      "div",
      { class: "running" },
      h("div", { class: "go" }, this.run, this.stop),
      this.line,
      this.spoken
    );
    this.show(studio.running);
    if (!studio.running) this.say(studio.message);
  }

  /** The run that is going, or none. */
  show(run) {
    this.run.disabled = Boolean(run);
    this.stop.hidden = this.line.hidden = !run;
    if (!run) return;
    this.say(this.words(`stage_${run.stage}`));
    const number = value => formatNumber(value, this.language, 0);
    this.step.textContent = run.total ? this.words("step", { done: number(run.done), total: number(run.total) }) : "";
    if (run.total) {
      this.bar.max = run.total;
      this.bar.value = run.done;
    } else {
      this.bar.removeAttribute("value");
    }
  }

  say(text) {
    if (this.spoken.textContent !== text) this.spoken.textContent = text;
  }
}
