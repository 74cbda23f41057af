// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The baseline and scenarios by one outcome. `assumed`: those whose main effect is an assumption, of which no chances
/// are told. Throws InputError (usage) where nobody says whether more of the outcome is better.
Ranking rank_scenarios(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                       AskedOutcome const& outcome, CompareOptions const& options, int present_year,
                       std::vector<std::string> const& assumed);

}  // namespace utvei
