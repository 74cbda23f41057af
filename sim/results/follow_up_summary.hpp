// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

namespace utvei {

/// Whether a table tells of people who are followed: of scores in waves, or of events of histories.
bool tells_of_follow_ups(Table const& table);

/// Scores and events of both runs, for those that the scenario has.
FollowUpSummary summarise_follow_ups(RunResult const& baseline, RunResult const& scenario);

}  // namespace utvei
