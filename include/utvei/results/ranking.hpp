// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A scenario among others by one outcome.
struct RankedScenario {
  std::string name;
  double value{0};       ///< mean over draws and replicates
  double difference{0};  ///< from the baseline
  std::optional<double> expected_rank;
  std::vector<double> rank_chances;  ///< of being first, second, …; empty where they are not known or not told
};

/// Scenarios, the baseline among them, by one outcome.
struct Ranking {
  std::string outcome;
  std::string unit;
  bool more_is_better{true};
  std::vector<RankedScenario> scenarios;  ///< best mean first
  /// By place among those: chance that one is better than the other; empty likewise. Half where nothing differs.
  std::vector<std::vector<double>> better_than;
  bool has_draws{false};             ///< else the chances cover luck alone
  bool is_error_known{true};         ///< neither groups nor replicates show it
  std::vector<std::string> assumed;  ///< scenarios whose main effect is assumed: then no chances are told
  std::vector<double> cells;         ///< every number that went in: those of a register may be too small to show
};

/// Chances of each rank when scenarios are jointly normal, by place and rank. `covariance`: row-major; what of it is
/// no covariance is taken off. By simulation with fixed luck, to about a third of a per cent.
std::vector<std::vector<double>> rank_chances(std::vector<double> const& mean, std::vector<double> const& covariance);

}  // namespace utvei
