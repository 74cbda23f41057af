// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <string_view>
#include <vector>

namespace utvei {

/// The present value that a ledger (a payer, `public_purse`, `society`) gains by a scenario, in each draw and
/// replicate. Both results count money, by the rules of one file; years count from the first of the run, or as the
/// rules say.
std::vector<double> net_benefit(RunResult const& baseline, RunResult const& scenario, std::string_view ledger);

}  // namespace utvei
