// SPDX-License-Identifier: Apache-2.0
// How an actual figure lies to its band, in words: the figure's own where it has them.
import { words } from "../words.js";

/** "som ventet", "under båndet"; nothing where it is not judged. */
export function verdictText(context, verdict) {
  if (!verdict) return "";
  const own = `verdict_${verdict}`;
  return context.label("verdict", verdict, own in words ? context.words(own) : null);
}

export const isOff = verdict => verdict === "below" || verdict === "above";
