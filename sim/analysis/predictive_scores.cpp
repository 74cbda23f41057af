// SPDX-License-Identifier: Apache-2.0
// Proper scores of predictive distributions: Gneiting & Raftery 2007 (J. Am. Stat. Assoc. 102: 359-378); the continuous
// ranked probability score of a sample: Hersbach 2000 (Weather and Forecasting 15: 559-570); its fair form: Ferro 2014
// (Q. J. R. Meteorol. Soc. 140: 1917-1923).
#include "predictive_scores.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <numeric>

namespace utvei {
namespace {

double mean_of(std::vector<std::int64_t> const& sample) {
  auto const sum = std::accumulate(sample.begin(), sample.end(), std::int64_t{0});
  return static_cast<double>(sum) / static_cast<double>(sample.size());
}

}  // namespace

double fair_crps(std::vector<std::int64_t> const& sample, std::int64_t observed) {
  auto const n = static_cast<std::int64_t>(sample.size());
  UTVEI_EXPECT(n > 0 && std::ranges::is_sorted(sample));
  std::int64_t from_observed = 0;
  std::int64_t between = 0;  // Σ_{i<j} (x_j − x_i): each value is the larger of some pairs, and the smaller of others
  for (std::int64_t i = 0; i < n; ++i) {
    std::int64_t const value = sample[static_cast<std::size_t>(i)];
    from_observed += std::abs(value - observed);
    between += (2 * i - n + 1) * value;
  }
  auto const count = static_cast<double>(n);
  double const spread = n > 1 ? static_cast<double>(between) / (count * (count - 1)) : 0;
  return static_cast<double>(from_observed) / count - spread;
}

double normal_log_score(std::vector<std::int64_t> const& sample, std::int64_t observed) {
  double const mean = mean_of(sample);
  double squares = 0;
  for (std::int64_t const value : sample) squares += std::pow(static_cast<double>(value) - mean, 2);
  double const variance =
      std::max(least_variance, sample.size() > 1 ? squares / static_cast<double>(sample.size() - 1) : 0);
  double const away = static_cast<double>(observed) - mean;
  return -(std::log(2 * std::numbers::pi * variance) + away * away / variance) / 2;
}

SampleInterval sample_interval(std::vector<std::int64_t> const& sample, double level) {
  UTVEI_EXPECT(!sample.empty() && std::ranges::is_sorted(sample));
  auto const rank = static_cast<std::size_t>(static_cast<double>(sample.size() + 1) * (1 - level) / 2 + 1e-9);
  std::size_t const place = std::max<std::size_t>(rank, 1) - 1;
  return {sample[place], sample[sample.size() - 1 - place]};
}

PredictiveScore score_prediction(std::vector<std::int64_t> sample, std::int64_t observed) {
  std::ranges::sort(sample);
  auto const half = sample_interval(sample, 0.5);
  auto const most = sample_interval(sample, 0.9);
  return {mean_of(sample),
          half.low,
          half.high,
          most.low,
          most.high,
          normal_log_score(sample, observed),
          fair_crps(sample, observed)};
}

}  // namespace utvei
