// SPDX-License-Identifier: Apache-2.0
// Where people are, year by year: states stacked by group, the baseline beside the measure, on one axis.
import * as Plot from "@observablehq/plot";
import { NARROW, chart, hatch, labelEnds, swatches, valueAxis, withKey, yearAxis } from "../chart.js";
import { colour, groupOf, groups } from "../palette.js";
import { cutText, textWidth, wrapText } from "../dom.js";
import { groupBy } from "../document.js";
import { partialKey, partialYears } from "./partial.js";
import { paleness } from "../shades.js";

const THINNEST_LABEL = 0.012;

export function stateDistribution(figure, context) {
  const rows = context.rows.filter(row => row.share !== null || row.people !== null);
  if (!rows.length) return null;
  const scenarios = [context.report.baseline, context.measure].filter(
    (name, at, all) => rows.some(row => row.scenario === name) && all.indexOf(name) === at
  );
  const shown = rows.filter(row => scenarios.includes(row.scenario));
  const states = orderedStates(context, shown);
  const narrow = context.width < NARROW;
  const stack = stacked(shown, states, scenarios);
  const panels = narrow ? "fy" : "fx";
  const last = Math.max(...shown.map(row => row.year));
  const partial = partialYears(figure);
  const told = shown.map(row => row.year).filter(year => !partial.has(year));
  const toldYear = told.length ? Math.max(...told) : last;
  const ends = endsOf(context, stack, scenarios[scenarios.length - 1], toldYear, last);
  const margin = 22 + (narrow ? 0 : Math.max(...ends.map(end => textWidth(end.text))));
  const height = narrow ? 40 + 260 * scenarios.length : 400;
  const room = narrow ? context.width - 90 : (context.width - margin - 60) / scenarios.length - 30;
  const titles = new Map(scenarios.map(name => [name, wrapText(context.label("scenario", name), room)]));
  const tall = 14 * Math.max(...[...titles.values()].map(lines => lines.length));
  const over = hatch();
  const span = { x: "year", y1: "low", y2: "high", z: "state", [panels]: "scenario" };
  const svg = chart(context, {
    height: height + tall - 14,
    marginRight: margin,
    marginTop: (narrow ? 10 : 26) + tall,
    ...(narrow ? { marginBottom: 42 } : {}),
    [panels]: { domain: scenarios, axis: null, padding: narrow ? 0.16 : 0.13 },
    x: { type: "linear", domain: [Math.min(...shown.map(row => row.year)), last] },
    y: { domain: [0, 1] },
    opacity: { type: "identity" },
    marks: [
      Plot.areaY(stack, { ...span, fill: row => colour(row.group), fillOpacity: 1 }),
      Plot.areaY(stack, { ...span, fill: colour("paper"), fillOpacity: row => row.pale }),
      Plot.areaY(
        stack.filter(row => row.group === "outside"),
        { ...span, fill: over.fill, fillOpacity: 0.5 }
      ),
      Plot.lineY(stack, {
        x: "year",
        y: "low",
        z: "state",
        [panels]: "scenario",
        stroke: colour("paper"),
        strokeWidth: 0.8
      }),
      Plot.ruleX(
        scenarios.flatMap(scenario => [...partial].map(year => ({ scenario, year }))),
        { x: "year", [panels]: "scenario", stroke: colour("ink"), strokeWidth: 1.4, strokeDasharray: "3 3" }
      ),
      Plot.text(scenarios, {
        [panels]: name => name,
        text: name => titles.get(name).join("\n"),
        frameAnchor: "top-left",
        dy: -5,
        lineAnchor: "bottom",
        fontWeight: 700,
        fill: colour("ink")
      }),
      yearAxis(
        context,
        shown.map(row => row.year),
        {
          partial,
          room: narrow ? context.width - 90 : (context.width - margin) / scenarios.length - 50,
          // A function: a text would be the name of a column.
          ...(narrow ? { fy: () => scenarios.at(-1) } : {})
        }
      ),
      valueAxis(context, { format: "percent" })
    ]
  });
  svg.prepend(over.define());
  if (!narrow) labelEnds(svg, ends, { dx: panelShift(svg, scenarios), high: height + tall - 58 });
  const ofGroups = groups
    .filter(name => stack.some(row => row.group === name))
    .map(name => ({
      label: context.words(`group_${name}`),
      swatch: swatches.box(colour(name), name === "outside" ? over.fill : null)
    }));
  const dashed = swatches.line(colour("ink"), "3 3", 1.4);
  return withKey(svg, context, [
    ...ofGroups,
    ...(narrow || toldYear === last
      ? []
      : [{ label: context.words("labelsOf", { year: toldYear }), swatch: () => [] }]),
    ...partialKey(context, shown, partial, { word: "partOfYearDashed", swatch: dashed })
  ]);
}

/** How far the last panel lies right of the first: Plot's x scale is that of the first. */
function panelShift(svg, scenarios) {
  const at = svg.scale("fx");
  return scenarios.length > 1 && at ? at.apply(scenarios.at(-1)) - at.apply(scenarios[0]) : 0;
}

function orderedStates(context, rows) {
  const there = new Set(rows.map(row => row.state));
  const known = context.report.states.filter(state => there.has(state.name));
  const strangers = [...there]
    .filter(name => !context.report.stateOf.has(name))
    .map(name => ({ name, group: "other" }));
  const all = [...known, ...strangers];
  const stackOrder = ["outside", "work", "education", "other"]; // what the page is about stands on zero
  return stackOrder.flatMap(group => {
    const members = all.filter(state => groupOf(state) === group);
    return members.map(state => ({ name: state.name, group, pale: paleness(all, state.name) }));
  });
}

/** Rows with the lower and upper edge of their band; a share that is held back leaves a gap on top. */
function stacked(rows, states, scenarios) {
  const result = [];
  for (const scenario of scenarios) {
    for (const [year, there] of groupBy(
      rows.filter(row => row.scenario === scenario),
      row => row.year
    )) {
      const total = there.reduce((sum, row) => sum + (row.people ?? 0), 0);
      const byState = new Map(there.map(row => [row.state, row.share ?? (total ? row.people / total : 0)]));
      let low = 0;
      for (const state of states) {
        const high = low + (byState.get(state.name) ?? 0);
        result.push({ scenario, year, state: state.name, group: state.group, pale: state.pale, low, high });
        low = high;
      }
    }
  }
  return result;
}

/** Names and shares of the last whole year, beside the end of the bands. */
function endsOf(context, stack, scenario, year, last) {
  return stack
    .filter(row => row.scenario === scenario && row.year === year && row.high - row.low >= THINNEST_LABEL)
    .map(row => ({
      x: last,
      y: (row.low + row.high) / 2,
      text: `${cutText(context.label("state", row.state), 170)} ${context.percent(row.high - row.low, 0)}`
    }));
}
