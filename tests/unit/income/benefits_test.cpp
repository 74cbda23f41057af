// SPDX-License-Identifier: Apache-2.0
// A life whose every day is known: limits of whole days move it from state to state.
#include "support/income_world.hpp"

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::make_income_world;
using support::sum_where;
using support::table_of;

constexpr std::string_view clockwork_model = R"(utvei: model/1
name: clockwork
states:
  work: {limit: {after: 730 days, to: {unemployed: 1}}}
  unemployed: {limit: {after: 547 days, to: {aap: 1}}}
  aap: {limit: {after: 548 days, to: {home: 1}}}
  home: {limit: {after: 365 days, to: {dead: 1}}}
  dead: {absorbing: true}
transitions:
  - {from: work, to: unemployed, rate_per_year: 0}
  - {from: unemployed, to: aap, rate_per_year: 0}
  - {from: aap, to: home, rate_per_year: 0}
  - {from: home, to: dead, rate_per_year: 0}
)";

// 2025, 2026: work. Until 2028-07-01: unemployed; until 2029-12-31: AAP; until 2030-12-31: home; then dead.
constexpr std::string_view clockwork_scenario =
    "start: 2025-01-01\nyears: 7\npopulation: {persons: 3, state: work}\nseed: 1\n";

constexpr std::string_view clockwork_income = R"(base_amounts: {2025: 100000, 2026: 110000}
growth: 0.1
kroner_of: 2025
earnings: {amount: 500000, spread: 0}
states:
  work: {earnings: 1}
  unemployed: {benefit: {share: 0.6, of: [{years: 1}, {years: 3}], ceiling: 4 G}, earned_before: 0}
  aap: {benefit: {share: 0.66, of: {years: 5, best: 3}, ceiling: 6 G, floor: 2 G, grade: 0.5}, earned_before: 0}
  home: nothing
  dead: outside
taxes: none
pathways:
  down:
    - {name: jobless, states: [unemployed]}
    - {name: ill, states: [aap]}
    - {name: poor, income: [low, persistently_low]}
    - {name: gone, states: [dead]}
    - {name: back, states: [work]}
)";

class Clockwork : public testing::Test {
 protected:
  [[nodiscard]] double each(std::string const& year) const {
    return sum_where(table_of(made_, "income_sum"), {{"year", year}}) / 3;
  }
  support::TempFolder folder_;
  IncomeTables made_ = make_income_world(folder_, clockwork_model, clockwork_scenario, clockwork_income).run();
};

TEST_F(Clockwork, EarnsWhatWagesHaveGrownTo) {
  EXPECT_EQ(each("2025"), 500'000);
  EXPECT_EQ(each("2026"), 550'000);
}

/// 60 % of 4 G of the 5 that were earned.
TEST_F(Clockwork, GetsAShareOfWhatWasEarnedUpToTheCeiling) {
  EXPECT_EQ(each("2027"), 290'400);  // G: 121,000
}

/// The benefit goes on without a break, so what counts is what was earned before it began: 5 G in each of the best
/// three years, of which half of 66 % is paid. G: 133,100 and 146,410.
TEST_F(Clockwork, KeepsTheEarningsThatWereThereWhenTheBenefitBegan) {
  // 182 days of 366 at 319,440, and 184 at 219,615.
  EXPECT_EQ(each("2028"), (182 * 319'440 + 184 * 219'615) / 366);
  // A day at home ends 2029.
  EXPECT_NEAR(each("2029"), 364 * 241576.5 / 365, 1);
}

TEST_F(Clockwork, DoesNotCountInTheYearOfDeath) {
  EXPECT_EQ(sum_where(table_of(made_, "income_state"), {{"year", "2030"}}), 0);
  EXPECT_EQ(sum_where(table_of(made_, "income_transitions"),
                      {{"year", "2030"}, {"income_transition", "not_low -> not_counted"}}),
            3);
}

/// All have the same income, and so nobody is low: the way ends at the second step.
TEST_F(Clockwork, TakesTheStepsOfAPathway) {
  Table const& people = table_of(made_, "pathway_people");
  Table const& time = table_of(made_, "pathway_time");
  std::map<std::string, std::string> ill{{"year", "2027"}, {"pathway_step", "down: 2 ill"}};
  EXPECT_EQ(sum_where(people, {{"year", "2027"}, {"pathway_step", "down: 1 jobless"}}), 3);
  EXPECT_EQ(sum_where(people, ill), 3);
  EXPECT_EQ(sum_where(time, ill), in_years(Duration{3 * 547 * minutes_per_day}));
  EXPECT_EQ(sum_where(table_of(made_, "pathway_lost"), ill), 3);
  EXPECT_EQ(sum_where(people, {{"pathway_step", "down: 3 poor"}}), 0);
}

/// Beside three who work all the time he is low in 2028, is dead in 2030, and does not come back to work.
TEST(IncomePathway, GoesThroughBothChains) {
  support::TempFolder const folder;
  std::string text{clockwork_model};
  text.replace(text.find("  work:"), 7, "  job: {}\n  work:");
  text += "  - {from: job, to: work, rate_per_year: 0}\n  - {from: work, to: job, rate_per_year: 0}\n";
  std::string rules{clockwork_income};
  rules.replace(rules.find("  work:"), 7, "  job: {earnings: 1}\n  work:");
  folder.write("people.csv", "person;state\na;job\nb;job\nc;job\nd;work\n");
  auto const made =
      make_income_world(folder, text, "start: 2025-01-01\nyears: 7\npopulation: people.csv\nseed: 1\n", rules).run();
  Table const& people = table_of(made, "pathway_people");
  Table const& time = table_of(made, "pathway_time");
  std::map<std::string, std::string> const poor{{"year", "2027"}, {"pathway_step", "down: 3 poor"}};
  EXPECT_EQ(sum_where(people, poor), 1);
  // From 2028-07-01 to the end of that year.
  EXPECT_EQ(sum_where(time, poor), in_years(Duration{184 * minutes_per_day}));
  std::map<std::string, std::string> const gone{{"year", "2027"}, {"pathway_step", "down: 4 gone"}};
  EXPECT_EQ(sum_where(people, gone), 1);
  EXPECT_EQ(sum_where(time, gone), in_years(Duration{(730 - 1) * minutes_per_day}));
  EXPECT_EQ(sum_where(table_of(made, "pathway_lost"), gone), 1);
  EXPECT_EQ(sum_where(people, {{"pathway_step", "down: 5 back"}}), 0);
}

}  // namespace
}  // namespace utvei
