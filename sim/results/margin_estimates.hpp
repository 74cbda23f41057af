// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "paired.hpp"

#include <utvei/results/group_parts.hpp>

#include <string>
#include <vector>

namespace utvei {

/// How to read the groups that two results do not hold; empty functions: they hold all.
struct PairParts {
  GroupPart baseline, scenario;
};

/// What the differences of a table say, by cell of one margin.
struct MarginEstimates {
  std::size_t draws{1}, replicates{1};
  std::vector<PairedEstimate> cells;
};

/// Of a table of the scenario from that of its baseline, for each margin (dimensions that are kept). Groups that are
/// not held are read one draw at a time, once for all margins.
std::vector<MarginEstimates> estimate_margins(RunResult const& baseline, RunResult const& scenario, Table const& table,
                                              Table const& other, std::vector<std::vector<std::string>> const& margins,
                                              PairParts const& parts, std::vector<ComparisonNote>& notes);

}  // namespace utvei
