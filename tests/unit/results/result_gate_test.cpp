// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/results/compare.hpp>
#include <utvei/results/result_gate.hpp>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::Each;
using testing::ElementsAre;

RunResult of_register(std::vector<Table> tables) {
  RunResult result;
  result.provenance.data_class = "register";
  result.tables = std::move(tables);
  return result;
}

/// Two regions and three states, of one day a year.
Table heads(std::vector<std::int64_t> people) {
  Table table = test::counts("stock", {{"draw", {"0"}}, {"region", {"01", "02"}}, {"state", {"a", "b", "c"}}});
  table.values = std::move(people);
  return table;
}

TEST(ResultGate, IsOpenForWhatIsMadeUp) {
  RunResult result = of_register({heads({1, 2, 3, 4, 5, 6})});
  result.provenance.data_class = "synthetic";
  EXPECT_THAT(ResultGate{{&result}}.hidden_in(result.tables[0]), Each(false));
  hide_cells({&result});
  EXPECT_TRUE(result.hidden.empty());
}

TEST(ResultGate, HidesWhatSumsWouldTell) {
  RunResult result = of_register({heads({2, 30, 40, 50, 60, 70})});
  EXPECT_EQ(hide_cells({&result}).small, 1U);
  ResultGate const gate{{&result}};
  EXPECT_THAT(gate.hidden_in(result.tables[0]), ElementsAre(true, true, false, true, true, false));
  EXPECT_TRUE(gate.hides("stock", {{"region", "01"}}, "a"));
  EXPECT_FALSE(gate.hides("stock", {{"region", "01"}}, "c"));
  EXPECT_FALSE(gate.hides("stock", {}, "a"));
}

TEST(ResultGate, KeepsWhatItDoesNotKnowInside) {
  RunResult result = of_register({heads({20, 30, 40, 50, 60, 70})});
  hide_cells({&result});
  ResultGate const gate{{&result}};
  EXPECT_FALSE(gate.hides("stock", {{"region", "02"}}, "b"));
  EXPECT_TRUE(gate.hides("stock", {{"region", "03"}}, "b"));
  EXPECT_TRUE(gate.hides("stock", {{"sex", "female"}}, "b"));
  EXPECT_TRUE(gate.hides("shares", {}, "b"));
}

TEST(ResultGate, KeepsWhatPeopleHaveInside) {
  Table kroner = heads({1'000'000, 2'000'000, 3'000'000, 4'000'000, 5'000'000, 6'000'000});
  kroner.name = kroner.quantity = "balance";
  kroner.units = "kroner";
  RunResult result = of_register({kroner});
  hide_cells({&result});
  EXPECT_THAT(ResultGate{{&result}}.hidden_in(kroner), Each(true));
}

/// Two scenarios whose other region is the same: what hides a number in one must not stand in the other.
TEST(ResultGate, HidesInAllScenariosAlike) {
  RunResult one = of_register({heads({2, 30, 40, 50, 60, 70})});
  RunResult other = of_register({heads({20, 30, 22, 50, 60, 70})});
  hide_cells({&one, &other});
  EXPECT_EQ(one.hidden, other.hidden);
  EXPECT_THAT(ResultGate{{&other}}.hidden_in(other.tables[0]), ElementsAre(true, false, true, true, false, true));
}

/// Results of separate runs, of which one is not made from a register.
TEST(ResultGate, HidesInComparisonsWhatIsHiddenInOne) {
  RunResult one = of_register({heads({2, 30, 40, 50, 60, 70})});
  RunResult other = of_register({heads({20, 30, 22, 50, 60, 70})});
  other.provenance.data_class = "synthetic";
  hide_cells({&one});
  ResultGate const gate{{&other, &one}};
  EXPECT_FALSE(gate.is_open());
  EXPECT_TRUE(gate.hides("stock", {{"region", "01"}}, "a"));
}

