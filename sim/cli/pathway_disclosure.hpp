// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>
#include <utvei/results/compare.hpp>

#include <functional>

namespace utvei {

/// Leaves out what would tell of few people on their ways through the states: where people are lost, shares
/// and their rise since the time that is shown before, and all medians. Its rows are cleared as all rows are.
void leave_few_on_ways_out(Comparison& comparison, DisclosureRules const& rules);

/// Lays sequences that stay inside to the other ones of their scenario, so that the rows sum to all people. The error
/// of that sum is not known.
void lay_to_other_sequences(Comparison& comparison, std::function<bool(ComparisonRow const&)> const& stays);

}  // namespace utvei
