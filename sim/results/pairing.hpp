// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

namespace utvei {

/// Throws InputError (data) unless the two results are runs of the same people over the same time with the same luck,
/// so that their differences are paired; says all that differs.
void expect_same_frame(RunResult const& baseline, RunResult const& scenario);

/// Throws InputError (data) unless the tables have the same dimensions and labels.
void expect_same_dimensions(Table const& baseline, Table const& scenario, std::string const& scenario_name);

/// Throws InputError (usage) for quantities, dimensions and names of `better` that the results do not have.
void expect_known_names(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                        CompareOptions const& options);

}  // namespace utvei
