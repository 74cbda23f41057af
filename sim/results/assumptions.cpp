// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"

#include "half_width.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario) {
  std::vector<AssumedEffect> own;
  auto const& before = baseline.provenance.assumed;
  auto const& after = scenario.provenance.assumed;
  for (AssumedEffect const& effect : after)
    if (effect.is_slowing || std::ranges::find(before, effect) == before.end()) own.push_back(effect);
  // A baseline with a measure that the scenario lacks: the difference rests on the measure all the same.
  for (AssumedEffect const& effect : before)
    if (!effect.is_what_if && std::ranges::none_of(after, [&](AssumedEffect const& other) {
          return other.measure == effect.measure && other.transitions == effect.transitions;
        }))
      own.push_back(effect);
  return own;
}

bool is_main_effect_assumed(std::vector<AssumedEffect> const& assumed) {
  return std::ranges::any_of(assumed, &AssumedEffect::is_main);
}

std::optional<double> share_to_be_told(ComparisonRow const& row) {
  auto const half = half_width(row);
  if (!half || row.difference == 0) return std::nullopt;
  return *half / std::abs(row.difference);
}

double ratio_at_share(AssumedEffect const& effect, double share) {
  return std::pow(effect.ratio, share);
}

}  // namespace utvei
