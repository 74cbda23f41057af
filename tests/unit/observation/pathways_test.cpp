// SPDX-License-Identifier: Apache-2.0
// Ways through the states in lives that are written down.
#include <utvei/observation/pathways.hpp>

#include <initializer_list>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr StateId school{0}, at_work{1}, sick{2}, benefit{3}, gone{4};
constexpr std::size_t state_count = 5;

Instant on_day(std::int64_t number) {
  return Instant{number * minutes_per_day};
}

/// From day 0 on, born 20 years before: in each state until a day.
LifePath lived(std::initializer_list<std::pair<std::int64_t, StateId>> steps) {
  LifePath path;
  path.birth = Instant{} - duration_of_years(20);
  Instant from{};
  for (auto const& [until, state] : steps) {
    path.pieces.push_back({from, on_day(until), from, state, RegionId{0}, 0, Cause::transition, {}});
    from = on_day(until);
  }
  return path;
}

std::vector<bool> among(std::initializer_list<StateId> chosen) {
  std::vector<bool> result(state_count);
  for (StateId const state : chosen) result[state.value()] = true;
  return result;
}

Subpopulation those_in(std::initializer_list<StateId> chosen) {
  Subpopulation who;
  who.states = among(chosen);
  return who;
}

NamedPathway to_work(std::int64_t days) {
  return {"to_work",
          {{"1 school", those_in({school})}, {"2 benefit", those_in({benefit})}, {"3 work", those_in({at_work})}},
          Duration{days * minutes_per_day}};
}

TEST(Pathways, StepsAreTakenInTheirOrderWithOthersBetween) {
  auto const taken = steps_taken(
      to_work(100), lived({{10, school}, {20, at_work}, {30, benefit}, {40, sick}, {500, at_work}}), on_day(500));
  ASSERT_EQ(taken.size(), 3U);  // work before the benefit does not count
  EXPECT_EQ(taken[0], on_day(0));
  EXPECT_EQ(taken[1], on_day(20));
  EXPECT_EQ(taken[2], on_day(40));
}

TEST(Pathways, StepsComeWithinTheTimeAndAreFollowedThatLong) {
  LifePath const life = lived({{10, school}, {30, benefit}, {500, at_work}});
  EXPECT_EQ(steps_taken(to_work(29), life, on_day(500)).size(), 2U);
  EXPECT_EQ(steps_taken(to_work(30), life, on_day(500)).size(), 3U);
  EXPECT_TRUE(steps_taken(to_work(501), life, on_day(500)).empty());
  EXPECT_TRUE(steps_taken(to_work(10), lived({{500, at_work}}), on_day(500)).empty());
}

TEST(Pathways, AStepMayWaitForAnAge) {
  NamedPathway way{"w", {{"1 school", those_in({school})}, {"2 old", {}}}, Duration{400 * minutes_per_day}};
  way.steps[1].who.age.from = duration_of_years(20).minutes + 50 * minutes_per_day;
  auto const taken = steps_taken(way, lived({{10, school}, {500, sick}}), on_day(500));
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[1], on_day(50));
}

Incidence from_benefit() {
  Incidence incidence;
  incidence.in = among({benefit, sick});
  incidence.to = {{"work", among({at_work})}};
  incidence.within = Duration{100 * minutes_per_day};
  return incidence;
}

TEST(Pathways, TimeAtRiskBeginsWhenPeopleComeAndEndsWhereTheyGo) {
  auto const spells = risk_spells(from_benefit(), lived({{10, benefit},
                                                         {20, at_work},
                                                         {30, sick},
                                                         {50, benefit},
                                                         {60, at_work},
                                                         {70, benefit},
                                                         {75, gone},
                                                         {200, benefit},
                                                         {300, at_work}}));
  // Who is there as the run begins has not come.
  ASSERT_EQ(spells.size(), 3U);
  EXPECT_EQ(spells[0].from, on_day(20));
  EXPECT_EQ(spells[0].to, on_day(50));
  EXPECT_EQ(spells[0].destination, 0U);
  EXPECT_EQ(spells[1].destination, 1U);  // elsewhere
  EXPECT_EQ(spells[2].to, on_day(175));  // followed for a hundred days
  EXPECT_FALSE(spells[2].destination);
}

