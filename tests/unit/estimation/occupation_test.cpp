// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pointwise;

struct Curves {
  std::vector<OccupationCurve> curves;
  TextTable table;
};

Curves curves_of(std::string_view study, std::string_view persons, std::string_view spells, std::string_view options) {
  SmallStudy small{std::string{study} + "estimate: {occupation: " + std::string{options} + "}\n"};
  small.persons(persons).spells(spells);
  auto const lives = small.read();
  auto const estimate = read_estimate_options(small.study, small.diagnostics);
  throw_if_errors(small.diagnostics);
  Curves result;
  result.curves = state_occupation(lives, small.study.model, small.study.from, estimate.occupation);
  result.table = occupation_table(result.curves, small.study.model, small.study.time);
  return result;
}

// Four begin in a. On the fifth p1 changes to b and p2 is censored, who is still at risk; on the ninth p1 goes back and
// p3 changes to b; p5 is seen from the fifth on only, and is at risk in b after it.
constexpr std::string_view five_people =
    "p1,2015-01-01,2015-01-05,a\np1,2015-01-05,2015-01-09,b\np1,2015-01-09,,a\n"
    "p2,2015-01-01,2015-01-05,a\np3,2015-01-01,2015-01-09,a\np3,2015-01-09,,b\np4,2015-01-01,,a\n"
    "p5,2015-01-05,,b\n";

TEST(StateOccupation, MultipliesTheFactorsOfTheJumps) {
  auto const [curves, table] = curves_of(plain_study, "", five_people, "{start: [a]}");
  ASSERT_EQ(curves.size(), 1U);
  auto const& points = curves.front().points;
  ASSERT_EQ(points.size(), 3U);
  EXPECT_THAT(points[0].probability, ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(points[0].se, ElementsAre(0, 0, 0, 0));
  // 1 of 4 changes; the binomial variance.
  EXPECT_THAT(points[1].probability, Pointwise(DoubleNear(1e-15), {0.75, 0.25, 0.0, 0.0}));
  double const first = std::sqrt(0.75 * 0.25 / 4);
  EXPECT_THAT(points[1].se, Pointwise(DoubleNear(1e-15), {first, first, 0.0, 0.0}));
  // Then 1 of the 2 in a to b, and 1 of the 2 in b to a.
  EXPECT_THAT(points[2].probability, Pointwise(DoubleNear(1e-15), {0.5, 0.5, 0.0, 0.0}));
  double const second = std::sqrt((0.75 * 0.75 + 0.25 * 0.25) * 0.25 / 2);
  EXPECT_THAT(points[2].se, Pointwise(DoubleNear(1e-15), {second, second, 0.0, 0.0}));
}

TEST(StateOccupation, StartsLaterWithTheJumpsThatFollow) {
  auto const [curves, table] =
      curves_of(plain_study, "", five_people, "{start: [b], start_time: 2015-01-05, times: [2015-01-08, 2015-01-10]}");
  ASSERT_EQ(curves.size(), 1U);
  EXPECT_EQ(curves.front().start, b);
  ASSERT_EQ(curves.front().points.size(), 2U);
  EXPECT_THAT(curves.front().points[0].probability, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(curves.front().points[1].probability, ElementsAre(0.5, 0.5, 0, 0));
  EXPECT_EQ(table.columns.size(), 7U);
  EXPECT_THAT(table.rows[4], ElementsAre("", "2015-01-05", "b", "2015-01-10", "a", "0.5", table.rows[4].back()));
}

TEST(StateOccupation, SeparatesGroupsAndLeavesOutThoseWithout) {
  auto const [curves, table] = curves_of(
      study_with_persons, "p1;1990-01-01;female;4204\np2;1990-01-01;male;4203\np3;1990-01-01;;4204\n",
      "p1,2015-01-01,2015-01-05,a\np1,2015-01-05,,b\np2,2015-01-01,,a\np3,2015-01-01,2015-01-07,a\np3,2015-01-07,,b\n",
      "{by: sex, start: [a]}");
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_EQ(curves[0].group, "female");
  EXPECT_THAT(curves[0].points.back().probability, ElementsAre(0, 1, 0, 0));
  EXPECT_EQ(curves[1].group, "male");
  EXPECT_EQ(curves[1].points.size(), 1U);
}

TEST(StateOccupation, GoesByRegionAndStartsInAllStatesThatCanBeLeft) {
  auto const [curves, table] =
      curves_of(study_with_persons, "p1;1990-01-01;female;4204\np2;1990-01-01;male;4203\n",
                "p1,2015-01-01,2015-01-05,a\np1,2015-01-05,,b\np2,2015-01-01,,a\n", "{by: region}");
  ASSERT_EQ(curves.size(), 6U);
  EXPECT_EQ(curves[0].group, "4204");
  EXPECT_EQ(curves[3].group, "4203");
  EXPECT_EQ(curves[3].start, a);
}

std::string messages_of(std::string_view occupation) {
  SmallStudy small{std::string{study_with_persons} + "estimate: {occupation: " + std::string{occupation} + "}\n"};
  static_cast<void>(read_estimate_options(small.read_the_study(), small.diagnostics));
  return render(small.diagnostics);
}

TEST(OccupationOptions, AreRefusedWhenTheyCannotBeMeant) {
  EXPECT_THAT(messages_of("{by: sex, start: [a, b], start_time: 2015-01-02, times: [2015-01-03]}"), IsEmpty());
  EXPECT_THAT(messages_of("{by: sx}"), HasSubstr("`sx` is neither a trait of the model nor `region`"));
  EXPECT_THAT(messages_of("{by: debt}"), HasSubstr("no column for trait `debt`"));
  EXPECT_THAT(messages_of("{start: [a, x]}"), HasSubstr("the model has no state `x`"));
  EXPECT_THAT(messages_of("{start: [a, a]}"), HasSubstr("state `a` is named twice"));
  EXPECT_THAT(messages_of("{start_time: soon}"), HasSubstr("`soon` is not a moment of time"));
  EXPECT_THAT(messages_of("{times: [2015-01-03, 2016-01-01]}"), HasSubstr("`2016-01-01` is outside the window"));
  EXPECT_THAT(messages_of("{times: [2015-01-03, 2015-01-02]}"), HasSubstr("the moments of `times` do not rise"));
  EXPECT_THAT(messages_of("{times: []}"), HasSubstr("`times` is empty"));
  EXPECT_THAT(messages_of("{at: [2015-01-03]}"), HasSubstr("at"));
}

}  // namespace
}  // namespace utvei