TEST(ResultGate, TakesTheStrictestRules) {
  RunResult one = of_register({heads({20, 30, 40, 50, 60, 70})});
  RunResult other = one;
  one.provenance.disclosure.least = 25;
  other.provenance.disclosure.round_to = 3;
  ResultGate const gate{{&one, &other}};
  EXPECT_EQ(gate.rules(), (DisclosureRules{25, 30, 3}));
  EXPECT_TRUE(gate.hides("stock", {{"region", "01"}}, "a"));
}

/// A draw of few people is hidden in each draw, and the mean of many is shown.
TEST(ResultGate, TellsDrawsFromTheirMean) {
  Table table = test::counts("stock", {{"draw", {"0", "1"}}, {"state", {"a", "b"}}});
  table.values = std::vector<std::int64_t>{4, 30, 40, 35};
  RunResult const result = of_register({table});
  ResultGate const gate{{&result}};
  EXPECT_THAT(gate.hidden_in(table), Each(true));
  EXPECT_FALSE(gate.hides("stock", {}, "a"));
}

TEST(ResultGate, CountsThoseWhoWereSimulated) {
  RunResult result = of_register({heads({200, 300, 400, 500, 600, 700})});
  result.provenance.weight = 100;
  EXPECT_TRUE((ResultGate{{&result}}.hides("stock", {{"region", "01"}}, "a")));
}

/// Two ways, of which one ends with a single person, and the other loses two between its steps.
TEST(ResultGate, HidesFewOnAWayAndFewWhoAreLost) {
  Table table = test::counts(
      "way_people",
      {{"draw", {"0"}}, {"way_step", {"ill: 1 school", "ill: 2 ill", "out: 1 unemployed", "out: 2 work"}}});
  table.values = std::vector<std::int64_t>{27, 1, 60, 58};
  RunResult result = of_register({table});
  hide_cells({&result});
  ResultGate const gate{{&result}};
  EXPECT_THAT(gate.hidden_in(table), ElementsAre(false, true, false, true));
  EXPECT_FALSE(gate.hides("way_people", {}, "ill: 1 school"));
  EXPECT_TRUE(gate.hides("way_people", {}, "ill: 2 ill"));
  EXPECT_TRUE(gate.hides("way_people", {}, "out: 2 work"));
}

/// A label along a dimension that the gate does not know must not be taken for the sum over it.
TEST(ResultGate, KeepsLabelsOfUnknownDimensionsInside) {
  Table table = test::counts("shoes", {{"draw", {"0"}}, {"size", {"40", "41"}}});
  table.values = std::vector<std::int64_t>{1, 60};
  RunResult const result = of_register({table});
  EXPECT_TRUE((ResultGate{{&result}}.hides("shoes", {}, "40")));
}

/// Twelve years in six may be two people's, thirty are of five or more.
TEST(ResultGate, CountsWhoseTheYearsOfSeveralYearsAre) {
  Table table = test::counts(
      "person_years",
      {{"draw", {"0"}}, {"year", {"2025", "2026", "2027", "2028", "2029", "2030"}}, {"state", {"a", "b", "c", "d"}}});
  table.units = "years";
  std::vector<std::int64_t> years;
  for (int year = 0; year < 6; ++year)
    for (int const people : {2, 40, 50, 60}) years.push_back(people);
  table.values = years;
  RunResult const result = of_register({table});
  ResultGate const gate{{&result}};
  EXPECT_TRUE(gate.hides("person_years", {}, "a"));
  EXPECT_FALSE(gate.hides("person_years", {}, "d"));
}

