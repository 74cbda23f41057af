// SPDX-License-Identifier: Apache-2.0
// Households whose income was computed by hand.
#include "support/income_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::make_income_world;
using support::sum_where;
using support::table_of;

constexpr std::string_view still_model = R"(utvei: model/1
name: still
states: {work: {}, home: {}, child: {}, dead: {absorbing: true}}
transitions:
  - {from: work, to: home, rate_per_year: 0}
  - {from: home, to: work, rate_per_year: 0}
  - {from: child, to: home, rate_per_year: 0}
  - {from: home, to: child, rate_per_year: 0}
  - {from: home, to: dead, rate_per_year: 0}
)";

constexpr std::string_view still_people =
    "person;state;age;household\n"
    "a;work;40;first\n"
    "b;home;38;first\n"
    "c;child;5;first\n"
    "d;work;30;second\n"
    "e;home;70;third\n"
    "f;home;68;third\n"
    "g;work;50;\n"
    "h;dead;80;third\n";

constexpr std::string_view still_scenario = "start: 2025-01-01\nyears: 4\npopulation: people.csv\nseed: 1\n";

constexpr std::string_view still_income = R"(base_amounts: {2024: 100000, 2025: 100000}
growth: 0
kroner_of: 2025
earnings: {amount: 500000, spread: 0}
states: {work: {earnings: 1}, home: {amount: 1 G, taxed: false}, child: nothing, dead: outside}
taxes: [{above: 1 G, rate: 0.1}, {above: 300000, rate: 0.3}]
household: {children_below: 17, per_child: 0.2 G}
histogram: {width: 100000, up_to: 400000}
)";

/// Work gives 500,000 - 20,000 - 60,000 = 420,000 after tax.
TEST(HouseholdIncome, IsSharedOnTheEuScale) {
  support::TempFolder const folder;
  folder.write("people.csv", still_people);
  auto const made = make_income_world(folder, still_model, still_scenario, still_income).run();
  Table const& sums = table_of(made, "income_sum");
  auto const of = [&](std::string const& type) {
    return sum_where(sums, {{"year", "2026"}, {"household_type", type}});
  };
  // First: (420,000 + 100,000 + 20,000) / (1 + 0.5 + 0.3) for each of the three.
  EXPECT_EQ(of("two_adults_with_children"), 3 * 300'000);
  // Third: 200,000 / 1.5; who is dead counts in nothing. Second, and g without a household: alone.
  EXPECT_EQ(of("two_adults"), 2 * 133'333);
  EXPECT_EQ(of("one_adult"), 2 * 420'000);
  EXPECT_EQ(sum_where(sums, {{"year", "2026"}}), 900'000 + 266'666 + 840'000);
}

TEST(HouseholdIncome, GivesTheMedianOverPeople) {
  support::TempFolder const folder;
  folder.write("people.csv", still_people);
  auto const made = make_income_world(folder, still_model, still_scenario, still_income).run();
  Table const& median = table_of(made, "median_income");
  EXPECT_EQ(sum_where(median, {{"year", "2028"}}), 300'000);
  Table const& histogram = table_of(made, "income_histogram");
  EXPECT_EQ(sum_where(histogram, {{"year", "2025"}, {"income", "100000-199999"}}), 2);
  EXPECT_EQ(sum_where(histogram, {{"year", "2025"}, {"income", "300000-399999"}}), 3);
  EXPECT_EQ(sum_where(histogram, {{"year", "2025"}, {"income", "400000+"}}), 2);
}

/// The line is 180,000: the third household is below it, and from the third year on persistently.
TEST(HouseholdIncome, PutsPeopleIntoTheChain) {
  support::TempFolder const folder;
  folder.write("people.csv", still_people);
  auto const made = make_income_world(folder, still_model, still_scenario, still_income).run();
  Table const& state = table_of(made, "income_state");
  EXPECT_EQ(sum_where(state, {{"year", "2026"}, {"income_state", "low"}}), 2);
  EXPECT_EQ(sum_where(state, {{"year", "2026"}, {"income_state", "persistently_low"}}), 0);
  EXPECT_EQ(sum_where(state, {{"year", "2027"}, {"income_state", "persistently_low"}}), 2);
  EXPECT_EQ(sum_where(state, {{"year", "2027"}, {"income_state", "not_low"}}), 5);
  Table const& moves = table_of(made, "income_transitions");
  EXPECT_EQ(sum_where(moves, {{"year", "2027"}, {"income_transition", "low -> persistently_low"}}), 2);
  EXPECT_EQ(sum_where(moves, {{"year", "2028"}, {"income_transition", "persistently_low -> persistently_low"}}), 2);
  EXPECT_EQ(sum_where(moves, {{"year", "2028"}}), 7);
  Table const& known = table_of(made, "three_years_known");
  EXPECT_EQ(sum_where(known, {{"year", "2026"}}), 0);
  EXPECT_EQ(sum_where(known, {{"year", "2027"}}), 7);
}

/// Two years of a run that begins in July are parts of years.
TEST(HouseholdIncome, IsOfWholeCalendarYears) {
  support::TempFolder const folder;
  folder.write("people.csv", still_people);
  auto const made = make_income_world(folder, still_model,
                                      "start: 2024-07-01\nyears: 3\npopulation: people.csv\nseed: 1\n", still_income)
                        .run();
  EXPECT_EQ(table_of(made, "income_state").dimensions[1].labels, (std::vector<std::string>{"2025", "2026"}));
}

/// A cell may hold one household, and the sum would be its income.
TEST(HouseholdIncome, IsNotSummedWherePeopleAreOfARegister) {
  support::TempFolder const folder;
  folder.write("people.csv", still_people);
  auto world = make_income_world(folder, still_model, still_scenario, still_income);
  world.world.people.data_class = "register";
  EXPECT_THROW((void)table_of(world.run(), "income_sum"), std::runtime_error);
  EXPECT_EQ(sum_where(table_of(world.run(), "income_state"), {{"year", "2025"}}), 7);
}

TEST(HouseholdIncome, HasTheMeanOfTheTwoInTheMiddle) {
  support::TempFolder const folder;
  folder.write("people.csv", "person;state\na;work\nb;home\n");
  auto const made = make_income_world(folder, still_model, still_scenario, still_income).run();
  EXPECT_EQ(sum_where(table_of(made, "median_income"), {{"year", "2025"}}), 260'000);
}

}  // namespace
}  // namespace utvei
