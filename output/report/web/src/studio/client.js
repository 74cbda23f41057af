// SPDX-License-Identifier: Apache-2.0
// What the page asks of the server of `utvei studio`. The token of the address is kept in this tab alone and sent in a header: what
// another page makes the browser ask never carries it.

const KEY = "utvei-studio-token";

/** The token of the address, which is taken out of it; after a reload the one this tab kept. */
export function takeToken() {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (given) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address.pathname + address.search + address.hash);
    try {
      sessionStorage.setItem(KEY, given);
    } catch {
      // A browser that keeps nothing asks for the address again after a reload, no more.
    }
    return given;
  }
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** An answer that is no success: its status, 0 where there was no answer, and what it says. */
export class Refusal extends Error {
  constructor(status, body = null) {
    super(`studio answered ${status}`);
    Object.assign(this, { status, body });
  }
}

export class Client {
  constructor(token) {
    this.token = token;
  }

  async ask(method, path, { body, signal } = {}) {
    const headers = { "X-Utvei-Token": this.token };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers,
        signal,
        cache: "no-store",
        body: body === undefined ? undefined : JSON.stringify(body)
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refusal(0);
    }
    if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => null));
    return answer;
  }

  json = async (method, path, options) => (await this.ask(method, path, options)).json();
  studio = () => this.json("GET", "/api/studio");
  start = run => this.json("POST", "/api/runs", { body: run });
  stop = id => this.ask("DELETE", `/api/runs/${encodeURIComponent(id)}`);
  yaml = async name => (await this.ask("GET", `/api/runs/${encodeURIComponent(name)}/yaml`)).text();
  save = name => this.json("POST", `/api/runs/${encodeURIComponent(name)}/save`, { body: {} });
  remove = name => this.json("DELETE", `/api/scenarios/${encodeURIComponent(name)}`);

  /** The events of a run, {event, data}, as they come. A stream that breaks off before its end is a refusal. */
  async *events(id, signal) {
    const answer = await this.ask("GET", `/api/runs/${encodeURIComponent(id)}/events`, { signal });
    const reader = answer.body.getReader(),
      decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read().catch(error => {
        if (signal?.aborted) throw error;
        throw new Refusal(0);
      });
      if (done) return;
      const [events, rest] = parseEvents(text + decoder.decode(value, { stream: true }));
      text = rest;
      yield* events;
    }
  }
}

/** The whole events of a text by the HTML standard's event streams, and what is left of it. */
export function parseEvents(text) {
  const parts = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = parts.pop();
  const events = parts
    .map(part => {
      const lines = part.split("\n").filter(line => line && !line.startsWith(":"));
      const of = name =>
        lines.filter(line => line.startsWith(`${name}:`)).map(line => line.slice(name.length + 1).replace(/^ /, ""));
      return { event: of("event").at(-1) ?? "message", data: of("data").join("\n") };
    })
    .filter(({ data }) => data !== "")
    .map(({ event, data }) => ({ event, data: JSON.parse(data) }));
  return [events, rest];
}
