// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/ledgers.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

std::vector<DiscountPeriod> const circular{{0, 0.04}, {40, 0.03}, {75, 0.02}};

LedgerRules rules_at(double rate) {
  LedgerRules rules;
  rules.kroner_of = 2025;
  rules.discount = {{0, rate}};
  return rules;
}

TEST(DiscountFactor, DiscountsEachYearAtTheRateOfItsPeriod) {
  EXPECT_DOUBLE_EQ(discount_factor(circular, 0), 1);
  EXPECT_DOUBLE_EQ(discount_factor(circular, 10), std::pow(1.04, -10));
  EXPECT_NEAR(discount_factor(circular, 50), std::pow(1.04, -40) * std::pow(1.03, -10), 1e-14);
  EXPECT_NEAR(discount_factor(circular, 80), std::pow(1.04, -40) * std::pow(1.03, -35) * std::pow(1.02, -5), 1e-14);
  EXPECT_DOUBLE_EQ(discount_factor(circular, -2), 1.04 * 1.04);
}

TEST(PresentValue, CountsAmountsWhenTheyFall) {
  LedgerRules rules = rules_at(0.1);
  rules.counted = Counted::end;
  EXPECT_NEAR(present_value(rules, 2025, 2025, {110, 121}), 200, 1e-12);
  rules.counted = Counted::start;
  EXPECT_NEAR(present_value(rules, 2025, 2026, {110, 121}), 200, 1e-12);
  rules.counted = Counted::middle;
  EXPECT_NEAR(present_value(rules, 2025, 2025, {100}), 100 / std::sqrt(1.1), 1e-12);
}

/// An annuity of n years is (1 - (1+r)^-n) / r, of all years 1 / r.
TEST(PresentValue, AddsWhatGoesOnAfterTheLastYear) {
  LedgerRules rules = rules_at(0.05);
  rules.counted = Counted::end;
  rules.residual_years = 19;
  EXPECT_NEAR(present_value(rules, 2025, 2025, {1}), (1 - std::pow(1.05, -20)) / 0.05, 1e-12);
  rules.residual_years = 0.5;
  EXPECT_NEAR(present_value(rules, 2025, 2025, {1}), 1 / 1.05 + 0.5 / (1.05 * 1.05), 1e-12);
  rules.residual_years.reset();
  EXPECT_NEAR(present_value(rules, 2025, 2025, {1}), 20, 1e-9);
  EXPECT_NEAR(present_value(rules, 2025, 2030, {0, 1}), 20 * std::pow(1.05, -6), 1e-9);
}

TEST(PresentValue, GoesOnForEverAtTheLastRate) {
  LedgerRules rules = rules_at(0.04);
  rules.counted = Counted::end;
  rules.discount = circular;
  rules.residual_years.reset();
  double const forty = (1 - std::pow(1.04, -40)) / 0.04;
  double const to_75 = std::pow(1.04, -40) * (1 - std::pow(1.03, -35)) / 0.03;
  double const rest = std::pow(1.04, -40) * std::pow(1.03, -35) / 0.02;
  EXPECT_NEAR(present_value(rules, 2025, 2025, {1}), forty + to_75 + rest, 1e-9);
}

}  // namespace
}  // namespace utvei
