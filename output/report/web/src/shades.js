// SPDX-License-Identifier: Apache-2.0
// States of one group share its colour, each paler than the one before it.
import { groupOf } from "./palette.js";

const PALEST = 0.55;

/** How much paper lies over the colour of a state, 0 for the first of its group. */
export function paleness(states, name) {
  const group = groupOf(states.find(state => state.name === name));
  const members = states.filter(state => groupOf(state) === group).map(state => state.name);
  const at = members.indexOf(name);
  return at > 0 ? (PALEST * at) / (members.length - 1) : 0;
}
