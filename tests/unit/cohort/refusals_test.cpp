// SPDX-License-Identifier: Apache-2.0
// What the equations are not for is said, not miscounted.
#include "../engine/rich_world.hpp"
#include "expect.hpp"

#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(CohortRefusals, OfPeopleWhoMove) {
  support::TempFolder const folder;
  rich::write_files(folder);
  folder.write("moving.csv", "age_from;age_to;rate_per_year\n;;0.1\n");
  folder.write("to.csv", "from;to;count\nn1;n2;1\nn2;s1;1\ns1;n1;1\n");
  auto const world = support::make_world(folder, rich::model,
                                         rich::scenario("demography: {moves: {rates: moving.csv, to: to.csv}}\n"));
  try {
    (void)expect::solve(world, {{}, {}});
    FAIL() << "moves are not in the equations";
  } catch (InputError const& error) {
    EXPECT_NE(std::string{error.what()}.find("move between regions"), std::string::npos) << error.what();
  }
}

TEST(CohortRefusals, OfRightsThatAreUsedUpOverManyStays) {
  auto const world = support::make_world(
      "utvei: model/1\nname: rights\nstates: {work: {}, sick: {}, aap: {absorbing: true}}\n"
      "clocks: {sick_pay: {counts_in: [sick]}}\nlimits: [{clock: sick_pay, after: 20 weeks, to: {aap: 1}}]\n"
      "transitions:\n  - {from: work, to: sick, rate_per_year: 3}\n  - {from: sick, to: work, rate_per_year: 5}\n",
      "start: 2025-01-01\nyears: 3\nbreakdowns: [[state]]\npopulation: {persons: 1, state: work}\n");
  EXPECT_THROW((void)expect::solve(world, {{}, {}}), InputError);
}

TEST(CohortRefusals, OfLimitsOfAMinuteThatLeadRoundInACircle) {
  auto const world = support::make_world(
      "utvei: model/1\nname: circle\nstates:\n  a: {limit: {after: 1 minute, to: {b: 1}}}\n"
      "  b: {limit: {after: 1 minute, to: {a: 1}}}\n  c: {absorbing: true}\ntransitions:\n"
      "  - {from: a, to: c, rate_per_year: 1}\n",
      "start: 2025-01-01\nyears: 3\nbreakdowns: [[state]]\npopulation: {persons: 1, state: a}\n");
  EXPECT_THROW((void)expect::solve(world, {{}, {}}), InputError);
}

}  // namespace
}  // namespace utvei
