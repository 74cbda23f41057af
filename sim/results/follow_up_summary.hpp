// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

namespace utvei {

/// Whether a table tells of people who are followed: of scores in waves, or of events of histories.
bool tells_of_follow_ups(Table const& table);

/// Scores and events of both runs, for those that the scenario has. A baseline that says something else of one is not
/// compared with; notes say so.
FollowUpSummary summarise_follow_ups(RunResult const& baseline, RunResult const& scenario,
                                     std::vector<ComparisonNote>& notes);

}  // namespace utvei
