// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// What each account loses when somebody else is out of a year of such work as the scenario wins, and in the state that
/// the rules name instead: the mean over all years. Empty where the tables do not tell it.
std::vector<double> loss_of_a_displaced_year(RunResult const& baseline, RunResult const& scenario);

/// Person-years in states of the group work: [draw][replicate][group][region][year]. Nothing without such a table.
std::optional<std::vector<double>> years_in_work(RunResult const& result, bool by_group, bool by_region);

}  // namespace utvei
