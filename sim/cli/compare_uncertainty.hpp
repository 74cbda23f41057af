// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare.hpp"

#include <utvei/results/compare.hpp>

#include <vector>

namespace utvei {

/// Whether the arguments ask for values of information or a tornado, in place of the differences.
bool asks_for_uncertainty(CompareArguments const& arguments);

/// `results`: the baseline first.
int tell_uncertainty(std::vector<RunResult> const& results, CompareArguments const& arguments,
                     CompareOptions const& options, Session& session);

}  // namespace utvei
