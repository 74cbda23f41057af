// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/weigh.hpp>

#include <cmath>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using test::small_result;

TEST(Weigh, MultipliesPeopleTimeAndEventsButNotThoseWhoWereSimulated) {
  auto const heads = small_result();
  auto people = heads;
  weigh(people, 100);
  EXPECT_EQ(people.provenance.weight, 100);
  ASSERT_NE(heads.table("persons"), nullptr);
  EXPECT_EQ(*people.table("persons"), *heads.table("persons"));
  for (Table const& table : heads.tables) {
    if (table.name == "persons") continue;
    for (std::size_t i = 0; i < table.size(); ++i)
      EXPECT_DOUBLE_EQ(people.table(table.name)->value(i), 100 * table.value(i)) << table.name;
  }
}

/// Differences of equal groups: with one run the error of the simulation is all there is; with many, the chance of the
/// larger population is left.
TEST(Weigh, LeavesTheChanceOfThePopulationThatTheSampleStandsFor) {
  constexpr std::size_t groups = 50;
  constexpr std::size_t replicates = 40;
  std::mt19937_64 random{1};
  std::normal_distribution<double> normal;
  auto const run = [&](std::string const& name, double sd) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < groups; ++i) labels.push_back(std::to_string(i));
    std::vector<std::string> const runs{labels.begin(), labels.begin() + replicates};
    RunResult result;
    Table total = test::years("person_years", {{"replicate", runs}, {"state", {"work"}}});
    Table parts = test::years("person_years", {{"replicate", runs}, {"group", labels}, {"state", {"work"}}});
    auto& sums = std::get<std::vector<double>>(total.values);
    std::ranges::fill(sums, 0);
    auto& cells = std::get<std::vector<double>>(parts.values);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = sd * normal(random);
      sums[i / groups] += cells[i];
    }
    result.tables = {total};
    result.group_tables = {parts};
    result.provenance.scenario_name = name;
    weigh(result, 100);
    return result;
  };
  auto const baseline = run("baseline", 0);
  auto const scenario = run("scenario", 1);
  auto const comparison = compare(baseline, {&scenario}, {});
  ASSERT_EQ(comparison.rows.size(), 1U);
  auto const& row = comparison.rows.front();
  // One run of heads has variance 50; of people, 100^2 x 50, of which the population of 100 times as many has a
  // hundredth.
  double const variance = 100.0 * 100 * groups;
  double const chance = variance / 100 + 0.99 * variance / replicates;
  EXPECT_NEAR(*row.mc_se, std::sqrt(variance / replicates), 0.05 * std::sqrt(variance / replicates));
  EXPECT_NEAR((*row.count_high_95 - *row.count_low_95) / 2, 1.96 * std::sqrt(chance), 0.1 * std::sqrt(chance));
  EXPECT_EQ(comparison.weight, 100);
}

TEST(Weigh, OfTwoRunsMustAgree) {
  auto const baseline = small_result();
  auto scenario = small_result();
  weigh(scenario, 10);
  try {
    compare(baseline, {&scenario}, {});
    FAIL();
  } catch (InputError const& error) {
    EXPECT_THAT(render(error.diagnostics()), ::testing::HasSubstr("one person stands for 1 against 10"));
  }
}

/// Two years, two days: nobody was counted on the first day of the first year.
TEST(CountedDays, AreThoseOnWhichSomebodyWasFound) {
  RunResult result;
  Table stock = test::counts(
      "stock", {{"year", {"2025", "2026"}}, {"stock_date", {"06-30", "11-16"}}, {"state", {"work", "aap"}}});
  stock.values = std::vector<std::int64_t>{0, 0, 7, 0, 6, 1, 0, 2};
  result.tables = {stock};
  CountedDays const days{result, stock, {"year", "stock_date", "state"}};
  std::vector<bool> found;
  for (std::size_t i = 0; i < stock.size(); ++i) found.push_back(days.contains(i));
  EXPECT_THAT(found, ::testing::ElementsAre(false, false, true, true, true, true, true, true));
  CountedDays const by_state{result, stock, {"state", "stock_date", "year"}};
  EXPECT_FALSE(by_state.contains(0));
  EXPECT_TRUE(by_state.contains(1));
  EXPECT_TRUE(by_state.contains(2));
}

/// A definition may hold nobody of those who were counted.
TEST(CountedDays, OfDefinitionsAreThoseOfAllWhoWereCounted) {
  RunResult result;
  std::vector<Dimension> const dimensions{{"year", {"2025", "2026"}}, {"definition", {"neet", "ufore"}}};
  Table part = test::counts("defined", dimensions);
  Table whole = test::counts("defined_of", dimensions);
  part.values = std::vector<std::int64_t>{0, 0, 0, 3};
  whole.values = std::vector<std::int64_t>{9, 0, 8, 4};
  result.tables = {part, whole};
  CountedDays const days{result, part, {"year", "definition"}};
  EXPECT_TRUE(days.contains(0));
  EXPECT_FALSE(days.contains(1));
  EXPECT_TRUE(days.contains(2));
  EXPECT_TRUE(days.contains(3));
}

TEST(CountedDays, AreAllOfATableOfTime) {
  auto const result = small_result();
  EXPECT_TRUE((CountedDays{result, *result.table("person_years"), {"year"}}.contains(0)));
}

}  // namespace
}  // namespace utvei
