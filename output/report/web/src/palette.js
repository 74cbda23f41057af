// SPDX-License-Identifier: Apache-2.0
// The colours of the page, light and dark: the one place they stand. build.js makes the custom properties of the style from them,
// and tests/report/unit/palette.test.js holds their contrast (WCAG 2.1) and their distance for the colour-blind.

export const light = {
  paper: "#fdfcf9",
  surface: "#f3f1ea",
  rule: "#d9d5c9",
  grid: "#e6e2d8",
  ink: "#1c2126",
  muted: "#565c63",
  accent: "#0b5a78",
  accentSoft: "#d5e6ec",
  focus: "#8a3d0a",
  work: "#0b6e8f",
  education: "#e0b83c",
  outside: "#b8461b",
  other: "#8e959b",
  better: "#0b6e8f",
  worse: "#b8461b",
  mark: "#1c2126",
  band50: "#6aa5ba",
  band80: "#a3c8d5",
  band95: "#d3e5eb",
  step0: "#eef3f1",
  step1: "#c3dbe0",
  step2: "#8fbdcc",
  step3: "#317590",
  step4: "#0a4f6b"
};

export const dark = {
  paper: "#15191c",
  surface: "#1f2529",
  rule: "#3c444a",
  grid: "#2b3237",
  ink: "#eceae4",
  muted: "#b0b5b9",
  accent: "#7cc4de",
  accentSoft: "#1f3c47",
  focus: "#f0b27a",
  work: "#5fb4d1",
  education: "#f0d27a",
  outside: "#e8875a",
  other: "#8b949b",
  better: "#5fb4d1",
  worse: "#e8875a",
  mark: "#f6f4ee",
  band50: "#3f7d95",
  band80: "#2d5a6c",
  band95: "#223f4b",
  step0: "#26333a",
  step1: "#2c4f5d",
  step2: "#316a7f",
  step3: "#57a3bd",
  step4: "#a5dcee"
};

/** A colour as the drawings write it: a custom property, so that light, dark and print need no new drawing. */
export const colour = name => `var(--${name})`;

export const steps = ["step0", "step1", "step2", "step3", "step4"];
/** Ink that is read on each step; light and dark turn it round in the same places. */
export const inkOnStep = {
  light: ["ink", "ink", "ink", "paper", "paper"],
  dark: ["ink", "ink", "ink", "paper", "paper"]
};

export const groups = ["education", "work", "outside", "other"];

/** The group whose colour a state takes; what is none of the four is the rest. */
export function groupOf(state) {
  return groups.includes(state?.group) ? state.group : "other";
}

function block(selector, palette) {
  const lines = Object.entries(palette).map(([name, value]) => `  --${name}: ${value};`);
  return `${selector} {\n${lines.join("\n")}\n}\n`;
}

/** The custom properties: light, dark where the reader asks for it on a screen. Paper is always light. */
export function customProperties() {
  return block(":root", light) + `@media screen and (prefers-color-scheme: dark) {\n${block(":root", dark)}}\n`;
}
