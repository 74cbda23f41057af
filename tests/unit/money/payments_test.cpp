// SPDX-License-Identifier: Apache-2.0
// A life whose every day is known: who pays what for it, to the krone.
#include "support/money_world.hpp"
#include "support/table_sum.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::make_money_world;

constexpr std::string_view clock_model = R"(utvei: model/1
name: clock
states:
  work: {group: work, limit: {after: 365 days, to: {ill: 1}}}
  ill: {group: work, limit: {after: 100 days, to: {aap: 1}}}
  aap: {group: outside, limit: {after: 265 days, to: {dead: 1}}}
  dead: {absorbing: true}
transitions:
  - {from: work, to: ill, rate_per_year: 0}
  - {from: ill, to: aap, rate_per_year: 0}
  - {from: aap, to: dead, rate_per_year: 0}
)";

// 2025: work. 2026: ill for 100 days, then AAP for 265. Dead from 2027 on.
constexpr std::string_view clock_scenario =
    "start: 2025-01-01\nyears: 3\npopulation: {persons: 4, state: work}\nseed: 1\n";

constexpr std::string_view clock_income = R"(base_amounts: {2025: 100000, 2026: 110000, 2027: 121000}
kroner_of: 2025
earnings: {amount: 365000, spread: 0}
states:
  work: {earnings: 1}
  ill: {benefit: {share: 1, of: full_earnings}}
  aap: {amount: 2 G, taxed: false}
  dead: outside
taxes: [{above: 0, rate: 0.3}]
)";

constexpr std::string_view clock_money = R"(kroner_of: 2025
prices: {growth: 0.05}
payers: {ill: {first: employer, for: 16 days, then: state}, aap: municipality}
taxes: {municipality: 0.4, county: 0.1, state: 0.5}
municipal_tax_kept: 0.25
contributions: 0.1
services: {aap: {county: 36500, state: 1000}}
value_of_time: 100000
discount: 0.04
tax_cost: 0.2
displacement: none
)";

class Clock : public testing::Test {
 protected:
  [[nodiscard]] double paid(std::string const& year, std::string const& payment) const {
    return sum(result_, "payments", {{"year", year}, {"payment", payment}}) / 4;
  }
  [[nodiscard]] double balance(std::string const& year, std::string const& account) const {
    return sum(result_, "balance", {{"year", year}, {"account", account}}) / 4;
  }
  support::TempFolder folder_;
  RunResult result_ = make_money_world(folder_, clock_model, clock_scenario, clock_income, clock_money).run();
};

