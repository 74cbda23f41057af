// SPDX-License-Identifier: Apache-2.0
// Which drawing a kind of figure has. A drawing takes (figure, context) and gives an svg, or null where there is nothing to draw.
import { decomposition, ranking } from "./bars.js";
import { batchAxes, batchRanking } from "./batch_bars.js";
import { batchCurve } from "./batch_curve.js";
import { batchHeat } from "./batch_heat.js";
import { differenceBands } from "./difference_bands.js";
import { funnel } from "./funnel.js";
import { heat } from "./heat.js";
import { lifeLines } from "./life_lines.js";
import { acceptability, breakEven, curve } from "./lines.js";
import { pathwayGraph } from "./pathway_graph.js";
import { planPath } from "./plan_path.js";
import { recognise } from "./recognise.js";
import { regionMap } from "./region_map.js";
import { sankey } from "./sankey.js";
import { sequenceIndex } from "./sequence_index.js";
import { stateDistribution } from "./state_distribution.js";
import { steps } from "./steps.js";
import { tornado } from "./tornado.js";
import { waiting } from "./waiting.js";
import { waterfall } from "./waterfall.js";

const kinds = {
  acceptability,
  batch_axes: batchAxes,
  batch_curve: batchCurve,
  batch_heat: batchHeat,
  batch_ranking: batchRanking,
  break_even: breakEven,
  curve,
  decomposition,
  difference_bands: differenceBands,
  funnel,
  heat,
  life_lines: lifeLines,
  pathway_graph: pathwayGraph,
  plan_path: planPath,
  ranking,
  recognise,
  sankey,
  sequence_index: sequenceIndex,
  state_distribution: stateDistribution,
  steps,
  tornado,
  waterfall
};

/** Kinds with several views list them; the others have one. */
const kindsOfViews = { region_map: regionMap, waiting };

/** The views of a figure {id, label, draw}: none for a table. A view that has nothing to draw gives null. */
export function viewsOf(figure, context) {
  if (kindsOfViews[figure.kind]) return kindsOfViews[figure.kind](figure, context) ?? [];
  const draw = kinds[figure.kind];
  return draw ? [{ id: "figure", label: context.words("figure"), draw: () => draw(figure, context) }] : [];
}
