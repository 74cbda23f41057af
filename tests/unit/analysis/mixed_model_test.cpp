// SPDX-License-Identifier: Apache-2.0
// Against lme() of nlme 3.1-162 in R 4.2.2, with method = "REML" and
// control = lmeControl(tolerance = 1e-14, msTol = 1e-15, niterEM = 5000, msMaxIter = 1000).
#include "../../../sim/analysis/mixed_model.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr double as_r_has_it = 1e-8;

/// One group: rows of effects beside weights and measurements.
GroupsAlike group_of(std::vector<double> rows, std::vector<double> const& weights, std::vector<double> const& y) {
  GroupsAlike group{std::move(rows), weights, 1, y, {}};
  for (double const one : y)
    for (double const other : y) group.cross.push_back(one * other);
  return group;
}

double error_of(MixedModelFit const& fit, std::size_t effect) {
  return standard_error(fit.covariance, fit.effects.size(), effect);
}

/// Ten people at up to four waves, of whom the last five are treated after the first:
/// lme(y ~ x1 + … + x7 - 1, random = ~ 1 | person), x1 … x4 the waves, x5 … x7 the treated at waves 2 to 4.
TEST(MixedModel, IsThatOfPeopleAtWaves) {
  std::vector<std::vector<double>> const people{{51.1, 50.9, 50.9, 49.7},
                                                {52.8, 52.5, 54.5},
                                                {49.1, 50.7, 53.3, 55.1},
                                                {54.9, 52.8},
                                                {50.7, 50, 54, 57.8},
                                                {50.3, 53.3, 56.3, 57.4},
                                                {48.7},
                                                {54.4, 59.7, 59.9, 61.7},
                                                {53.1, 58.8, 58.3},
                                                {49.8, 56.6, 56.9, 60.8}};
  constexpr std::size_t effects = 7;
  MixedModel model{effects};
  for (std::size_t p = 0; p < people.size(); ++p) {
    std::vector<double> rows(people[p].size() * effects, 0);
    for (std::size_t w = 0; w < people[p].size(); ++w) {
      rows[w * effects + w] = 1;
      if (p >= 5 && w > 0) rows[w * effects + 3 + w] = 1;
    }
    model.add(group_of(rows, std::vector<double>(people[p].size(), 1), people[p]));
  }
  auto const fit = model.fit();
  ASSERT_TRUE(fit);
  std::vector<double> const beta{51.49000000000,  51.2571757233156, 53.4525107555713, 54.8799111479288,
                                 5.6238766530296, 4.1785416207739,  5.1561589783767};
  std::vector<double> const se{0.71480104547875, 0.93604121883538, 1.01816451763175, 1.13415166989822,
                               1.28200890376623, 1.34314282596505, 1.51766752013695};
  for (std::size_t e = 0; e < effects; ++e) {
    EXPECT_NEAR(fit->effects[e], beta[e], as_r_has_it) << e;
    EXPECT_NEAR(error_of(*fit, e), se[e], as_r_has_it) << e;
  }
  EXPECT_NEAR(fit->residual_variance, 2.3808878856045, as_r_has_it);
  EXPECT_NEAR(fit->intercept_variance, 2.7285174605706, as_r_has_it);
}

/// Six regions in four periods, two of which begin with each period after the first:
/// lme(y ~ factor(period) - 1 + treated, random = ~ 1 | region, weights = varFixed(~ 1 / n)).
TEST(MixedModel, IsThatOfRegionsAndPeriods) {
  std::vector<std::vector<double>> const means{{0.287, 0.317, 0.504, 0.449}, {0.445, 0.36, 0.437, 0.405},
                                               {0.215, 0.369, 0.155, 0.708}, {0.242, 0.391, 0.383, 0.326},
                                               {0.441, 0.321, 0.309, 0.554}, {0.387, 0.439, 0.464, 0.515}};
  std::vector<double> const sizes{20, 35, 10, 50, 25, 40};
  constexpr std::size_t effects = 5;
  MixedModel model{effects};
  for (std::size_t r = 0; r < means.size(); ++r) {
    std::vector<double> rows(4 * effects, 0);
    std::vector<double> weights;
    for (std::size_t t = 0; t < 4; ++t) {
      rows[t * effects + t] = 1;
      if (t >= 1 + r / 2) rows[t * effects + 4] = 1;
      weights.push_back(sizes[r] - static_cast<double>(t));
    }
    model.add(group_of(rows, weights, means[r]));
  }
  auto const fit = model.fit();
  ASSERT_TRUE(fit);
  std::vector<double> const beta{0.3457118713645, 0.3826335240206, 0.4150857547790, 0.4622015908364, -0.0160772893203};
  std::vector<double> const se{0.0361951521465, 0.0405813992651, 0.0516923864719, 0.0676556873824, 0.0557597953179};
  for (std::size_t e = 0; e < effects; ++e) {
    EXPECT_NEAR(fit->effects[e], beta[e], as_r_has_it) << e;
    EXPECT_NEAR(error_of(*fit, e), se[e], as_r_has_it) << e;
  }
  EXPECT_NEAR(fit->residual_variance, 0.20567033525, as_r_has_it);
  EXPECT_NEAR(fit->intercept_variance, 0.000878263310964, as_r_has_it);
}