TEST_F(Clock, PaysForWork) {
  EXPECT_EQ(paid("2025", "work: earnings"), 365'000);
  EXPECT_EQ(paid("2025", "work: employers' contributions"), 36'500);
  EXPECT_EQ(paid("2025", "work: production"), 401'500);
  EXPECT_EQ(paid("2025", "work: tax to the municipality"), 0.4 * 109'500);
  EXPECT_EQ(paid("2025", "work: tax to the county"), 0.1 * 109'500);
  EXPECT_EQ(paid("2025", "work: tax to the state"), 0.5 * 109'500);
  EXPECT_EQ(paid("2025", "work: evened out between municipalities"), 32'850);
  EXPECT_EQ(paid("2025", "work: time given up"), 100'000);
}

/// Wages have grown by 10 %, prices by 5 %: a day's pay of 1,000 is 1,100 kroner of 2026, or 1,047.62 of 2025.
TEST_F(Clock, PaysForSicknessInTurn) {
  EXPECT_EQ(paid("2026", "ill: benefit of the first days"), std::round(16 * 1100 / 1.05));
  EXPECT_EQ(paid("2026", "ill: benefit"), std::round(84 * 1100 / 1.05));
  EXPECT_EQ(paid("2026", "aap: benefit"), std::round(265 * 220'000 / 365.0 / 1.05));
  EXPECT_EQ(paid("2026", "aap: services paid by county"), std::round(265 * 110 / 1.05));
  EXPECT_EQ(paid("2025", "ill: benefit"), 0);
}

/// What was taxed in the year: 100 days' pay.
TEST_F(Clock, TakesTheTaxOfTheYear) {
  double const tax = 0.3 * 100 * 1100 / 1.05;
  EXPECT_NEAR(paid("2026", "ill: tax to the state"), 0.5 * tax, 1);
  EXPECT_EQ(paid("2026", "aap: tax to the state"), 0);
}

TEST_F(Clock, HasNothingAfterDeath) {
  for (std::string_view const account : account_names) EXPECT_EQ(balance("2027", std::string{account}), 0) << account;
}

TEST_F(Clock, GivesEachAccountWhatItReceivesLessWhatItPays) {
  EXPECT_EQ(balance("2025", "employer"), 0);
  EXPECT_EQ(balance("2025", "person"), 365'000 - 109'500 - 100'000);
  EXPECT_EQ(balance("2025", "municipality"), 43'800 - 32'850);
  EXPECT_EQ(balance("2025", "state"), 54'750 + 32'850 + 36'500);
  EXPECT_EQ(balance("2025", "production"), -401'500);
}

/// Every krone that one account pays another receives, in every group and year.
TEST_F(Clock, MoneyPaidIsMoneyReceived) {
  Table const& groups = *result_.group_table("balance");
  for (std::size_t i = 0; i < groups.size(); i += accounts) {
    double sum_of_accounts = 0;
    for (std::size_t a = 0; a < accounts; ++a) sum_of_accounts += groups.value(i + a);
    EXPECT_EQ(sum_of_accounts, 0);
  }
}

// What measures cost.

constexpr std::string_view measure_scenario = R"(start: 2025-01-01
years: 2
population: {persons: 40, state: work}
seed: 1
weight: 2
measures:
  - name: course
    runs: {from: 2025-07-02}
    who: {state: work}
    places: {total: 20}
    lasts: {median: 73 days, shape: fixed}
    cost:
      - {payer: county, per_participant: 1000}
      - {payer: municipality, per_participant_month: 1200 NOK, start_cost: 7000}
      - {payer: state, per_place_month: 100 kr, per_month: 50}
      - {payer: state, to: person, per_participant: 300}
)";

constexpr std::string_view idle_model = R"(utvei: model/1
name: idle
states: {work: {group: work}, home: {}}
transitions: [{from: work, to: home, rate_per_year: 0}, {from: home, to: work, rate_per_year: 0}]
)";
constexpr std::string_view idle_income = R"(base_amounts: {2025: 100000, 2026: 100000}
kroner_of: 2025
earnings: {amount: 0, spread: 0}
states: {work: nothing, home: nothing}
taxes: none
)";
constexpr std::string_view idle_money = R"(kroner_of: 2025
prices: {growth: 0}
payers: {}
taxes: {state: 1}
contributions: 0
discount: 0.04
tax_cost: 0.2
displacement: none
)";

/// Ten of the forty, who stand for twenty, come after each other: three times in the half year, and once in the next.
TEST(MeasureCost, IsPaidForPeoplePlacesAndTime) {
  support::TempFolder const folder;
  RunResult const result = make_money_world(folder, idle_model, measure_scenario, idle_income, idle_money).run();
  auto const paid = [&](std::string const& year, std::string const& payment) {
    return sum(result, "payments", {{"year", year}, {"payment", "course: " + payment}});
  };
  double const months = 12 * sum(result, "participant_years", {{"year", "2025"}});
  double const half_a_year = in_years(Duration{183 * minutes_per_day});
  EXPECT_EQ(sum(result, "participants", {{"year", "2025"}}), 60);
  EXPECT_EQ(paid("2025", "paid by county"), 1000 * 60);
  EXPECT_EQ(paid("2026", "paid by county"), 1000 * 20);
  // Each of the groups is rounded to a krone.
  EXPECT_NEAR(paid("2025", "paid by municipality"), 1200 * months + 7000, 50);
  EXPECT_NEAR(paid("2025", "paid by state"), 12 * half_a_year * (100 * 20 + 50), 1);
  EXPECT_EQ(paid("2025", "state to person"), 300 * 60);
  EXPECT_NEAR(paid("2026", "paid by state"), 12 * in_years(Duration{365 * minutes_per_day}) * (100 * 20 + 50), 1);
  EXPECT_EQ(sum(result, "balance", {{"account", "person"}}), 300 * 80);
  double const measures = sum(result, "balance", {{"account", "measures"}});
  EXPECT_EQ(measures, sum(result, "payments", {}) - 300 * 80);
  EXPECT_EQ(sum(result, "balance", {}), 0);
}

/// Of what was paid once nothing comes again; of the rest all, as the measure goes on.
TEST(MeasureCost, TellsWhatDoesNotComeAgain) {
  support::TempFolder const folder;
  RunResult const result = make_money_world(folder, idle_model, measure_scenario, idle_income, idle_money).run();
  EXPECT_EQ(sum(result, "passing_balance", {{"account", "municipality"}}), -7000);
  EXPECT_EQ(sum(result, "passing_balance", {{"account", "measures"}}), 7000);
  std::string ends{measure_scenario};
  ends.replace(ends.find("2025-07-02"), 10, "2025-07-02, until: 2026-06-01");
  RunResult const over = make_money_world(folder, idle_model, ends, idle_income, idle_money).run();
  EXPECT_EQ(sum(over, "passing_balance", {{"account", "measures"}}), sum(over, "balance", {{"account", "measures"}}));
}

/// What began before the run has been paid for.
TEST(MeasureCost, HasNoStartBeforeTheRun) {
  support::TempFolder const folder;
  std::string earlier{measure_scenario};
  earlier.replace(earlier.find("2025-07-02"), 10, "2020-07-02");
  RunResult const result = make_money_world(folder, idle_model, earlier, idle_income, idle_money).run();
  EXPECT_EQ(sum(result, "passing_balance", {{"account", "municipality"}}), 0);
}

/// The same in all replicates of a draw, log-normal over draws, and the mean without draws.
TEST(MeasureCost, IsDrawnWhereItIsNotKnown) {
  support::TempFolder const folder;
  std::string drawn{measure_scenario};
  drawn.replace(drawn.find("per_participant: 1000"), 21, "per_participant: {mean: 1000, interval_95: [500, 2000]}");
  auto const paid = [](RunResult const& result, std::string const& draw, std::string const& replicate) {
    return sum(result, "payments",
               {{"draw", draw}, {"replicate", replicate}, {"year", "2025"}, {"payment", "course: paid by county"}});
  };
  RunResult const point = make_money_world(folder, idle_model, drawn, idle_income, idle_money).run();
  EXPECT_EQ(sum(point, "payments", {{"year", "2025"}, {"payment", "course: paid by county"}}), 1000 * 60);
  RunResult const many =
      make_money_world(folder, idle_model, drawn + "draws: 300\nreplicates: 2\n", idle_income, idle_money).run();
  double mean = 0;
  double square = 0;
  for (int draw = 0; draw < 300; ++draw) {
    double const each = paid(many, std::to_string(draw), "0") / 60;
    EXPECT_NEAR(paid(many, std::to_string(draw), "1") / 60, each, 1);
    mean += std::log(each) / 300;
    square += std::log(each) * std::log(each) / 300;
  }
  EXPECT_NEAR(mean, std::log(1000), 0.07);
  EXPECT_NEAR(std::sqrt(square - mean * mean), std::log(2) / 1.96, 0.05);
}

}  // namespace
}  // namespace utvei
