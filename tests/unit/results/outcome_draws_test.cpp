// SPDX-License-Identifier: Apache-2.0
#include "support/small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/random.hpp>
#include <utvei/results/outcome_draws.hpp>

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Three draws, two years, two states, in ten groups of people.
RunResult drawn_result(std::string const& name, double more_in_work) {
  Dimension const draw{"draw", {"0", "1", "2"}};
  Dimension const year{"year", {"2025", "2026"}};
  Dimension const state{"state", {"work", "course", "out"}};
  Dimension const group{"group", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}};
  RunResult result;
  result.provenance.scenario_name = name;
  result.states = {
      {"work", "work", "Arbeid", "", ""}, {"course", "education", "", "", ""}, {"out", "outside", "", "", ""}};
  Table total = test::years("person_years", {draw, year, state});
  Table heads = test::counts("stock", {draw, year, state});
  Table parts = test::years("person_years", {draw, group, year, state});
  auto& sums = std::get<std::vector<double>>(total.values);
  auto& pieces = std::get<std::vector<double>>(parts.values);
  std::ranges::fill(sums, 0);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::size_t const d = i / 60;
    std::size_t const cell = i % 6;
    double const luck = static_cast<double>(mix64(i) >> 40U) * 0x1p-24;
    pieces[i] = 1 + (cell % 3 == 0 ? more_in_work * (static_cast<double>(d) + luck) : 0);
    sums[d * 6 + cell] += pieces[i];
  }
  result.tables = {total, heads};
  result.group_tables = {parts, test::counts("persons", {draw, group})};
  auto& persons = std::get<std::vector<std::int64_t>>(result.group_tables.back().values);
  std::ranges::fill(persons, 7);
  return result;
}

TEST(OutcomeDraws, AreDifferencesByDraw) {
  RunResult const baseline = drawn_result("today", 0);
  RunResult const scenario = drawn_result("more", 1);
  auto const outcome = outcome_draws(baseline, {&scenario}, "person_years,state=work,year=2026", {});
  EXPECT_EQ(outcome.units, "years");
  EXPECT_FALSE(outcome.less_is_better);
  EXPECT_DOUBLE_EQ(outcome.baseline, 10);
  ASSERT_EQ(outcome.differences[0].size(), 3U);
  EXPECT_NEAR(outcome.differences[0][2] - outcome.differences[0][0], 20, 5);
  ASSERT_TRUE(outcome.luck);
  EXPECT_GT((*outcome.luck)[0][0], 0);
  auto const both = outcome_draws(baseline, {&scenario}, "person_years,state=work+course", {});
  EXPECT_NEAR(both.baseline, 40, 1e-9);
}

TEST(OutcomeDraws, LuckOfTwoScenariosGoesTogether) {
  RunResult const baseline = drawn_result("today", 0);
  RunResult const scenario = drawn_result("more", 1);
  RunResult const twice = drawn_result("twice", 2);
  auto const outcome = outcome_draws(baseline, {&scenario, &twice}, "person_years,state=work", {});
  ASSERT_TRUE(outcome.luck);
  auto const& luck = *outcome.luck;
  EXPECT_NEAR(luck[0][1], 2 * luck[0][0], 1e-9);
  EXPECT_NEAR(luck[1][1], 4 * luck[0][0], 1e-9);
}

TEST(OutcomeDraws, HeadsAreOfTheLastYear) {
  RunResult const baseline = drawn_result("today", 0);
  auto const outcome = outcome_draws(baseline, {&baseline}, "stock,state=outside", {});
  EXPECT_TRUE(outcome.less_is_better);
  EXPECT_DOUBLE_EQ(outcome.baseline, (6.0 + 12 + 18) / 3);
  EXPECT_THAT(outcome.differences[0], ElementsAre(DoubleEq(0), DoubleEq(0), DoubleEq(0)));
}

TEST(OutcomeDraws, SaysWhatIsNotThere) {
  RunResult const baseline = drawn_result("today", 0);
  auto const message = [&](std::string const& text, std::map<std::string, Better> const& better = {}) {
    try {
      outcome_draws(baseline, {&baseline}, text, better);
    } catch (InputError const& error) {
      return std::string{error.what()};
    }
    return std::string{};
  };
  EXPECT_THAT(message("person_years"), HasSubstr("state"));
  EXPECT_THAT(message("person_years,work"), HasSubstr("work"));
  EXPECT_THAT(message("years,state=work"), HasSubstr("years"));
  EXPECT_THAT(message("person_years,state=wrok"), HasSubstr("wrok"));
  EXPECT_THAT(message("person_years,state=work+out"), HasSubstr("better"));
  EXPECT_THAT(message("person_years,state=work,state=out"), HasSubstr("twice"));
  EXPECT_THAT(message("stock,state=work,year=2025+2026"), HasSubstr("add up"));
  EXPECT_EQ(message("person_years,state=work+out", {{"out", Better::more}}), "");
}

TEST(OutcomeDraws, LabelsMayBeGivenByTheirBeginning) {
  RunResult const baseline = drawn_result("today", 0);
  EXPECT_NEAR(outcome_draws(baseline, {&baseline}, "person_years,state=work,year=20*", {}).baseline, 20, 1e-9);
}

TEST(OutcomeDraws, UsuallyTimeInWork) {
  RunResult const baseline = drawn_result("today", 0);
  EXPECT_EQ(usual_outcome(baseline, {&baseline}), "person_years,state=work");
  EXPECT_THROW(usual_outcome({}, {}), InputError);
}

}  // namespace
}  // namespace utvei
