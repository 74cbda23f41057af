// SPDX-License-Identifier: Apache-2.0
// A server around the fixture that answers as the page of the studio expects, and faster than the program: the page's tests
// stand on it. Runs take `ticks` steps; the last lever's value is what a run adds to the comparison.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { makeDocument, pageOf } from "./fixture.js";

const studioScript = readFileSync(new URL("../../output/report/page/studio.js", import.meta.url), "utf8");
const t = (nb, nn = nb, en = nb) => ({ nb, nn, en });
const ips = t("Jobbstøtte (IPS)", "Jobbstøtte (IPS)", "Job support (IPS)");
const mentor = t("Mentor", "Mentor", "Mentor");
const lever = (id, measure, group, label, kind, value, min, max, step, of, more = {}) => ({
  id,
  measure,
  group,
  label,
  help: t("Fra scenariofila.", "Frå scenariofila.", "From the scenario file."),
  kind,
  unit: null,
  value,
  min,
  max,
  step,
  of,
  evidence: null,
  ...more
});

const LEVERS = [
  lever(
    "measures.ips.places.total",
    "ips",
    ips,
    t("Plasser", "Plassar", "Places"),
    "integer",
    150,
    0,
    300,
    1,
    "places"
  ),
  lever(
    "measures.ips.runs.from",
    "ips",
    ips,
    t("Begynner", "Byrjar", "Begins"),
    "date",
    "2026-01-01",
    "2025-01-01",
    "2030-01-01",
    1,
    "start"
  ),
  lever("measures.ips.uptake", "ips", ips, t("Takker ja", "Takkar ja", "Accept"), "share", 0.5, 0, 1, 0.01, "uptake", {
    evidence: "assumed"
  }),
  lever(
    "measures.ips.effects.0",
    "ips",
    ips,
    t("Virkning", "Verknad", "Effect"),
    "ratio",
    1.35,
    0.5,
    3,
    0.05,
    "effect",
    { evidence: "moderate" }
  ),
  lever(
    "measures.mentor.found_after",
    "mentor",
    mentor,
    t("Tid til hjelp", "Tid til hjelp", "Time to help"),
    "duration",
    4,
    0,
    52,
    1,
    "waiting",
    { unit: t("uker", "veker", "weeks"), unit_of_one: t("uke", "veke", "week") }
  )
];