TEST(Pathways, OnlyThoseWhoComeFromSomewhereAndOnlyOnce) {
  Incidence incidence = from_benefit();
  incidence.after = among({gone});
  LifePath const life =
      lived({{10, at_work}, {20, benefit}, {30, gone}, {40, benefit}, {50, gone}, {60, sick}, {70, at_work}});
  ASSERT_EQ(risk_spells(incidence, life).size(), 2U);
  EXPECT_EQ(risk_spells(incidence, life)[0].from, on_day(30));
  incidence.first_only = true;
  EXPECT_EQ(risk_spells(incidence, life).size(), 1U);
}

TEST(Pathways, OverAgePeopleAreFollowedFromTheFirstAgeOn) {
  Incidence incidence = from_benefit();
  incidence.in = among({school, at_work});
  incidence.to = {{"benefit", among({benefit})}};
  incidence.by_age = true;
  incidence.ages = {duration_of_years(20).minutes, duration_of_years(21).minutes};
  auto const spells = risk_spells(incidence, lived({{10, school}, {20, at_work}, {300, benefit}, {400, at_work}}));
  ASSERT_EQ(spells.size(), 1U);
  EXPECT_EQ(spells[0].from, on_day(0));
  EXPECT_EQ(spells[0].to, on_day(20));
  EXPECT_EQ(spells[0].destination, 0U);
  EXPECT_TRUE(risk_spells(incidence, lived({{10, benefit}, {400, at_work}})).empty());
  // Nobody is seen after the last age.
  auto const young = risk_spells(incidence, lived({{800, school}, {900, benefit}}));
  ASSERT_EQ(young.size(), 1U);
  EXPECT_FALSE(young[0].destination);
  EXPECT_EQ(young[0].to, Instant{} + duration_of_years(1));
}

TEST(Pathways, WhoComesBackFromSickLeaveHasNotLeft) {
  Leaving leaving;
  leaving.states = among({at_work});
  leaving.through = among({sick});
  leaving.kinds = {{"health", those_in({benefit})}};
  auto const left = leavings(leaving, lived({{10, at_work},
                                             {20, sick},
                                             {30, at_work},
                                             {40, sick},
                                             {50, benefit},
                                             {60, at_work},
                                             {70, school},
                                             {80, benefit},
                                             {90, at_work},
                                             {100, sick}}));
  ASSERT_EQ(left.size(), 2U);  // the last has not come anywhere yet
  EXPECT_EQ(left[0].piece, 4U);
  EXPECT_EQ(left[0].kind, 0U);
  EXPECT_EQ(left[1].piece, 6U);
  EXPECT_EQ(left[1].kind, 1U);  // unclassified
}

TEST(Pathways, SequencesAreSpellsOrStatesAtMarks) {
  std::vector<std::uint16_t> const tokens{0, 1, 2, 3, 4};
  LifePath const life = lived({{10, school}, {20, at_work}, {30, at_work}, {40, sick}, {400, at_work}});
  SequenceRequest request;
  request.length = 3;
  EXPECT_EQ(sequence_of(request, life, tokens), (std::u16string{0, 1, 2}));
  request.length = 8;
  EXPECT_EQ(sequence_of(request, life, tokens), (std::u16string{0, 1, 2, 1}));
  request.from = among({sick});
  EXPECT_EQ(sequence_of(request, life, tokens), (std::u16string{2, 1}));
  request.from.clear();
  request.length = 3;
  request.every = Duration{15 * minutes_per_day};
  EXPECT_EQ(sequence_of(request, life, tokens), (std::u16string{0, 1, 2}));
  request.every = Duration{250 * minutes_per_day};
  EXPECT_TRUE(sequence_of(request, life, tokens).empty());
  // States of a group are one.
  request.every.reset();
  EXPECT_EQ(sequence_of(request, life, {0, 1, 1, 1, 2}), (std::u16string{0, 1}));
}

}  // namespace
}  // namespace utvei
