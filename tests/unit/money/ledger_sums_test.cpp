// SPDX-License-Identifier: Apache-2.0
// Many lives by luck: money against income, and against itself.
#include "support/money_world.hpp"
#include "support/table_sum.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view lucky_model = R"(utvei: model/1
name: lucky
regions: regions.csv
states: {work: {group: work}, unemployed: {group: outside}, aap: {group: outside}}
traits: {sex: [female, male]}
transitions:
  - {from: work, to: unemployed, rate_per_year: 0.3}
  - {from: unemployed, to: work, rate_per_year: 1}
  - {from: unemployed, to: aap, rate_per_year: 0.5}
  - {from: aap, to: work, rate_per_year: 0.4}
)";
constexpr std::string_view lucky_scenario = R"(start: 2025-04-01
years: 6
population: {persons: 3000, state: {work: 2, aap: 1}, region: {"01": 2, "02": 1}, traits: {sex: {female: 1, male: 1}}}
seed: 7
replicates: 2
groups: 10
measures:
  - name: coach
    who: {state: unemployed, region: "02"}
    places: {total: 50}
    lasts: {median: 3 months}
    effects: [{transition: unemployed -> work, hazard_ratio: 2, assumed: true}]
    cost: [{payer: municipality, per_participant_month: 1000, start_cost: 100003}]
)";
constexpr std::string_view lucky_income = R"(base_amounts: {2025: 100000}
growth: 0
kroner_of: 2025
earnings: {amount: 500000, spread: 0.4}
states:
  work: {earnings: 1}
  unemployed: {benefit: {share: 0.62, of: [{years: 1}, {years: 3}], ceiling: 6 G}, earned_before: 0.7}
  aap: {benefit: {share: 0.66, of: {years: 3}, ceiling: 6 G, floor: 2 G}, earned_before: 0.5, amount: 1000, taxed: false}
taxes: [{above: 1 G, rate: 0.25}, {above: 6 G, rate: 0.4}]
)";
constexpr std::string_view lucky_money = R"(kroner_of: 2025
prices: {growth: 0}
payers: {unemployed: state, aap: state}
taxes: {municipality: 0.4, county: 0.1, state: 0.5}
municipal_tax_kept: 0.4
contributions: 0.141
discount: 0.04
tax_cost: 0.2
displacement: none
)";

support::MoneyWorld lucky_world(support::TempFolder const& folder) {
  folder.write("regions.csv", "region;name_nb;parent\n01;A;\n02;B;\n");
  return support::make_money_world(folder, lucky_model, lucky_scenario, lucky_income, lucky_money);
}

/// Nobody shares a household, so that income after tax is what people receive less what they pay. Each payment is
/// rounded once, which for 3,000 people comes to less than 3 kroner each.
TEST(Ledgers, GivePeopleTheirIncomeAfterTax) {
  support::TempFolder const folder;
  RunResult const result = lucky_world(folder).run();
  for (char const* year : {"2026", "2028", "2030"}) {
    double const income = sum(result, "income_sum", {{"year", year}});
    EXPECT_NEAR(sum(result, "balance", {{"year", year}, {"account", "person"}}), income, 2 * 3000 * 3) << year;
  }
}

/// Whatever the number of threads; regions and groups add up to everybody.
TEST(Ledgers, AreTheSameForAnyNumberOfThreads) {
  support::TempFolder const folder;
  auto const world = lucky_world(folder);
  RunResult const one = world.run(1);
  EXPECT_EQ(one, world.run(3));
  Table const& balance = *one.table("balance");
  Table const& groups = *one.group_table("balance");
  double all = 0;
  for (std::size_t i = 0; i < balance.size(); ++i) all += std::abs(balance.value(i));
  EXPECT_GT(all, 0);
  for (std::size_t run = 0; run < 2; ++run) {
    std::size_t const cells = balance.size() / 2;
    for (std::size_t c = 0; c < cells; ++c) {
      double sum_of_groups = 0;
      for (std::size_t g = 0; g < 10; ++g) sum_of_groups += groups.value((run * 10 + g) * cells + c);
      EXPECT_EQ(sum_of_groups, balance.value(run * cells + c));
    }
  }
}

/// By account, year and region; each payment names both.
TEST(Ledgers, HoldEachPaymentTwice) {
  support::TempFolder const folder;
  RunResult const result = lucky_world(folder).run();
  for (char const* year : {"2025", "2027", "2031"})
    for (char const* region : {"01", "02"}) {
      std::map<std::string, double> balance;
      for (PaymentInfo const& info : result.payments) {
        double const paid = sum(result, "payments", {{"year", year}, {"region", region}, {"payment", info.name}});
        balance[info.from] -= paid;
        balance[info.to] += paid;
      }
      for (std::string_view const account : account_names)
        EXPECT_EQ(balance[std::string{account}],
                  sum(result, "balance", {{"year", year}, {"region", region}, {"account", std::string{account}}}))
            << year << ' ' << region << ' ' << account;
    }
}

/// A measure of region 02 is paid for there.
TEST(Ledgers, ChargeARegionForItsOwnMeasures) {
  support::TempFolder const folder;
  RunResult const result = lucky_world(folder).run();
  EXPECT_GT(sum(result, "payments", {{"region", "02"}, {"payment", "coach: paid by municipality"}}), 2 * 100'003);
  EXPECT_EQ(sum(result, "payments", {{"region", "01"}, {"payment", "coach: paid by municipality"}}), 0);
}

}  // namespace
}  // namespace utvei
