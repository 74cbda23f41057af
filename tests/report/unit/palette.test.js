// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { dark, groups, inkOnStep, light, steps } from "../../../output/report/web/src/palette.js";

const linear = hex =>
  [1, 3, 5]
    .map(at => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
const luminance = hex => linear(hex).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);

/** WCAG 2.1, contrast ratio. */
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const blindness = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ],
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ]
};

function lab(rgb) {
  const xyz = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505]
  ].map(row => row.reduce((sum, weight, at) => sum + weight * rgb[at], 0));
  const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map(part =>
    part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a, b, matrix) {
  const seen = hex =>
    lab(
      matrix.map(row =>
        Math.min(
          1,
          Math.max(
            0,
            row.reduce((sum, weight, at) => sum + weight * linear(hex)[at], 0)
          )
        )
      )
    );
  const [first, second] = [seen(a), seen(b)];
  return Math.hypot(...first.map((part, at) => part - second[at]));
}

for (const [name, palette] of Object.entries({ light, dark })) {
  test(`text of ${name} is read on paper and on tinted rows (4.5 to 1)`, () => {
    for (const ink of ["ink", "muted", "accent", "focus"]) {
      for (const ground of ["paper", "surface", "accentSoft"]) {
        if (ground === "accentSoft" && ink !== "ink") continue;
        assert.ok(
          contrast(palette[ink], palette[ground]) >= 4.5,
          `${ink} on ${ground}: ${contrast(palette[ink], palette[ground]).toFixed(2)}`
        );
      }
    }
    assert.ok(contrast(palette.paper, palette.accent) >= 4.5, "paper on accent, for buttons");
  });

  test(`lines and focus of ${name} stand off the paper (3 to 1)`, () => {
    for (const line of ["accent", "work", "outside", "muted", "focus", "mark"])
      assert.ok(
        contrast(palette[line], palette.paper) >= 3,
        `${line}: ${contrast(palette[line], palette.paper).toFixed(2)}`
      );
  });

  test(`the steps of ${name} run one way in light, and numbers on them are read`, () => {
    const lights = steps.map(step => luminance(palette[step]));
    const way = Math.sign(lights[1] - lights[0]);
    lights.slice(1).forEach((value, at) => assert.equal(Math.sign(value - lights[at]), way));
    steps.forEach((step, at) =>
      assert.ok(
        contrast(palette[step], palette[inkOnStep[name][at]]) >= 4.5,
        `${step}: ${contrast(palette[step], palette[inkOnStep[name][at]]).toFixed(2)}`
      )
    );
  });

  test(`the groups of ${name} are told apart by every kind of colour vision`, () => {
    for (const [kind, matrix] of Object.entries(blindness)) {
      groups.forEach((a, at) =>
        groups.slice(at + 1).forEach(b => {
          const apart = distance(palette[a], palette[b], matrix);
          assert.ok(apart >= 15, `${a} and ${b}, ${kind}: ${apart.toFixed(1)}`);
        })
      );
    }
  });
}
