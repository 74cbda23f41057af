// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace utvei {

/// A number in each run: draws of parameters, and in each of them replicates, which share its parameters.
struct PlanRuns {
  std::vector<double> values;  ///< draw, replicate
  std::size_t draws{1}, replicates{1};
};

/// 50, 80 and 95 per cent.
inline constexpr std::array<double, 3> band_shares{0.5, 0.8, 0.95};
inline constexpr std::size_t band_of_50 = 0;
inline constexpr std::size_t band_of_80 = 1;
inline constexpr std::size_t band_of_95 = 2;

/// What one realised population is expected to show.
struct PredictionBand {
  double mean{0};
  std::array<std::optional<std::pair<double, double>>, band_shares.size()> within;  ///< none: too few runs
};

/// How many runs are independent: draws, where there are several, as the replicates of one share its parameters. None
/// where one person who is simulated stands for others and luck is not known, as each draw has one replicate.
std::size_t independent_runs(PlanRuns const& runs, double weight);

/// So many independent runs a band takes.
std::size_t runs_for(double share);

/// Of n independent runs and one more, that one lies below the k-th smallest with probability k / (n + 1): bands lie
/// between order statistics, as wide as n independent runs allow, whatever the number of replicates.
PredictionBand prediction_band(PlanRuns runs, double weight);

}  // namespace utvei
