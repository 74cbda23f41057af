// SPDX-License-Identifier: Apache-2.0
#include "rank_scenarios.hpp"

#include "paired.hpp"
#include "paired_outcome.hpp"
#include "row_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace utvei {
namespace {

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// All pairs among the scenarios, the baseline first: mean and standard deviation of one less the other.
struct Pairs {
  std::size_t n;
  std::vector<double> mean, sd;
  bool is_error_known{true};
  [[nodiscard]] std::vector<double> covariance() const {
    std::vector<double> matrix(n * n);
    auto const variance = [this](std::size_t a, std::size_t b) { return sd[a * n + b] * sd[a * n + b]; };
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b) matrix[a * n + b] = (variance(a, 0) + variance(b, 0) - variance(a, b)) / 2;
    return matrix;
  }
};

/// `values`: less those of the baseline, which are nothing.
Pairs pairs_of(std::vector<PairedDifferences> const& values) {
  std::size_t const n = values.size();
  Pairs pairs{n, std::vector<double>(n * n), std::vector<double>(n * n)};
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) {
      if (a == b) continue;
      PairedEstimate const estimate = estimate_differences(less(values[a], values[b])).front();
      pairs.is_error_known = pairs.is_error_known && estimate.monte_carlo_variance.has_value();
      pairs.mean[a * n + b] = estimate.difference;
      pairs.sd[a * n + b] = sd_of_mean(estimate);
    }
  return pairs;
}

/// Chances of the ranking's scenarios, which are in the order of `place`.
void add_chances(Pairs const& pairs, std::vector<std::size_t> const& place, std::set<std::size_t> const& assumed,
                 Ranking& ranking) {
  double const sign = ranking.more_is_better ? 1 : -1;
  std::size_t const n = place.size();
  ranking.better_than.assign(n, std::vector<double>(n, std::numeric_limits<double>::quiet_NaN()));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || assumed.contains(place[i]) || assumed.contains(place[j])) continue;
      std::size_t const at = place[i] * n + place[j];
      ranking.better_than[i][j] = chance_above(sign * pairs.mean[at], pairs.sd[at]);
    }
  if (!assumed.empty()) return;
  std::vector<double> mean;
  for (std::size_t s = 0; s < n; ++s) mean.push_back(sign * pairs.mean[s * n]);
  auto const chances = rank_chances(mean, pairs.covariance());
  for (std::size_t i = 0; i < n; ++i) {
    RankedScenario& scenario = ranking.scenarios[i];
    scenario.rank_chances = chances[place[i]];
    double rank = 1;
    for (std::size_t j = 0; j < n; ++j)
      if (i != j) rank += ranking.better_than[j][i];
    scenario.expected_rank = rank;
  }
}

}  // namespace

Ranking rank_scenarios(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                       AskedOutcome const& outcome, CompareOptions const& options, int present_year,
                       std::vector<std::string> const& assumed) {
  Ranking ranking;
  ranking.outcome = outcome.text;
  std::vector<RankedScenario> unsorted(scenarios.size() + 1);
  std::vector<PairedDifferences> values;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    BothValues const both = values_of_both(baseline, *scenarios[s], outcome, present_year);
    if (s == 0) {
      ranking.more_is_better = is_more_better(baseline, both.baseline, outcome, options.better);
      ranking.has_draws = both.baseline.draws > 1;
      unsorted[0] = {baseline.provenance.scenario_name, mean_of(both.baseline.total), 0, {}, {}};
      ranking.cells = both.baseline.cells;
      values.push_back(difference_between(both.baseline, both.baseline));
    }
    values.push_back(difference_between(both.scenario, both.baseline));
    double const difference = mean_of(values.back().total);
    unsorted[s + 1] = {scenarios[s]->provenance.scenario_name, mean_of(both.scenario.total), difference, {}, {}};
    ranking.cells.insert(ranking.cells.end(), both.scenario.cells.begin(), both.scenario.cells.end());
  }
  std::vector<std::size_t> place(unsorted.size());
  std::iota(place.begin(), place.end(), std::size_t{0});
  double const sign = ranking.more_is_better ? 1 : -1;
  std::ranges::stable_sort(place, [&](std::size_t a, std::size_t b) {
    return sign * unsorted[a].difference > sign * unsorted[b].difference;
  });
  std::set<std::size_t> untold;
  for (std::size_t const p : place) {
    ranking.scenarios.push_back(unsorted[p]);
    if (std::ranges::find(assumed, unsorted[p].name) == assumed.end()) continue;
    untold.insert(p);
    ranking.assumed.push_back(unsorted[p].name);
  }
  Pairs const pairs = pairs_of(values);
  ranking.is_error_known = pairs.is_error_known;
  if (pairs.is_error_known) add_chances(pairs, place, untold, ranking);
  return ranking;
}

}  // namespace utvei
