// SPDX-License-Identifier: Apache-2.0
// What scenarios on axes say together, run by run: which is best how often, and which axis makes how much of a
// difference. Runs are paired: draw k is the same world in all of them.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace utvei {

struct GridPoint {
  std::vector<std::size_t> place;  ///< by axis
  std::vector<double> runs;        ///< differences from the baseline
};

struct PairedMean {
  double mean{0};
  std::size_t runs{0};
  std::optional<double> sd{};     ///< between runs; none with one
  std::optional<double> error{};  ///< standard error of the mean over runs
};
PairedMean paired_mean(std::vector<double> const& runs);

/// What changing one axis from one value to another does, as a mean over all places where both are there.
struct AxisChange {
  std::size_t axis{0}, from{0}, to{0};
  std::size_t pairs{0};  ///< of scenarios that differ by nothing else
  PairedMean change;
};

/// Of each axis the two values that are furthest apart, among those that are compared at half as many places as any
/// others at least; an axis along which no two scenarios lie is left out.
std::vector<AxisChange> axis_changes(std::vector<GridPoint> const& points, std::vector<std::size_t> const& lengths);

struct RunRanks {
  double best{0};  ///< share of runs; scenarios that are equal share it
  double expected{0};
};
/// `runs`: by scenario.
std::vector<RunRanks> ranks_in_runs(std::vector<std::vector<double>> const& runs, bool more_is_better);

}  // namespace utvei
