// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/random.hpp>
#include <utvei/estimation/frailty.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// People who may move again and again for some years, at two intensities per year.
struct Truth {
  double share;  ///< of the second class
  double first, second;
};

PersonRisks simulate(Truth const& truth, std::uint64_t persons, double years, double rate) {
  RandomKey const key{17, 0, 0};
  PersonRisks risks;
  for (std::uint64_t i = 0; i < persons; ++i) {
    bool const slow = uniform(key, PersonKey{i}, StreamId{1}, 0) < truth.share;
    double const intensity = slow ? truth.second : truth.first;
    double const followed = years * (0.5 + uniform(key, PersonKey{i}, StreamId{2}, 0));
    double events = 0;
    double at = 0;
    for (std::uint32_t k = 0; intensity > 0; ++k) {
      at += unit_exponential(key, PersonKey{i}, StreamId{3}, k) / intensity;
      if (at > followed) break;
      ++events;
    }
    risks.events.push_back(events);
    risks.expected.push_back(rate * followed);
  }
  return risks;
}

/// Spells with one way out that end at the first event: a mixture of two exponentials.
TEST(Frailty, LikelihoodOfOneTransitionIsAMixtureOfExponentials) {
  PersonRisks const risks{{1, 1, 0, 1, 0}, {0.2, 1.5, 3.0, 0.7, 0.1}};
  double const share = 0.3;
  double const fast = 1.4;
  double const slow = 1.4 * std::exp(-1.1);
  double sum = 0;
  for (std::size_t i = 0; i < risks.events.size(); ++i) {
    double const t = risks.expected[i];
    bool const ended = risks.events[i] > 0;
    double const density =
        (1 - share) * (ended ? fast : 1) * std::exp(-fast * t) + share * (ended ? slow : 1) * std::exp(-slow * t);
    sum += std::log(density) + t;
  }
  EXPECT_NEAR(frailty_likelihood(risks, std::log(share / (1 - share)), -1.1, std::log(1.4)).value, sum, 1e-12);
}

TEST(Frailty, DerivativesAreThoseOfDifferences) {
  PersonRisks const risks{{0, 3, 1, 0, 7}, {0.4, 1.5, 3.0, 2.2, 2.5}};
  double const h = 1e-5;
  for (double const ratio : {-0.4, -3.0, 0.8}) {
    auto const at = [&](double a, double b, double c) {
      return frailty_likelihood(risks, -0.6 + a, ratio + b, 0.2 + c);
    };
    auto const here = at(0, 0, 0);
    EXPECT_NEAR(here.by_logit_share, (at(h, 0, 0).value - at(-h, 0, 0).value) / (2 * h), 1e-8);
    EXPECT_NEAR(here.by_log_ratio, (at(0, h, 0).value - at(0, -h, 0).value) / (2 * h), 1e-8);
    EXPECT_NEAR(here.by_log_level, (at(0, 0, h).value - at(0, 0, -h).value) / (2 * h), 1e-8);
  }
}

TEST(Frailty, FindsWhatPeopleWereDrawnFrom) {
  Truth const truth{0.35, 1.2, 0.2};
  auto const fit = fit_frailty(simulate(truth, 4000, 6, 0.8));
  ASSERT_EQ(fit.end, FrailtyFit::End::none);
  EXPECT_TRUE(fit.converged);
  EXPECT_GT(fit.log_likelihood, fit.log_likelihood_of_one_class + 100);
  ASSERT_TRUE(fit.share_se && fit.log_ratio_se && fit.level_se);
  EXPECT_NEAR(fit.share, truth.share, 4 * *fit.share_se);
  EXPECT_NEAR(fit.log_ratio, std::log(truth.second / truth.first), 4 * *fit.log_ratio_se);
  EXPECT_NEAR(fit.level, truth.first / 0.8, 4 * *fit.level_se);
  EXPECT_LT(*fit.share_se, 0.03);
  EXPECT_LT(*fit.log_ratio_se, 0.1);
}

TEST(Frailty, IntervalsCoverTheTruth) {
  int covered = 0;
  constexpr int studies = 60;
  PersonRisks const all = simulate({0.4, 1.0, 0.25}, studies * 500, 5, 0.7);
  for (std::size_t study = 0; study < studies; ++study) {
    PersonRisks part;
    for (std::size_t i = study * 500; i < (study + 1) * 500; ++i) {
      part.events.push_back(all.events[i]);
      part.expected.push_back(all.expected[i]);
    }
    auto const fit = fit_frailty(part);
    ASSERT_TRUE(fit.log_ratio_se);
    covered += std::abs(fit.log_ratio - std::log(0.25)) < 1.96 * *fit.log_ratio_se ? 1 : 0;
  }
  EXPECT_GE(covered, 51);  // 95 % of 60, less 3.5 standard errors
}

TEST(Frailty, PeopleWhoNeverMoveAreStayers) {
  auto const fit = fit_frailty(simulate({0.25, 1.5, 0}, 2000, 8, 1.0));
  EXPECT_EQ(fit.end, FrailtyFit::End::mover_stayer);
  EXPECT_EQ(fit.log_ratio, lowest_log_ratio);
  EXPECT_FALSE(fit.log_ratio_se);
  ASSERT_TRUE(fit.share_se);
  EXPECT_NEAR(fit.share, 0.25, 4 * *fit.share_se);
  EXPECT_NEAR(second_class(fit, 0, 10), 1, 1e-3);
  EXPECT_NEAR(second_class(fit, 2, 10), 0, 5e-3);
}

TEST(Frailty, OneClassIsEnoughWherePeopleDifferLessThanByChance) {
  PersonRisks risks;
  for (int i = 0; i < 200; ++i) {
    risks.events.push_back(2);
    risks.expected.push_back(2.5);
  }
  auto const fit = fit_frailty(risks);
  EXPECT_EQ(fit.end, FrailtyFit::End::alike);
  EXPECT_DOUBLE_EQ(fit.level, 0.8);
  EXPECT_DOUBLE_EQ(fit.log_likelihood, fit.log_likelihood_of_one_class);
  EXPECT_EQ(fit_frailty({{0, 0}, {1, 2}}).end, FrailtyFit::End::alike);
}

}  // namespace
}  // namespace utvei
