// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/empirical_bayes.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(GammaPoisson, RatiosLieBetweenTheRawOnesAndTheMean) {
  std::vector<double> const events{9, 0, 30, 2, 14};
  std::vector<double> const expected{3, 4, 25, 6, 14};
  auto const fit = fit_gamma_poisson(events, expected);
  ASSERT_TRUE(fit.converged);
  ASSERT_FALSE(fit.at_zero);
  for (std::size_t r = 0; r < events.size(); ++r) {
    double const raw = events[r] / expected[r];
    EXPECT_GE(fit.ratio[r], std::min(raw, fit.mean) - 1e-12);
    EXPECT_LE(fit.ratio[r], std::max(raw, fit.mean) + 1e-12);
  }
}

TEST(GammaPoisson, EqualRegionsHaveNoVariance) {
  auto const fit = fit_gamma_poisson({10, 11, 10, 11}, {10, 10, 10, 10});
  EXPECT_TRUE(fit.at_zero);
  EXPECT_TRUE(fit.converged);
  for (double const ratio : fit.ratio) EXPECT_NEAR(ratio, 1.05, 1e-12);
}

TEST(Marshall, RegionWithoutExpectationTakesTheMean) {
  auto const estimate = fit_marshall({9, 0, 30, 0}, {3, 4, 25, 0});
  EXPECT_GT(estimate.variance, 0);
  EXPECT_NEAR(estimate.ratio[3], estimate.mean, 1e-12);
}

TEST(PoissonDeviance, IsZeroAtTheCounts) {
  EXPECT_EQ(poisson_deviance({3, 0, 5}, {3, 0, 5}), 0);
  EXPECT_NEAR(poisson_deviance({2}, {1}), 2 * (2 * std::log(2.0) - 1), 1e-14);
}

}  // namespace
}  // namespace utvei
