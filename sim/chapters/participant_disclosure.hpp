// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/result_gate.hpp>

#include <vector>

namespace utvei {

/// Of who takes part in measures: numbers of few people, and those that would give them away, by the sum of their list,
/// by who began in the years before, or in another scenario. `results`: the baseline, then the scenarios.
void leave_few_participants_out(Comparison& comparison, std::vector<RunResult> const& results, ResultGate const& gate);

}  // namespace utvei
