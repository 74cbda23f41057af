// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/random.hpp>
#include <utvei/estimation/limits.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using Table = std::vector<std::vector<std::int64_t>>;
using End = DirichletMultinomial::End;

/// Log of the integral over (0, 1) of p^(a - 1 + n) (1 - p)^(b - 1 + m) / B(a, b), by Simpson's rule.
double log_beta_binomial(double a, double b, double n, double m) {
  constexpr int steps = 20'000;
  auto const f = [&](double p) { return std::pow(p, a - 1 + n) * std::pow(1 - p, b - 1 + m); };
  double sum = f(0) + f(1);
  for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(static_cast<double>(i) / steps);
  double const log_b = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return std::log(sum / (3.0 * steps)) - log_b;
}

TEST(DirichletMultinomial, LikelihoodOfTwoCategoriesIsABetaIntegral) {
  Table const counts{{3, 1}, {0, 5}, {7, 7}, {2, 0}};
  for (auto const& [a, b] : {std::pair{2.0, 3.0}, std::pair{1.5, 6.25}, std::pair{4.0, 1.25}}) {
    double sum = 0;
    for (auto const& row : counts)
      sum += log_beta_binomial(a, b, static_cast<double>(row[0]), static_cast<double>(row[1]));
    EXPECT_NEAR(log_likelihood_of_shares(counts, {a, b}), sum, 2e-5);
  }
}

TEST(DirichletMultinomial, LikelihoodIsTheOneOfGammaFunctions) {
  Table const counts{{3, 1, 2}, {10, 0, 4}, {0, 0, 0}};
  std::vector<double> const alpha{0.7, 2.5, 1.1};
  double const all = 4.3;
  double sum = 0;
  for (auto const& row : counts) {
    double n = 0;
    for (std::size_t k = 0; k < row.size(); ++k) {
      auto const count = static_cast<double>(row[k]);
      sum += std::lgamma(alpha[k] + count) - std::lgamma(alpha[k]);
      n += count;
    }
    sum -= std::lgamma(all + n) - std::lgamma(all);
  }
  EXPECT_NEAR(log_likelihood_of_shares(counts, alpha), sum, 1e-10);
}

TEST(DirichletMultinomial, OfAlikeRegionsIsMultinomial) {
  Table const counts{{30, 10}, {10, 2}};
  double const multinomial = 40 * std::log(40.0 / 52) + 12 * std::log(12.0 / 52);
  EXPECT_NEAR(log_likelihood_of_shares(counts, {1e9 * 40 / 52, 1e9 * 12 / 52}), multinomial, 1e-5);
  auto const fit = fit_dirichlet_multinomial({{30, 10}, {60, 20}, {3, 1}});
  EXPECT_EQ(fit.end, End::alike);
  EXPECT_TRUE(std::isinf(fit.concentration));
  EXPECT_DOUBLE_EQ(fit.mean[0], 0.75);
  EXPECT_NEAR(fit.log_likelihood, 93 * std::log(0.75) + 31 * std::log(0.25), 1e-10);
}

TEST(DirichletMultinomial, FitIsAMaximum) {
  Table const counts{{30, 10, 2}, {12, 40, 3}, {5, 5, 9}, {50, 20, 1}, {0, 3, 1}, {0, 0, 0}};
  auto const fit = fit_dirichlet_multinomial(counts);
  ASSERT_EQ(fit.end, End::none);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(std::accumulate(fit.mean.begin(), fit.mean.end(), 0.0), 1, 1e-14);
  std::vector<double> alpha = fit.mean;
  for (double& a : alpha) a *= fit.concentration;
  EXPECT_NEAR(log_likelihood_of_shares(counts, alpha), fit.log_likelihood, 1e-10);
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    auto const moved = [&](double step) {
      auto other = alpha;
      other[k] *= std::exp(step);
      return log_likelihood_of_shares(counts, other);
    };
    EXPECT_NEAR((moved(1e-5) - moved(-1e-5)) / 2e-5, 0, 1e-5) << k;
    EXPECT_LT(moved(0.1), fit.log_likelihood);
    EXPECT_LT(moved(-0.1), fit.log_likelihood);
  }
}

TEST(DirichletMultinomial, RegionsWithNothingInCommonAreFinite) {
  auto const fit = fit_dirichlet_multinomial({{40, 0}, {0, 30}, {25, 0}, {0, 60}});
  EXPECT_EQ(fit.end, End::apart);
  EXPECT_GT(fit.concentration, 0);
  EXPECT_TRUE(std::isfinite(fit.log_likelihood));
  EXPECT_NEAR(fit.mean[0] + fit.mean[1], 1, 1e-14);
}

TEST(DirichletMultinomial, OneCategoryOrOneRegionTellsNoDifference) {
  auto const one = fit_dirichlet_multinomial({{4}, {0}, {9}});
  EXPECT_EQ(one.end, End::alike);
  EXPECT_EQ(one.mean, std::vector{1.0});
  EXPECT_DOUBLE_EQ(one.log_likelihood, 0);
  EXPECT_EQ(fit_dirichlet_multinomial({{4, 5}}).end, End::alike);
  EXPECT_EQ(fit_dirichlet_multinomial({{1, 0}, {0, 1}, {1, 0}}).end, End::alike);
}

/// Regions whose share of the first of two categories is beta distributed with whole parameters: the a-th smallest of
/// a + b - 1 uniforms.
TEST(DirichletMultinomial, FindsWhatItWasDrawnFrom) {
  RandomKey const key{7, 0, 0};
  Table counts;
  for (std::uint64_t region = 0; region < 2000; ++region) {
    std::vector<double> u;
    for (std::uint32_t i = 0; i < 9; ++i) u.push_back(uniform(key, PersonKey{region}, StreamId{1}, i));
    std::sort(u.begin(), u.end());
    double const share = u[2];  // Beta(3, 7)
    std::int64_t first = 0;
    for (std::uint32_t i = 0; i < 40; ++i) first += uniform(key, PersonKey{region}, StreamId{2}, i) < share ? 1 : 0;
    counts.push_back({first, 40 - first});
  }
  auto const fit = fit_dirichlet_multinomial(counts);
  EXPECT_NEAR(fit.concentration, 10, 1.5);
  EXPECT_NEAR(fit.mean[0], 0.3, 0.015);
}

TEST(ShareInterval, IsThatOfKnownBetas) {
  EXPECT_NEAR(beta_95(1, 1).low, 0.025, 1e-12);
  EXPECT_NEAR(beta_95(1, 1).high, 0.975, 1e-12);
  EXPECT_NEAR(beta_95(4, 1).low, std::pow(0.025, 0.25), 1e-12);
  EXPECT_NEAR(beta_95(1, 3).high, 1 - std::pow(0.025, 1.0 / 3), 1e-12);
  EXPECT_EQ(beta_95(0, 3).high, 0);
  EXPECT_EQ(beta_95(3, 0).low, 1);
  for (double const small : {1e-4, 0.01, 0.05}) {
    auto const interval = beta_95(small, 0.3 * small);
    EXPECT_GE(interval.low, 0);
    EXPECT_LE(interval.high, 1);
    EXPECT_LE(interval.low, interval.high);
  }
}

}  // namespace
}  // namespace utvei
