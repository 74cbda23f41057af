// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "paired.hpp"

#include <utvei/results/result.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// From the numbers of some people to one figure; nothing where nobody is among them.
using Statistic = std::function<std::optional<double>(double const*)>;

/// The numbers behind one figure in every draw and replicate, and their parts by group.
struct CountedParts {
  std::size_t runs{0}, groups{0}, width{0};
  std::vector<double> total;     ///< [run][number]
  std::vector<double> by_group;  ///< [run][group][number]
  [[nodiscard]] bool is_there() const { return runs > 0; }
};

/// One table, for some labels of its dimensions; all its cells along `rest` are kept.
struct FollowedPart {
  std::string_view table;
  std::vector<std::pair<std::string, std::string>> labels;
  std::string rest{};
};

/// The parts of a result, side by side; nothing where it lacks one.
CountedParts counted(RunResult const& result, std::vector<FollowedPart> const& parts, bool with_groups);

/// Replicates of a draw together: people of all of them are followed as one.
CountedParts pooled(CountedParts const& numbers, std::size_t draws);

/// The same without groups: replicates are what is left out.
CountedParts by_replicate(CountedParts const& numbers, std::size_t draws);

/// Nothing where it is not known in each of the draws.
std::optional<double> mean_over_draws(CountedParts const& numbers, Statistic const& statistic);

/// Differences by draw; the jackknife's deviations stand in for the parts. Nothing where a draw has nobody.
std::optional<PairedDifferences> paired_of(CountedParts const& before, CountedParts const& after,
                                           Statistic const& statistic);

}  // namespace utvei
