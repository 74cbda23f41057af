// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <vector>

namespace utvei {

/// Differences of differences of one scenario: of the quantities that are asked for, or else of person-years and of
/// people by definition. Throws InputError (usage) where no table has the dimension or one of its labels.
std::vector<ContrastRow> contrasts_of(RunResult const& baseline, RunResult const& scenario,
                                      CompareOptions const& options, std::vector<ComparisonNote>& notes);

}  // namespace utvei
