// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/follow/follow.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Calendar years of the tables.
std::vector<int> years_in(RunResult const& result);
/// Whether the run has the whole of a calendar year; true of results that do not say from when they are.
bool covers_year(RunResult const& result, int year);

/// An indicator in the runs of a result. None: it is of a day on which the run counts nobody. Throws InputError (usage)
/// where the result does not have it.
std::optional<PlanRuns> plan_runs(FollowPlan const& plan, PlanIndicator const& indicator, int year,
                                  RunResult const& result);

/// Those who came to a step in a year, by the year in which they came to the one before, on average over the runs.
/// Empty where the result does not tell it of these two steps.
std::map<int, double> people_by_year_before(RunResult const& result, PlanIndicator const& step, PlanStep before,
                                            int year);

}  // namespace utvei
