// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/result.hpp>
#include <utvei/results/result_gate.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Leaves out of a comparison what must not leave the place of the register that the results were made from, and rounds
/// the rest as its owner asks; returns how many rows are left out. `results`: all that are compared, of which `gate`
/// is.
std::size_t leave_inside(Comparison& comparison, std::vector<RunResult> const& results, ResultGate const& gate);

}  // namespace utvei
