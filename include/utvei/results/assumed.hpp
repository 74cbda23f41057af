// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <vector>

namespace utvei {

/// What sets two results apart and has no study behind it: of the one or of the other. Of unmet needs also what both
/// share: results differ by it where needs are met at other times.
std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario);

/// Whether one of them is the main effect of what it is about. What-ifs are not: they ask what would follow.
bool is_main_effect_assumed(std::vector<AssumedEffect> const& assumed);

}  // namespace utvei
