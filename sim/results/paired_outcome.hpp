// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "paired.hpp"

#include <utvei/results/compare.hpp>

#include <map>
#include <string>

namespace utvei {

/// An outcome of two results.
struct BothValues {
  OutcomeValues baseline, scenario;
  std::string units;
};

/// Present values, and measures that one of the results lacks, are made of the two. Throws InputError (usage) where
/// they do not have the outcome.
BothValues values_of_both(RunResult const& baseline, RunResult const& scenario, AskedOutcome const& outcome,
                          int present_year);

/// Every state that is added up must be good or bad news alike; throws InputError (usage) where nobody says so.
bool is_more_better(RunResult const& baseline, OutcomeValues const& values, AskedOutcome const& outcome,
                    std::map<std::string, Better> const& given);

/// The difference of an outcome between two results, in each run and group: one cell.
PairedDifferences difference_between(OutcomeValues const& value, OutcomeValues const& baseline);

}  // namespace utvei
