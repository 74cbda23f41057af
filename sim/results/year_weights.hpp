// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/ledgers.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace utvei {

/// The calendar years of a run, as ledgers count them.
struct LedgerYears {
  int first{0};
  std::size_t count{0};
  std::optional<std::size_t> last_whole;  ///< that lies wholly within the run
  double after_it{0};                     ///< years of the run after that one: part of a year
};

/// What a krone of each of the years is worth in the year of present values.
std::vector<double> year_weights(LedgerRules const& rules, int present_year, LedgerYears const& years);
/// What it is worth that a krone of the last whole year comes again in each year after the run.
double residual_weight(LedgerRules const& rules, int present_year, LedgerYears const& years);

}  // namespace utvei
