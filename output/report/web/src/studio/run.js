// SPDX-License-Identifier: Apache-2.0
// One run of the studio, from the button to its end. It ends with the page: a closed tab breaks the stream off, and the server stops the run.
import { Refusal } from "./client.js";

export class Run {
  /** `moved(run)` is told of every step. */
  constructor(client, name, moved) {
    Object.assign(this, { client, name, moved, id: null, stage: "start", done: 0, total: 0 });
    this.abort = new AbortController();
  }

  /** What came of it: {event: "done" | "failed" | "stopped", data}. */
  async finish(scenario, levers) {
    const leave = () => this.abort.abort();
    window.addEventListener("pagehide", leave);
    try {
      this.id = (await this.client.start({ scenario, name: this.name, levers })).run;
      if (this.wanted) await this.client.stop(this.id);
      for await (const { event, data } of this.client.events(this.id, this.abort.signal)) {
        if (event !== "progress") return { event, data };
        Object.assign(this, data);
        this.moved(this);
      }
      throw new Refusal(0);
    } finally {
      window.removeEventListener("pagehide", leave);
    }
  }

  /** Asks the server to stop; the stream says when it has. A run that has no number yet is stopped as soon as it has one. */
  async stop() {
    this.wanted = true;
    if (this.id !== null) await this.client.stop(this.id);
  }
}
