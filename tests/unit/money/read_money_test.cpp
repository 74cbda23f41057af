// SPDX-License-Identifier: Apache-2.0
// What the keys of a money file do.
#include "support/money_world.hpp"
#include "support/table_sum.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr std::string_view steady_model = R"(utvei: model/1
name: steady
states: {work: {group: work}, home: {group: outside}}
transitions: [{from: work, to: home, rate_per_year: 0}, {from: home, to: work, rate_per_year: 0}]
)";
constexpr std::string_view steady_scenario =
    "start: 2025-01-01\nyears: 2\npopulation: {persons: 1, state: work}\nseed: 1\n";
constexpr std::string_view steady_income = R"(base_amounts: {2024: 100000, 2025: 100000, 2026: 100000}
kroner_of: 2025
earnings: {amount: 500000, spread: 0}
states: {work: {earnings: 1}, home: {amount: 1000}}
taxes: none
)";

support::MoneyWorld world_with(support::TempFolder const& folder, std::string const& more) {
  std::string const prices = more.find("prices") == std::string::npos ? "prices: {growth: 0}\n" : "";
  std::string const discount = more.find("discount") == std::string::npos ? "discount: 0.04\n" : "";
  return support::make_money_world(folder, steady_model, steady_scenario, steady_income,
                                   "kroner_of: 2025\npayers: {home: state}\ntaxes: {state: 1}\ncontributions: 0\n"
                                   "tax_cost: 0.2\ndisplacement: none\n" +
                                       prices + discount + more);
}

double earned(RunResult const& result, std::string const& year) {
  return sum(result, "payments", {{"year", year}, {"payment", "work: earnings"}});
}

/// 110 against 100: kroner of 2026 are worth less, and grow at 10 % a year outside the index.
TEST(MoneyFile, CountsInKronerOfOneYear) {
  support::TempFolder const folder;
  RunResult const indexed = world_with(folder, "prices: {growth: 0.5, index: {2025: 100, 2026: 110}}\n").run();
  EXPECT_EQ(earned(indexed, "2025"), 500'000);
  EXPECT_EQ(earned(indexed, "2026"), 454'545);
  RunResult const grown = world_with(folder, "prices: {growth: 0.1, index: {2024: 90, 2025: 100}}\n").run();
  EXPECT_EQ(earned(grown, "2026"), 454'545);
}

TEST(MoneyFile, ValuesWhatIsProduced) {
  support::TempFolder const folder;
  RunResult const result = world_with(folder, "production: 1.2\n").run();
  EXPECT_EQ(sum(result, "payments", {{"year", "2025"}, {"payment", "work: production"}}), 600'000);
  EXPECT_EQ(sum(result, "balance", {{"year", "2025"}, {"account", "employer"}}), 100'000);
}

TEST(MoneyFile, SaysWhatNobodyHasVerified) {
  support::TempFolder const folder;
  auto const& unverified = world_with(folder, "verified: {tax_cost: \"R-109/21, 5\"}\n").rules.ledgers.unverified;
  EXPECT_THAT(unverified, Not(Contains("tax_cost")));
  EXPECT_THAT(unverified, Contains("discount"));
  EXPECT_THAT(unverified, Contains("municipal_tax_kept"));
  EXPECT_THAT(unverified, Not(Contains("services")));
}

TEST(MoneyFile, HasItsConventions) {
  support::TempFolder const folder;
  LedgerRules const rules = world_with(folder,
                                       "discount: [{from: 0, rate: 0.04}, {from: 40, rate: 0.03}]\npresent_year: 2027\n"
                                       "counted: end\nresidual: 20 years\n")
                                .rules.ledgers;
  EXPECT_EQ(rules.present_year, 2027);
  EXPECT_EQ(rules.counted, Counted::end);
  EXPECT_NEAR(*rules.residual_years, 20, 0.01);
  EXPECT_EQ(rules.discount, (std::vector<DiscountPeriod>{{0, 0.04}, {40, 0.03}}));
  EXPECT_EQ(world_with(folder, "residual: forever\n").rules.ledgers.residual_years, std::nullopt);
}

}  // namespace
}  // namespace utvei
