// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/normal.hpp>
#include <utvei/core/random.hpp>
#include <utvei/estimation/funnel.hpp>

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(CountDistribution, ScoresOfPoissonCountsAreThoseOfMidP) {
  CountDistribution const ten{10};
  // By sums of exp(-10) 10^k / k!.
  EXPECT_NEAR(ten.normal_score(0), -4.07812718778142, 1e-9);
  EXPECT_NEAR(ten.normal_score(5), -1.66286904989522, 1e-9);
  EXPECT_NEAR(ten.normal_score(10), 0.0513701937622882, 1e-9);
  EXPECT_NEAR(ten.normal_score(20), 2.80429958484698, 1e-9);
  EXPECT_NEAR(ten.at_score(-normal_975), 4.2481378364752614, 1e-8);
  EXPECT_NEAR(ten.at_score(normal_975), 16.696351847218907, 1e-8);
}

TEST(CountDistribution, WithDifferentMeansIsNegativeBinomial) {
  CountDistribution const ten{10, 0.04};
  EXPECT_NEAR(ten.normal_score(0), -3.6923079222990696, 1e-9);
  EXPECT_NEAR(ten.normal_score(20), 2.322996376691081, 1e-9);
  EXPECT_NEAR(ten.at_score(-normal_975), 3.521532491513097, 1e-8);
  EXPECT_NEAR(ten.at_score(normal_975), 18.177553273891327, 1e-8);
}

TEST(CountDistribution, HasNoLowerLimitWhereNobodyIsFewEnough) {
  EXPECT_EQ(CountDistribution{1}.at_score(-normal_975), 0);
  EXPECT_NEAR(CountDistribution{1}.at_score(normal_975), 3.493898329139649, 1e-8);
}

TEST(CountDistribution, LimitsAreWhereScoresSay) {
  for (double const mean : {0.3, 4.0, 77.7, 12345.0})
    for (double const variance : {0.0, 0.02})
      for (double const score : {0.5, 1.96, 3.09}) {
        CountDistribution const counts{mean, variance};
        EXPECT_NEAR(counts.normal_score(counts.at_score(score)), score, 1e-9) << mean;
      }
}

TEST(Funnel, WidensByTheFactorOfItsVariance) {
  Funnel funnel{Overdispersion::multiplicative, 4, 0, {}, {}};
  auto const wide = funnel_limits(funnel, 100, 1);
  auto const plain = funnel_limits(Funnel{}, 100, 2);
  EXPECT_EQ(wide.low, plain.low);
  EXPECT_EQ(wide.high, plain.high);
}

/// A Poisson count, by inversion.
double count_of(double mean, std::uint32_t region, std::uint32_t round) {
  static StreamId const stream = stream_of("test: counts of regions");
  double left = uniform(RandomKey{7, round, 0}, PersonKey{region}, stream, 0);
  double probability = std::exp(-mean);
  double count = 0;
  while (left > probability && probability > 0) {
    left -= probability;
    probability *= mean / ++count;
  }
  return count;
}

TEST(Funnel, FindsTheVarianceOfRatios) {
  static StreamId const stream = stream_of("test: ratios of regions");
  constexpr std::size_t regions = 2000;
  constexpr double sd = 0.3;
  std::vector<double> observed;
  std::vector<double> expected;
  for (std::uint32_t r = 0; r < regions; ++r) {
    expected.push_back(5 + r % 100);
    double const ratio = 1 + sd * standard_normal(RandomKey{7, 0, 0}, PersonKey{r}, stream, 0);
    observed.push_back(count_of(expected.back() * std::max(0.0, ratio), r, 0));
  }
  auto const additive = fit_funnel(observed, expected, Overdispersion::additive);
  EXPECT_NEAR(std::sqrt(additive.ratio_variance), sd, 0.03);
  double squares = 0;
  for (double const score : additive.score) squares += score * score / regions;
  EXPECT_NEAR(squares, 1, 0.12);
  EXPECT_GT(fit_funnel(observed, expected, Overdispersion::multiplicative).dispersion, 3);
  EXPECT_EQ(fit_funnel(observed, expected, Overdispersion::none).ratio_variance, 0);
}

TEST(Funnel, SeesNoVarianceWhereThereIsChanceAlone) {
  std::vector<double> observed;
  std::vector<double> const expected(500, 30);
  for (std::uint32_t r = 0; r < expected.size(); ++r) observed.push_back(count_of(30, r, 1));
  EXPECT_LT(fit_funnel(observed, expected, Overdispersion::additive).ratio_variance, 0.005);
  EXPECT_LT(fit_funnel(observed, expected, Overdispersion::multiplicative).dispersion, 1.15);
}

/// 100 registers of 60 regions, of which 12 really stand out: 5 % or fewer of those that are flagged are false, on
/// average.
TEST(Flags, AreFalseAsSeldomAsTheySay) {
  constexpr std::uint32_t rounds = 100;
  double false_share = 0;
  double found = 0;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    std::vector<double> observed;
    std::vector<double> p;
    for (std::uint32_t r = 0; r < 60; ++r) {
      double const mean = 20 + r;
      observed.push_back(count_of(r % 5 == 0 ? mean * (r % 2 == 0 ? 1.8 : 0.4) : mean, r, 10 + round));
      p.push_back(two_sided_p(CountDistribution{mean}.normal_score(observed.back())));
    }
    auto const corrected = corrected_p(p, Correction::benjamini_hochberg);
    double flagged = 0;
    double wrong = 0;
    for (std::uint32_t r = 0; r < 60; ++r) {
      flagged += corrected[r] <= 0.05 ? 1 : 0;
      wrong += corrected[r] <= 0.05 && r % 5 != 0 ? 1 : 0;
    }
    false_share += flagged > 0 ? wrong / flagged / rounds : 0;
    found += (flagged - wrong) / 12 / rounds;
  }
  EXPECT_LT(false_share, 0.055);
  EXPECT_GT(found, 0.9);
}

TEST(CorrectedP, IsThatOfBenjaminiAndHochberg) {
  // p.adjust of R.
  EXPECT_THAT(corrected_p({0.01, 0.04, 0.03, 0.5}, Correction::benjamini_hochberg),
              ElementsAre(DoubleNear(0.04, 1e-12), DoubleNear(0.0533333333333333, 1e-12),
                          DoubleNear(0.0533333333333333, 1e-12), DoubleNear(0.5, 1e-12)));
  EXPECT_THAT(corrected_p({0.01, 0.04, 0.03, 0.5}, Correction::bonferroni),
              ElementsAre(DoubleNear(0.04, 1e-12), DoubleNear(0.16, 1e-12), DoubleNear(0.12, 1e-12), 1.0));
  EXPECT_THAT(corrected_p({0.2}, Correction::none), ElementsAre(0.2));
  EXPECT_NEAR(two_sided_p(-normal_975), 0.05, 1e-12);
}

}  // namespace
}  // namespace utvei
