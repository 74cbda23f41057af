// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <vector>

namespace utvei {

/// What sets a scenario apart from the baseline and has no study behind it. Of unmet needs also what both share:
/// results differ by it where needs are met at other times.
std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario);

/// Whether one of them is the main effect of what it is about. What-ifs are not: they ask what would follow.
bool is_main_effect_assumed(std::vector<AssumedEffect> const& assumed);

/// The share of the assumed effects (of their logarithms) at which a difference would be as large as its 95 % half
/// width, if it grew in line with them from nothing. Above 1: not even the whole is enough. None: no error, no
/// difference.
std::optional<double> share_to_be_told(ComparisonRow const& row);
/// The hazard ratio of that share.
double ratio_at_share(AssumedEffect const& effect, double share);

}  // namespace utvei
