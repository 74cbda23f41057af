// SPDX-License-Identifier: Apache-2.0
// Operators on lives that are written down, where it can be counted by hand what an agency would have seen.
#include <utvei/observation/observation.hpp>

#include <initializer_list>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr StateId work{0}, aap{1}, outside{2}, dead{3};
constexpr std::size_t states = 4;

Instant day(std::int64_t number) {
  return Instant{number * minutes_per_day};
}
Duration days(std::int64_t number) {
  return Duration{number * minutes_per_day};
}

struct Step {
  std::int64_t until;
  StateId state;
  Cause ended_by{Cause::transition};
};

/// From day 0 on, born 20 years before, `before` days in the first state already.
LifePath life(std::initializer_list<Step> steps, std::int64_t before = 0) {
  LifePath path;
  path.birth = Instant{} - duration_of_years(20);
  Instant from{};
  Instant entered = day(-before);
  for (Step const& step : steps) {
    path.pieces.push_back({from, day(step.until), entered, step.state, RegionId{0}, 0, step.ended_by, {}});
    from = entered = day(step.until);
  }
  return path;
}

std::vector<bool> of(std::initializer_list<StateId> chosen) {
  std::vector<bool> result(states);
  for (StateId const state : chosen) result[state.value()] = true;
  return result;
}

struct Seen {
  std::vector<std::int64_t> part, whole;
};
Seen seen(Observation const& what, LifePath const& path) {
  Seen result{std::vector<std::int64_t>(what.bins()), std::vector<std::int64_t>(what.bins())};
  observe(what, path, Regions{}, result.part, result.whole);
  return result;
}

Observation on(Operator how, std::vector<bool> who) {
  Observation what;
  what.how = how;
  what.whom.who.states = std::move(who);
  return what;
}

TEST(Operators, AStockHoldsWhoHasJustComeAndNotWhoHasJustLeft) {
  Observation what = on(Operator::stock, of({aap}));
  what.whom.of = of({work, aap});
  LifePath const path = life({{10, work}, {30, aap}, {50, outside}});
  for (auto const& [at, part, whole] : {std::tuple{9, 0, 1}, {10, 1, 1}, {29, 1, 1}, {30, 0, 0}, {50, 0, 0}}) {
    what.at = day(at);
    EXPECT_EQ(seen(what, path).part.front(), part) << at;
    EXPECT_EQ(seen(what, path).whole.front(), whole) << at;
  }
}

TEST(Operators, AStockOfThoseWhoHaveBeenThereLongCountsTheTimeBeforeTheRun) {
  Observation what = on(Operator::stock, of({work, aap}));
  what.at = day(20);
  what.longer_than = days(119);
  // From work to AAP is no leaving of the two.
  EXPECT_EQ(seen(what, life({{10, work}, {30, aap}}, 100)).part.front(), 1);
  what.longer_than = days(120);
  EXPECT_EQ(seen(what, life({{10, work}, {30, aap}}, 100)).part.front(), 0);
}

/// A definition asks how long people have been in its states, whatever their flags were meanwhile.
TEST(Operators, ADefinitionOfLongStaysCountsWhoHasLongBeenInItsStates) {
  Observation what = on(Operator::stock, of({aap}));
  what.whom.of = of({work, aap});
  what.whom.longer_than = days(14);
  LifePath const path = life({{10, work}, {30, aap}, {50, outside}});
  for (auto const& [at, part, whole] : {std::tuple{9, 0, 1}, {24, 0, 1}, {25, 1, 1}, {29, 1, 1}, {30, 0, 0}}) {
    what.at = day(at);
    EXPECT_EQ(seen(what, path).part.front(), part) << at;
    EXPECT_EQ(seen(what, path).whole.front(), whole) << at;
  }
}

TEST(Operators, ADefinitionOfLongStaysCountsTheTimeBeforeTheRunAndWithAnotherFlag) {
  Observation what = on(Operator::stock, of({work, aap}));
  what.at = day(20);
  what.whom.longer_than = days(119);
  LifePath path = life({{10, work}, {30, aap}}, 100);
  EXPECT_EQ(seen(what, path).part.front(), 1);  // from work to AAP is no leaving of the two
  what.whom.longer_than = days(120);
  EXPECT_EQ(seen(what, path).part.front(), 0);
  // The flag changes on day 15, and people stay where they are.
  path = life({{15, aap}, {30, aap}}, 100);
  path.pieces[1].entered = path.pieces[0].entered;
  path.levels = {0, 1};
  path.traits = 1;
  path.pieces[1].first_level = 1;
  what.whom.flags = {{1}};
  what.whom.longer_than = days(119);
  EXPECT_EQ(seen(what, path).part.front(), 1);
}

TEST(Operators, AnInflowIsEntriesOverTimeAtRisk) {
  Observation what = on(Operator::inflow, of({aap}));
  what.whom.of = of({work, aap});
  what.from = day(5);
  what.to = day(40);
  // In work 5-10 and 20-25; outside is not at risk.
  LifePath const path = life({{10, work}, {20, aap}, {25, work}, {30, outside}, {35, aap}, {50, dead}});
  EXPECT_EQ(seen(what, path).part.front(), 2);
  EXPECT_EQ(seen(what, path).whole.front(), 10 * minutes_per_day);
  what.absent = days(15);  // away for the ten days before day 30 only
  EXPECT_EQ(seen(what, path).part.front(), 1);
}

