// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/analysis/predictive_scores.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(FairCrps, IsTheSumOverAllPairs) {
  std::vector<std::int64_t> const sample{1, 4, 4, 9, 12, 30};
  for (std::int64_t const observed : {-3, 4, 8, 40}) {
    double from_observed = 0;
    double between = 0;
    for (auto const x : sample) {
      from_observed += static_cast<double>(std::abs(x - observed)) / 6;
      for (auto const y : sample) between += static_cast<double>(std::abs(x - y)) / (2.0 * 6 * 5);
    }
    EXPECT_NEAR(fair_crps(sample, observed), from_observed - between, 1e-12);
  }
  EXPECT_EQ(fair_crps({7}, 10), 3);
}

/// Of N(μ, σ²): σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π) (Gneiting & Raftery 2007, section 4.2).
TEST(FairCrps, OfANormalSampleIsItsClosedForm) {
  constexpr double sigma = 5000;
  std::vector<std::int64_t> sample;
  // Midpoints of 4,000 equal parts of the distribution, by bisection of erfc.
  for (int i = 0; i < 4000; ++i) {
    double const p = (i + .5) / 4000;
    double low = -9;
    double high = 9;
    for (int step = 0; step < 60; ++step) {
      double const middle = (low + high) / 2;
      (std::erfc(-middle / std::numbers::sqrt2) / 2 < p ? low : high) = middle;
    }
    sample.push_back(std::llround(sigma * low));
  }
  for (double const z : {0.0, 0.7, -2.0}) {
    double const cdf = std::erfc(-z / std::numbers::sqrt2) / 2;
    double const density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    double const closed = sigma * (z * (2 * cdf - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
    EXPECT_NEAR(fair_crps(sample, std::llround(sigma * z)) / closed, 1, 2e-3);
  }
}

TEST(NormalLogScore, IsTheDensityWithTheVarianceOfTheSample) {
  // Mean 10, variance (4 + 0 + 4)/2 = 4; observed one sd above.
  EXPECT_NEAR(normal_log_score({8, 10, 12}, 12), -.5 * std::log(2 * std::numbers::pi * 4) - .5, 1e-12);
  // Of one value, or equal ones, the variance is one person's.
  EXPECT_NEAR(normal_log_score({10}, 13), -.5 * std::log(2 * std::numbers::pi) - 4.5, 1e-12);
  EXPECT_NEAR(normal_log_score({10, 10}, 10), -.5 * std::log(2 * std::numbers::pi), 1e-12);
}

TEST(SampleInterval, HasAsManyDrawsOutsideAsItsLevelLeaves) {
  std::vector<std::int64_t> sample;
  for (std::int64_t i = 1; i <= 199; ++i) sample.push_back(i);
  auto const most = sample_interval(sample, .9);  // k = 200 × .05 = 10
  EXPECT_EQ(most.low, 10);
  EXPECT_EQ(most.high, 190);
  auto const half = sample_interval(sample, .5);
  EXPECT_EQ(half.low, 50);
  EXPECT_EQ(half.high, 150);
  EXPECT_EQ(sample_interval({4}, .9).low, 4);
}

}  // namespace
}  // namespace utvei
