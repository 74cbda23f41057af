// SPDX-License-Identifier: Apache-2.0
#include "money_tables.hpp"
#include "paired.hpp"
#include "paired_outcome.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/known_to.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

std::optional<double> half_width_of_mean(PairedDifferences const& paired) {
  PairedEstimate const estimate = estimate_differences(paired).front();
  if (paired.draws > 1) {
    // Draws are independent, each with its luck: their spread holds both parts.
    std::vector<double> means(paired.draws, 0);
    for (std::size_t i = 0; i < paired.total.size(); ++i)
      means[i / paired.replicates] += paired.total[i] / static_cast<double>(paired.replicates);
    double sum = 0;
    for (double const mean : means) sum += (mean - estimate.difference) * (mean - estimate.difference);
    double const draws = static_cast<double>(paired.draws);
    return normal_975 * std::sqrt(sum / (draws - 1) / draws);
  }
  if (!estimate.monte_carlo_variance) return std::nullopt;
  return normal_975 * std::sqrt(*estimate.monte_carlo_variance);
}

}  // namespace

std::optional<double> half_width_of(std::vector<RunResult const*> const& results, AskedOutcome const& outcome) {
  if (results.size() == 1) {
    OutcomeValues const only = values_of(*results.front(), outcome);
    OutcomeValues nothing = only;
    std::ranges::fill(nothing.total, 0);
    std::ranges::fill(nothing.by_group, 0);
    return half_width_of_mean(difference_between(only, nothing));
  }
  double widest = 0;
  int const present_year = present_year_of(*results.front(), {results.begin() + 1, results.end()});
  for (std::size_t i = 1; i < results.size(); ++i) {
    BothValues const both = values_of_both(*results.front(), *results[i], outcome, present_year);
    auto const half = half_width_of_mean(difference_between(both.scenario, both.baseline));
    if (!half) return std::nullopt;
    widest = std::max(widest, *half);
  }
  return widest;
}

}  // namespace utvei
