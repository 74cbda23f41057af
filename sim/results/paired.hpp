// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace utvei {

/// Differences of a scenario from its baseline, cell by cell, row-major in the order of the names.
struct PairedDifferences {
  std::size_t draws{1}, replicates{1}, groups{0}, cells{0};
  std::vector<double> total;          ///< draw, replicate, cell
  std::vector<double> by_group;       ///< draw, replicate, group, cell; empty without groups
  std::vector<double> group_persons;  ///< by group; empty if not known
  std::vector<double> run_variance;   ///< by cell; of groups that were added draw by draw, in place of `by_group`
};

/// What the differences of one cell say. Variances are absent where nothing in the run shows them.
struct PairedEstimate {
  double difference{0};                        ///< mean over draws and replicates
  std::optional<double> monte_carlo_variance;  ///< of `difference`
  std::optional<double> run_variance;          ///< of a single run: chance in a population of this size
  std::optional<double> parameter_variance;    ///< between draws, without Monte Carlo; 0 where that hides it
  double draw_variance{0};                     ///< between draws, with Monte Carlo
};

/// Of the same draws and replicates, `a` less `b`: of two differences from one baseline, that between the scenarios.
/// Without groups unless both have them.
PairedDifferences less(PairedDifferences a, PairedDifferences const& b);

/// Adds what the groups of one draw (replicate, group, cell) say of the variance of a run, so that not all of them need
/// be held: draws in their order, each once. `groups` and `group_persons` are those of the result.
void add_groups_of_draw(PairedDifferences& paired, std::size_t draw, std::vector<double> const& by_group);

/// By cell.
std::vector<PairedEstimate> estimate_differences(PairedDifferences const& paired);

}  // namespace utvei
