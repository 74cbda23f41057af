// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/report/text.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// With how many draws and replicates a studio runs all of its scenarios.
struct TrialSize {
  std::uint32_t draws{0};
  std::uint32_t replicates{1};
  ReportText note{};                  ///< where that is not what the files say
  std::vector<Override> overrides{};  ///< that make a scenario so
};

/// By the number of people and years, not by the clock, so that all machines show the same: about ten million simulated
/// years of life a run. Where fewer than five draws would fit, point estimates. `draws`: what was asked for instead; a
/// file that has fewer keeps its own.
TrialSize trial_size(Scenario const& baseline, std::size_t persons, std::optional<std::uint32_t> draws);

}  // namespace utvei
