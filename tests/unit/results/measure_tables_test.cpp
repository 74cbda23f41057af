// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/results/measure_tables.hpp"

#include "small_result.hpp"

#include <utvei/results/compare.hpp>
#include <utvei/results/counted_days.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using Names = std::vector<std::string>;

/// Two years, and two groups of people; cell i of a table of counts holds i + 1.
RunResult run_with_measures(std::string const& name, Names const& measures, std::size_t replicates = 1) {
  Dimension const draw{"draw", {"0"}};
  Dimension replicate{"replicate", {}};
  for (std::size_t i = 0; i < replicates; ++i) replicate.labels.push_back(std::to_string(i));
  Dimension const group{"group", {"0", "1"}};
  Dimension const measure{"measure", measures};
  Dimension const year{"year", {"2025", "2026"}};
  RunResult result;
  result.tables = {test::counts("persons", {draw, replicate})};
  result.group_tables = {test::counts("persons", {draw, replicate, group})};
  result.provenance.scenario_name = name;
  if (measures.empty()) return result;
  Table waited = test::years("waited_days", {draw, replicate, measure, year});
  waited.quantity = "waited_days";
  result.tables.push_back(test::counts("participants", {draw, replicate, measure, year}));
  result.tables.push_back(waited);
  result.group_tables.push_back(test::counts("participants", {draw, replicate, group, measure, year}));
  for (std::string const& label : measures) result.measures.push_back({label, "", label, label, label});
  return result;
}

std::vector<double> values_of(Table const* table) {
  std::vector<double> values;
  for (std::size_t i = 0; table != nullptr && i < table->size(); ++i) values.push_back(table->value(i));
  return values;
}

ComparisonRow const& measure_row_of(Comparison const& comparison, std::string const& quantity,
                                    std::string const& measure) {
  auto const found = std::ranges::find_if(comparison.rows, [&](ComparisonRow const& row) {
    return row.measure_of == quantity && row.state == measure && row.year.empty();
  });
  if (found == comparison.rows.end()) throw std::out_of_range{"no such row"};
  return *found;
}

TEST(MeasureTables, HaveTheMeasuresOfEither) {
  auto const both = measure_tables(run_with_measures("ab", {"a", "b"}), run_with_measures("bc", {"b", "c"}));
  Table const* const before = both.baseline.table("participants");
  Table const* const after = both.scenario.table("participants");
  ASSERT_TRUE(before != nullptr && after != nullptr);
  EXPECT_THAT(before->dimensions[*before->axis("measure")].labels, ElementsAre("a", "b", "c"));
  EXPECT_EQ(before->dimensions, after->dimensions);
  EXPECT_THAT(values_of(before), ElementsAre(1, 2, 3, 4, 0, 0));
  EXPECT_THAT(values_of(after), ElementsAre(0, 0, 1, 2, 3, 4));
  EXPECT_THAT(values_of(both.baseline.table("waited_days")), ElementsAre(0, 0.25, 0.5, 0.75, 0, 0));
  EXPECT_THAT(values_of(both.scenario.table("waited_days")), ElementsAre(0, 0, 0, 0.25, 0.5, 0.75));
}

TEST(MeasureTables, OfGroupsHaveThemInEachGroup) {
  auto const both = measure_tables(run_with_measures("ab", {"a", "b"}), run_with_measures("bc", {"b", "c"}));
  EXPECT_THAT(values_of(both.baseline.group_table("participants")), ElementsAre(1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0));
  EXPECT_THAT(values_of(both.scenario.group_table("participants")), ElementsAre(0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8));
  EXPECT_NE(both.baseline.group_table("persons"), nullptr);
}

