// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

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

/// What a comparison calls `state` is the sequence, the step or the kind that its table has.
TEST(ResultGate, HidesFewOfASequenceAStepOrAKind) {
  std::vector<std::string> const labels{"work > ill", "work", "school", "other"};
  for (auto const& [quantity, category] :
       {std::pair{"sequences", "sequence"}, {"way_people", "way_step"}, {"leavings", "leaving"}}) {
    Table table = test::counts(quantity, {{"draw", {"0"}}, {category, labels}});
    table.values = std::vector<std::int64_t>{3, 40, 50, 60};
    RunResult const result = of_register({table});
    ResultGate const gate{{&result}};
    EXPECT_TRUE(gate.hides(quantity, {}, "work > ill")) << quantity;
    EXPECT_FALSE(gate.hides(quantity, {}, "other")) << quantity;
  }
}

}  // namespace
}  // namespace utvei
