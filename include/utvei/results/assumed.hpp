// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/inputs.hpp>
#include <utvei/results/result.hpp>

#include <string_view>
#include <vector>

namespace utvei {

/// What sets two results apart and is taken for granted: effects of the one or of the other, and of measures that both
/// have for other people, at other times or with other places. Of unmet needs also what both share: results differ by
/// it where needs are met at other times. All are main effects where the results share every other effect.
std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario);

/// Whether one of them is the main effect of what it is about. The one rule for comparisons, rankings and values of
/// information: then no probability is told, but what must be true.
bool is_main_effect_assumed(std::vector<AssumedEffect> const& assumed);

/// Effects that one of two results has and the other has not, or otherwise.
std::vector<UncertainInput const*> own_effects(RunResult const& baseline, RunResult const& scenario);

/// `assumed`, `low_confidence`, `one_number`, `has_interval`: in files and JSON.
std::string_view name_of(AssumedEffect::Why why);

}  // namespace utvei
