// SPDX-License-Identifier: Apache-2.0
// Ten people ask in the same minute for four places, of ten weeks each.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;

constexpr std::string_view ten_people = R"(utvei: model/1
name: ten
states: {out: {group: outside}, work: {absorbing: true}}
transitions: [{from: out, to: work, rate_per_year: 0}]
)";

RunResult waits_of(std::string const& more) {
  return support::make_world(
             ten_people,
             fmt::format("start: 2025-01-01\nyears: 1\npopulation: {{persons: 10, state: out, time_in_state: 0 days}}\n"
                         "breakdowns: [[year, state]]\nmeasures:\n  - {{name: desk, places: {{total: 4}}, lasts: "
                         "{{median: 10 weeks, shape: fixed}}, {}}}\n",
                         more))
      .run();
}

/// Within 0, 1, 2, 4, 8, 13, 26 and 52 weeks.
std::vector<double> by_wait(RunResult const& result, std::string const& table) {
  std::vector<double> numbers;
  for (std::string const& label : result.table(table)->dimensions.back().labels)
    numbers.push_back(sum(result, table, {{"waiting_time", label}}));
  return numbers;
}

TEST(BegunWithin, CountsWhoBeganByHowLongTheyWaited) {
  RunResult const result = waits_of("who: {state: out}");
  EXPECT_THAT(by_wait(result, "begun_within"), ElementsAre(4, 4, 4, 4, 4, 8, 10, 10));
  EXPECT_THAT(by_wait(result, "begun_within_of"), ElementsAre(10, 10, 10, 10, 10, 10, 10, 10));
  EXPECT_THAT(result.table("begun_within")->dimensions.back().labels,
              ElementsAre("0 weeks", "1 week", "2 weeks", "4 weeks", "8 weeks", "13 weeks", "26 weeks", "52 weeks"));
}

TEST(BegunWithin, HoldsAgainstItWhoGivesUpOrIsTurnedAway) {
  RunResult const gave_up =
      waits_of("who: {state: out}, queue: {gives_up_after: {median: 9 weeks, shape: fixed}, at_most: 5}");
  EXPECT_THAT(by_wait(gave_up, "begun_within"), ElementsAre(4, 4, 4, 4, 4, 4, 4, 4));
  EXPECT_THAT(by_wait(gave_up, "begun_within_of"), ElementsAre(10, 10, 10, 10, 10, 10, 10, 10));
}

TEST(BegunWithin, LeavesOutWhoCeasesToQualifyBeforeTheTimeIsUp) {
  RunResult const result = waits_of("who: {state: out, time_in_state: {less_than: 5 weeks}}");
  EXPECT_THAT(by_wait(result, "begun_within"), ElementsAre(4, 4, 4, 4, 4, 4, 4, 4));
  EXPECT_THAT(by_wait(result, "begun_within_of"), ElementsAre(10, 10, 10, 10, 4, 4, 4, 4));
}

TEST(BegunWithin, LeavesOutWhoAsksTooLateToTell) {
  RunResult const result = waits_of("who: {state: out}, runs: {from: 2025-12-01}");
  EXPECT_THAT(by_wait(result, "begun_within"), ElementsAre(4, 4, 4, 4, 0, 0, 0, 0));
  EXPECT_THAT(by_wait(result, "begun_within_of"), ElementsAre(10, 10, 10, 10, 0, 0, 0, 0));
}

TEST(BegunWithin, IsNotThereWhereNobodyWaits) {
  RunResult const result = support::make_world(ten_people,
                                               "start: 2025-01-01\nyears: 1\npopulation: {persons: 10, state: out}\n"
                                               "measures: [{name: open, who: {state: out}}]\n")
                               .run();
  EXPECT_EQ(result.table("begun_within"), nullptr);
}

}  // namespace
}  // namespace utvei
