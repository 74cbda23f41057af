// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>
#include <utvei/results/compare.hpp>

namespace utvei {

/// Leaves out what would tell of few people on their ways through the states: where people are lost, shares
/// and their rise since the time that is shown before, and all medians. Its rows are cleared as all rows are.
void leave_few_on_ways_out(Comparison& comparison, DisclosureRules const& rules);

}  // namespace utvei