TEST(ResultGate, ShowsMediansOfManyAlone) {
  Table people = test::counts("income_state", {{"draw", {"0"}}, {"year", {"2025", "2026"}}, {"income_state", {"low"}}});
  people.values = std::vector<std::int64_t>{40, 31};
  Table median = test::counts("median_income", {{"draw", {"0"}}, {"year", {"2025", "2026"}}});
  median.units = "kroner";
  RunResult result = of_register({people, median});
  EXPECT_THAT(ResultGate{{&result}}.hidden_in(median), Each(false));
  result.tables[0].values = std::vector<std::int64_t>{40, 29};
  EXPECT_THAT(ResultGate{{&result}}.hidden_in(median), Each(true));
  EXPECT_TRUE((ResultGate{{&result}}.hides("median_income", {{"year", "2025"}}, "")));
}

/// What goes into an outcome is told apart, so that no question is a way round what stays inside.
TEST(ResultGate, NamesTheCellsOfAnOutcome) {
  RunResult const result = of_register({heads({2, 30, 40, 50, 60, 70})});
  ResultGate const gate{{&result}};
  auto const cells = cells_of_outcome(result, "stock,state=b,region=01");
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_TRUE(gate.hides(cells[0]));  // beside a number of two people
  auto const shown = cells_of_outcome(result, "stock,state=c,region=0*");
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_FALSE(gate.hides(shown[0]) || gate.hides(shown[1]));
  EXPECT_TRUE(cells_of_outcome(result, "present_value,state=society").empty());
}

TEST(ResultGate, NamesTheCellsOfAContrast) {
  RunResult const result = of_register({heads({2, 30, 40, 50, 60, 70})});
  ResultGate const gate{{&result}};
  ContrastRow row;
  row.dimension = "region";
  row.a = "01";
  row.b = "02";
  row.row.measure_of = "stock";
  row.row.state = "b";
  auto const cells = cells_of_contrast(result, row);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_TRUE(gate.hides(cells[0]) && gate.hides(cells[1]));
  EXPECT_EQ(fewest_in_contrast(result, row), 72);
  row.row.measure_of = "balance";
  EXPECT_TRUE(cells_of_contrast(result, row).empty());
}

/// Eighty years in four may be of twenty people.
TEST(ResultGate, CountsThePeopleOfAContrastNotTheirYears) {
  Table table = test::counts(
      "person_years",
      {{"draw", {"0"}}, {"year", {"2025", "2026", "2027", "2028"}}, {"region", {"01", "02"}}, {"state", {"a"}}});
  table.units = "years";
  table.values = std::vector<std::int64_t>{20, 50, 20, 50, 20, 50, 20, 50};
  RunResult const result = of_register({table});
  ContrastRow row;
  row.dimension = "region";
  row.a = "01";
  row.b = "02";
  row.row.measure_of = "person_years";
  row.row.state = "a";
  EXPECT_EQ(fewest_in_contrast(result, row), 20);
  row.row.year = "2026";
  EXPECT_EQ(fewest_in_contrast(result, row), 20);
}

TEST(ResultGate, KeepsInsideWhatOtherTablesTell) {
  for (char const* const quantity : {"flows", "way_months", "way_lost", "income_transitions", "pathway_time"})
    EXPECT_TRUE(stays_inside(quantity, "1")) << quantity;
  EXPECT_FALSE(stays_inside("stock", "1"));
}

/// What a comparison calls `state` is the sequence or the kind that its table has.
TEST(ResultGate, HidesFewOfASequenceOrAKind) {
  std::vector<std::string> const labels{"work > ill", "work", "school", "other"};
  for (auto const& [quantity, category] : {std::pair{"sequences", "sequence"}, {"leavings", "leaving"}}) {
    Table table = test::counts(quantity, {{"draw", {"0"}}, {category, labels}});
    table.values = std::vector<std::int64_t>{3, 40, 50, 60};
    RunResult const result = of_register({table});
    ResultGate const gate{{&result}};
    EXPECT_TRUE(gate.hides(quantity, {}, "work > ill")) << quantity;
    EXPECT_TRUE(gate.hides(quantity, {}, "work")) << quantity;
    EXPECT_FALSE(gate.hides(quantity, {}, "school")) << quantity;
  }
}

}  // namespace
}  // namespace utvei
