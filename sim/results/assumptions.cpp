// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"

#include "half_width.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario) {
  std::vector<AssumedEffect> own;
  auto const& before = baseline.provenance.assumed;
  for (AssumedEffect const& effect : scenario.provenance.assumed)
    if (effect.is_slowing || std::ranges::find(before, effect) == before.end()) own.push_back(effect);
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
