// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The part of one draw of a table by group, with all dimensions but `draw` as they are; none: there is no such table.
using GroupPart = std::function<std::optional<Table>(std::string const& table, std::size_t draw)>;

/// Of results whose tables by group are too many numbers to hold: how to read those that they do not hold.
struct GroupParts {
  GroupPart baseline;
  std::vector<GroupPart> scenarios;
};

/// As compare() of results that hold all their tables by group, to the last bit.
Comparison compare(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                   CompareOptions const& options, GroupParts const& parts);

/// Whether the groups of a table must be held, since more is made of them than sums by region, year and state.
bool must_hold_groups(Table const& table, std::vector<RunResult> const& results, CompareOptions const& options);

}  // namespace utvei