TEST(Operators, AnEventBelongsToThePeriodThatHoldsTheMomentBeforeIt) {
  Observation what = on(Operator::inflow, of({aap}));
  LifePath const path = life({{10, work}, {20, aap}});
  what.from = day(5);
  what.to = day(10);
  EXPECT_EQ(seen(what, path).part.front(), 1);
  what.from = day(10);
  what.to = day(15);
  EXPECT_EQ(seen(what, path).part.front(), 0);
}

TEST(Operators, ExitsAreThoseWhoStayAwayAndTheStatusSomeTimeAfter) {
  Observation what = on(Operator::exits, of({aap}));
  what.from = day(0);
  what.to = day(100);
  what.absent = days(10);
  what.after = days(20);
  what.status = of({work});
  // Leaves at 20, is back at 25: none. Leaves at 40, works at 60.
  LifePath const path = life({{20, aap}, {25, outside}, {40, aap}, {55, outside}, {200, work}});
  EXPECT_EQ(seen(what, path).whole.front(), 1);
  EXPECT_EQ(seen(what, path).part.front(), 1);
  what.after = days(10);
  EXPECT_EQ(seen(what, path).part.front(), 0);
  what.absent = days(5);  // back after just so long
  EXPECT_EQ(seen(what, path).whole.front(), 2);
}

TEST(Operators, ExitsByALimitAlone) {
  Observation what = on(Operator::exits, of({aap}));
  what.from = day(0);
  what.to = day(100);
  what.by = Cause::limit;
  LifePath const path = life({{20, aap, Cause::limit}, {25, work}, {40, aap}, {200, outside}});
  EXPECT_EQ(seen(what, path).whole.front(), 1);
}

TEST(Operators, WhoIsFollowedIsAskedOnce) {
  Observation what = on(Operator::followed, of({aap}));
  what.at = day(10);
  what.after = days(90);
  what.status = of({aap});
  EXPECT_EQ(seen(what, life({{20, aap}, {50, work}, {200, aap}})).part.front(), 1);  // away in between
  EXPECT_EQ(seen(what, life({{20, aap}, {200, work}})).part.front(), 0);
  EXPECT_EQ(seen(what, life({{20, aap}, {200, work}})).whole.front(), 1);
  EXPECT_EQ(seen(what, life({{20, work}, {200, aap}})).whole.front(), 0);
}

TEST(Operators, SpellsThatBeginInThePeriodByTheirLength) {
  Observation what = on(Operator::spells, of({aap}));
  what.from = day(5);
  what.to = day(100);
  what.given = days(5);
  what.longer_than = days(20);
  // One that is going on at the start is not seen; then 5 days (not over 5), 8 days, and 25 days.
  LifePath const path =
      life({{6, aap}, {10, work}, {15, aap}, {20, work}, {28, aap}, {40, work}, {65, aap}, {300, work}});
  EXPECT_EQ(seen(what, path).whole.front(), 2);
  EXPECT_EQ(seen(what, path).part.front(), 1);
}

TEST(Operators, AgesAreAskedWhenItIsCountedAndABirthdayIsNoExit) {
  Observation what = on(Operator::exits, of({aap}));
  what.from = day(0);
  what.to = day(5000);
  what.whom.who.age = {0, 21 * minutes_per_year};
  EXPECT_EQ(seen(what, life({{2000, aap}, {3000, work}})).whole.front(), 0);  // leaves at 25
  EXPECT_EQ(seen(what, life({{100, aap}, {3000, work}})).whole.front(), 1);
}

TEST(Operators, TimeAtRiskEndsAtABirthday) {
  Observation what = on(Operator::inflow, of({aap}));
  what.from = day(0);
  what.to = day(1000);
  what.whom.who.age = {20 * minutes_per_year + 100 * minutes_per_day, 21 * minutes_per_year};
  EXPECT_EQ(seen(what, life({{1000, work}})).whole.front(), minutes_per_year - 100 * minutes_per_day);
}

TEST(Operators, AStandardisedShareWeighsAgeGroups) {
  Observation what = on(Operator::stock, of({aap}));
  what.unit = Unit::share;
  what.whom.standard = {{{0, 30 * minutes_per_year}, 0.75}, {{30 * minutes_per_year, 99 * minutes_per_year}, 0.25}};
  EXPECT_DOUBLE_EQ(published(what, {10, 40}, {100, 80}, 1), 0.75 * 0.1 + 0.25 * 0.5);
}

TEST(Operators, TheGradientIsThatOfThePublishedNumber) {
  Observation what = on(Operator::inflow, of({aap}));
  what.unit = Unit::per_1000;
  std::vector<double> part{30}, whole{2e8};
  Gradient const gradient = gradient_of(what, part, whole, 1);
  double const value = published(what, part, whole, 1);
  EXPECT_DOUBLE_EQ(value, 30 / 2e8 * 1000 * static_cast<double>(minutes_per_year));
  EXPECT_NEAR(gradient.part.front(), value / 30, 1e-9);
  EXPECT_NEAR(gradient.whole.front(), -value / 2e8, 1e-15);
}

}  // namespace
}  // namespace utvei
