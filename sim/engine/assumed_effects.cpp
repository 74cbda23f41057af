// SPDX-License-Identifier: Apache-2.0
#include "assumed_effects.hpp"

#include <utvei/scenario/confidence.hpp>

#include <optional>
#include <string>

namespace utvei {
namespace {

/// `a -> b, c -> d`, and how many more there are.
std::string names_of(std::vector<TransitionId> const& transitions, Model const& model) {
  constexpr std::size_t most_names = 3;
  std::string text;
  for (std::size_t i = 0; i < transitions.size() && i < most_names; ++i)
    text += (i > 0 ? ", " : "") + model.transitions[transitions[i]].name;
  if (transitions.size() > most_names) text += ", … (" + std::to_string(transitions.size()) + ")";
  return text;
}

using Why = AssumedEffect::Why;

/// Nothing where a study, or evidence that is not weak, gives it an interval.
std::optional<Why> why_taken_for_granted(Measure const& measure, MeasureEffect const& effect) {
  if (effect.is_assumed) return Why::assumed;
  if (has_low_confidence(measure)) return Why::low_confidence;
  return effect.trial || effect.ratio.log_sd ? std::nullopt : std::optional{Why::one_number};
}

}  // namespace

std::vector<AssumedEffect> assumed_effects(Scenario const& scenario) {
  std::vector<AssumedEffect> assumed;
  for (Change const& change : scenario.changes) {
    std::string const names = names_of(change.transitions, scenario.model);
    if (change.ratio.mean == 1) continue;
    Why const why = change.ratio.log_sd ? Why::has_interval : Why::one_number;
    assumed.push_back({names, names, change.ratio.mean, why == Why::one_number, true, false, why});
  }
  for (Measure const& measure : scenario.measures) {
    for (std::size_t i = 0; i < measure.effects.size(); ++i) {
      MeasureEffect const& effect = measure.effects[i];
      auto const why = why_taken_for_granted(measure, effect);
      if (!why || effect.ratio.mean == 1) continue;
      assumed.push_back(
          {measure.name, names_of(effect.transitions, scenario.model), effect.ratio.mean, i == 0, false, false, *why});
    }
    if (!measure.need) continue;
    for (Slowing const& slowing : measure.need->slows)
      if (slowing.ratio.mean != 1)
        assumed.push_back(
            {measure.name, names_of(slowing.transitions, scenario.model), slowing.ratio.mean, true, false, true, {}});
  }
  return assumed;
}

}  // namespace utvei