TEST(MeasureTables, AreZerosWhereAResultHasNone) {
  auto const with = run_with_measures("ab", {"a", "b"});
  auto const without = run_with_measures("none", {});
  auto const both = measure_tables(with, without);
  EXPECT_EQ(values_of(both.baseline.table("participants")), values_of(with.table("participants")));
  EXPECT_THAT(values_of(both.scenario.table("participants")), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(values_of(both.scenario.group_table("participants")), ElementsAreArray(std::vector<double>(8, 0)));
  auto const other_way = measure_tables(without, with);
  EXPECT_THAT(values_of(other_way.baseline.table("waited_days")), ElementsAre(0, 0, 0, 0));
  EXPECT_EQ(values_of(other_way.scenario.table("waited_days")), values_of(with.table("waited_days")));
}

TEST(MeasureTables, AreNoneWhereNeitherResultHasMeasures) {
  auto const both = measure_tables(run_with_measures("a", {}), run_with_measures("b", {}));
  EXPECT_TRUE(std::ranges::none_of(both.baseline.tables, tells_of_measures));
  EXPECT_TRUE(std::ranges::none_of(both.scenario.tables, tells_of_measures));
}

TEST(CompareMeasures, TakesAMeasureThatAResultLacksForNothing) {
  auto const baseline = run_with_measures("ab", {"a", "b"});
  auto const scenario = run_with_measures("bc", {"b", "c"});
  auto const comparison = compare(baseline, {&scenario}, {});
  EXPECT_EQ(measure_row_of(comparison, "participants", "a").baseline, 3);
  EXPECT_EQ(measure_row_of(comparison, "participants", "a").value, 0);
  EXPECT_EQ(measure_row_of(comparison, "participants", "b").difference, 3 - 7);
  EXPECT_EQ(measure_row_of(comparison, "participants", "c").baseline, 0);
  EXPECT_EQ(measure_row_of(comparison, "participants", "c").value, 7);
  EXPECT_EQ(comparison.baseline_measures, baseline.measures);
  EXPECT_THAT(comparison.measures, ElementsAre(scenario.measures));
}

/// The qualification programme is a state, too.
TEST(CompareMeasures, JudgesNoMeasureByTheStateOfItsName) {
  auto baseline = run_with_measures("before", {"work"});
  auto scenario = run_with_measures("after", {"work"});
  std::get<std::vector<std::int64_t>>(scenario.tables[1].values)[0] += 2;
  std::get<std::vector<std::int64_t>>(scenario.group_tables[1].values)[0] += 2;
  baseline.states = scenario.states = {{"work", "work", "Arbeid", "", "Work"}};
  auto const comparison = compare(baseline, {&scenario}, {});
  auto const& row = measure_row_of(comparison, "participants", "work");
  EXPECT_TRUE(row.mc_se);
  EXPECT_FALSE(row.probability_better);
}

/// 4, 8 and 12 people more in three replicates: a variance of 16 of one, a third of that of their mean.
TEST(CompareMeasures, HasTheErrorOfTheReplicatesWherePlacesCouplePeople) {
  auto const baseline = run_with_measures("before", {"a"}, 3);
  auto scenario = run_with_measures("after", {"a"}, 3);
  scenario.provenance.places_couple_people = true;
  auto& values = std::get<std::vector<std::int64_t>>(scenario.tables[1].values);
  values[0] += 4;
  values[2] += 8;
  values[4] += 12;
  auto const comparison = compare(baseline, {&scenario}, {});
  auto const& row = measure_row_of(comparison, "participants", "a");
  EXPECT_DOUBLE_EQ(row.difference, 8);
  ASSERT_TRUE(row.mc_se);
  EXPECT_DOUBLE_EQ(*row.mc_se, std::sqrt(16.0 / 3));
  EXPECT_THAT(comparison.notes, Contains(ComparisonNote{ComparisonNote::Kind::places_couple_people, "after"}));
}

TEST(CompareMeasures, HasNoErrorOfOneReplicateWherePlacesCouplePeople) {
  auto baseline = run_with_measures("before", {"a"});
  auto const scenario = run_with_measures("after", {"a"});
  EXPECT_TRUE(measure_row_of(compare(baseline, {&scenario}, {}), "participants", "a").mc_se) << "groups give it";
  baseline.provenance.places_couple_people = true;
  auto const comparison = compare(baseline, {&scenario}, {});
  auto const& row = measure_row_of(comparison, "participants", "a");
  EXPECT_FALSE(row.mc_se || row.low_95 || row.count_low_95);
  EXPECT_THAT(comparison.notes,
              ElementsAre(ComparisonNote{ComparisonNote::Kind::places_couple_people_of_one_run, "after"}));
}

/// A queue may be empty on a day on which people were counted.
TEST(CountedDays, OfAQueueAreThoseOfTheStock) {
  Dimension const year{"year", {"2025", "2026"}};
  RunResult result;
  Table stock = test::counts("stock", {year, {"state", {"work"}}});
  stock.values = std::vector<std::int64_t>{0, 9};
  Table queue = test::counts("queue_length", {{"measure", {"a", "b"}}, year});
  queue.values = std::vector<std::int64_t>{0, 0, 0, 1};
  result.tables = {stock, queue};
  CountedDays const days{result, queue, {"measure", "year"}};
  EXPECT_FALSE(days.contains(0));
  EXPECT_TRUE(days.contains(1));
  EXPECT_FALSE(days.contains(2));
  auto const comparison = compare(result, {&result}, {});
  EXPECT_TRUE(std::ranges::all_of(comparison.rows, [](auto const& row) { return row.year == "2026"; }));
}

}  // namespace
}  // namespace utvei