/// By hand: of two means of n = 3 and 2 the residuals are divided by 1 - 1/n, so that the variance is
/// (1 + 0 + 1) (3/2)² / 9 + (1 + 1) 2² / 4.
TEST(MixedModel, HasRobustErrors) {
  MixedModel model{2};
  for (double const y : {1.0, 2.0, 3.0}) model.add(group_of({1, 0}, {1}, {y}));
  for (double const y : {4.0, 6.0}) model.add(group_of({1, 1}, {1}, {y}));
  EXPECT_NEAR(standard_error(model.robust_covariance(*model.fit()), 2, 1), std::sqrt(2 * 2.25 / 9 + 2 * 4.0 / 4), 1e-9);
}

/// Who alone decides a mean leaves nothing to divide: (1 + 0 + 1) (3/2)² / 9.
TEST(MixedModel, HasRobustErrorsWhereOneDecidesAlone) {
  MixedModel model{2};
  for (double const y : {1.0, 2.0, 3.0}) model.add(group_of({1, 0}, {1}, {y}));
  model.add(group_of({1, 1}, {1}, {4.0}));
  EXPECT_NEAR(standard_error(model.robust_covariance(*model.fit()), 2, 1), std::sqrt(2 * 2.25 / 9), 1e-9);
}

/// Many people at once are what they are one by one.
TEST(MixedModel, AddsUpPeopleWhoAreAlike) {
  std::vector<std::vector<double>> const people{{1, 2}, {2, 4}, {0, 3}, {3, 3}};
  std::vector<double> const rows{1, 0, 0, 1};
  std::vector<double> const weights{1, 1};
  MixedModel one_by_one{2};
  GroupsAlike together{rows, weights, 0, {0, 0}, {0, 0, 0, 0}};
  for (auto const& y : people) {
    GroupsAlike const group = group_of(rows, weights, y);
    one_by_one.add(group);
    together.groups += 1;
    for (std::size_t w = 0; w < 2; ++w) together.sums[w] += y[w];
    for (std::size_t c = 0; c < 4; ++c) together.cross[c] += group.cross[c];
  }
  MixedModel at_once{2};
  at_once.add(together);
  EXPECT_NEAR(error_of(*one_by_one.fit(), 1), error_of(*at_once.fit(), 1), 1e-12);
  EXPECT_NEAR(at_once.fit()->effects[1], 3, 1e-12);
}

/// With one measurement each it is the t test: the pooled variance is 4/3.
TEST(MixedModel, OfOneMeasurementEachIsLeastSquares) {
  MixedModel model{2};
  for (double const y : {1.0, 2.0, 3.0}) model.add(group_of({1, 0}, {1}, {y}));
  for (double const y : {4.0, 6.0}) model.add(group_of({1, 1}, {1}, {y}));
  auto const fit = model.fit();
  EXPECT_NEAR(fit->effects[1], 3, 1e-12);
  EXPECT_NEAR(error_of(*fit, 1), std::sqrt(4.0 / 3 * (1.0 / 3 + 1.0 / 2)), 1e-12);
}

TEST(MixedModel, DoesNotFitWhatCannotBeToldApart) {
  MixedModel none{2};
  EXPECT_FALSE(none.fit());
  MixedModel same{2};
  for (double const y : {1.0, 2.0, 4.0}) same.add(group_of({1, 1, 1, 1}, {1, 1}, {y, y + 1}));
  EXPECT_FALSE(same.fit());
}

}  // namespace
}  // namespace utvei