export function startStudio({ ticks = 5, pause = 60 } = {}) {
  const token = randomBytes(16).toString("hex");
  const kept = ["baseline", "ips"],
    runs = new Map(),
    saved = new Set(),
    log = { stopped: 0, requests: [] };
  let count = 0;

  const documentNow = () => {
    const document = makeDocument();
    const tries = kept.filter(name => !["baseline", "ips"].includes(name));
    document.scenarios = document.scenarios.filter(({ name }) => kept.includes(name));
    for (const name of tries) document.scenarios.push({ name, label: t(name) });
    for (const figure of document.sections.flatMap(section => section.figures)) {
      const at = figure.columns.findIndex(column => column.name === "scenario");
      if (at < 0) continue;
      const own = figure.rows.filter(row => row[at] === "ips");
      figure.rows = figure.rows.filter(row => kept.includes(row[at]));
      for (const name of tries) figure.rows.push(...own.map(row => row.map((cell, i) => (i === at ? name : cell))));
    }
    return document;
  };
  const studioNow = () => ({
    format: "utvei: studio/1",
    baseline: "baseline",
    scenarios: [{ name: "ips", label: t("Jobbstøtte for unge"), file: "ips.yaml", levers: LEVERS }],
    kept,
    seconds: { ips: 4.2 },
    persons: 20000,
    draws: 10,
    note: t("Vist er 10 av 25 trekk.", "Vist er 10 av 25 trekk.", "Shown are 10 of 25 draws.")
  });
  const page = () =>
    pageOf(documentNow())
      .replace("base-uri 'none'", "connect-src 'self'; base-uri 'none'")
      .replace(
        "<script>",
        () =>
          `<script type="application/json" id="utvei-studio">${JSON.stringify(studioNow()).replaceAll("<", "\\u003c")}</script><script>${studioScript}</script><script>`
      );

  const wrongValues = levers =>
    Object.entries(levers)
      .map(([id, value]) => [LEVERS.find(one => one.id === id), id, value])
      .filter(([one, , value]) => !one || value === 13)
      .map(([one, id]) => ({ lever: one ? id : null, message: t(`Ikke ${id}.`, `Ikkje ${id}.`, `Not ${id}.`) }));

  /** Steps of a run; that called "teller" counts people, as the program does. */
  const countOf = (run, done) =>
    run.name === "teller" ? { done: 100000 * done, total: 501510 } : { done, total: ticks };

  function events(run, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    let done = 0;
    const send = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const end = (event, data) => {
      clearInterval(timer);
      send(event, data);
      response.end();
    };
    const timer = setInterval(() => {
      if (run.stopped) return end("stopped", {});
      if (done < ticks) return send("progress", { ...countOf(run, ++done), stage: done < 2 ? "people" : "simulate" });
      runs.delete(run.id);
      if (run.name === "feil")
        return end("failed", { message: t("Det gikk ikke.", "Det gjekk ikkje.", "It did not work.") });
      kept.push(run.name);
      return end("done", { name: run.name, document: documentNow() });
    }, pause);
    response.on("close", () => {
      clearInterval(timer);
      if (runs.delete(run.id)) ++log.stopped;
    });
  }

  async function bodyOf(request) {
    let text = "";
    for await (const part of request) text += part;
    return JSON.parse(text);
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const json = (status, body) => {
      response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    };
    if (request.method === "GET" && url.pathname === "/" && url.searchParams.get("token") === token) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
      return response.end(page());
    }
    if (url.pathname.startsWith("/api/")) log.requests.push(`${request.method} ${url.pathname}`);
    if (request.headers["x-utvei-token"] !== token) return json(403, {});
    const [, , kind, coded, action] = url.pathname.split("/");
    const name = decodeURIComponent(coded ?? "");
    const asked = [request.method, kind, action].filter(Boolean).join(" ");
    switch (asked) {
      case "GET studio":
        return json(200, studioNow());
      case "POST runs": {
        const wanted = await bodyOf(request);
        const errors = wrongValues(wanted.levers);
        if (wanted.name === "avvist") errors.push({ lever: "name", message: t("Ikke dette navnet.") });
        if (errors.length) return json(422, { errors });
        if (kept.includes(wanted.name)) return json(409, {});
        if (runs.size >= 2) return json(503, {});
        const run = { ...wanted, id: String(++count) };
        runs.set(run.id, run);
        log.last = wanted;
        return json(202, { run: run.id });
      }
      case "GET runs events":
        return runs.has(name) ? events(runs.get(name), response) : json(404, {});
      case "DELETE runs":
        if (runs.has(name)) runs.get(name).stopped = true;
        return response.writeHead(204).end();
      case "GET runs yaml":
        return response.writeHead(200, { "Content-Type": "text/yaml" }).end(`extends: ips.yaml\nname: ${name}\n`);
      case "POST runs save":
        if (saved.has(name)) return json(409, {});
        saved.add(name);
        return json(201, { file: `${name}.yaml` });
      case "DELETE scenarios":
        kept.splice(kept.indexOf(name), 1);
        return json(200, { document: documentNow() });
      default:
        return json(404, {});
    }
  });
  return new Promise(resolve =>
    server.listen(0, "127.0.0.1", () =>
      resolve({
        address: `http://127.0.0.1:${server.address().port}/?token=${token}`,
        token,
        log,
        close: () => {
          server.closeAllConnections();
          server.close();
        }
      })
    )
  );
}
