// SPDX-License-Identifier: Apache-2.0
// The state of the page in its address: #kommune=40&sted=Porsgrunn&lang=nn&tiltak=ips&vis=money:table,map:strip&del=money
// and of a batch what the reader chose of its axes: #valg=x:places,ved-start:2026

const LANGUAGES = ["nb", "nn", "en"];

/** What the part of an address after # says; a plain #id is a section. Unknown languages and keys are left out. */
export function readAddress(hash) {
  const text = hash.replace(/^#/, "");
  const state = { region: "", place: "", language: null, measure: "", views: {}, choices: {}, section: "" };
  if (text && !text.includes("=")) return { ...state, section: decode(text) };
  const values = new URLSearchParams(text);
  const language = values.get("lang");
  for (const pair of (values.get("vis") ?? "").split(",")) {
    const [figure, view] = pair.split(":");
    if (figure && view) state.views[figure] = view;
  }
  for (const pair of (values.get("valg") ?? "").split(",")) {
    const at = pair.indexOf(":");
    if (at > 0) state.choices[decode(pair.slice(0, at))] = decode(pair.slice(at + 1));
  }
  return {
    ...state,
    region: values.get("kommune") ?? "",
    place: values.get("sted") ?? "",
    language: LANGUAGES.includes(language) ? language : null,
    measure: values.get("tiltak") ?? "",
    section: values.get("del") ?? ""
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The part after # for a state; nothing for what is as the page opens. */
export function writeAddress(state, defaultLanguage) {
  const parts = [];
  const add = (key, value) => value && parts.push(`${key}=${encodeURIComponent(value)}`);
  add("kommune", state.region);
  add("sted", state.region && state.place);
  add("lang", state.language === defaultLanguage ? "" : state.language);
  add("tiltak", state.measure);
  const views = Object.entries(state.views).map(
    ([figure, view]) => `${encodeURIComponent(figure)}:${encodeURIComponent(view)}`
  );
  if (views.length) parts.push(`vis=${views.join(",")}`);
  const choices = Object.entries(state.choices ?? {}).map(
    ([key, value]) => `${encodeURIComponent(key)}:${encodeURIComponent(value)}`
  );
  // Within a value of the address, so that a comma of a label does not part it.
  if (choices.length) parts.push(`valg=${encodeURIComponent(choices.join(","))}`);
  add("del", state.section);
  return parts.length ? "#" + parts.join("&") : "";
}
