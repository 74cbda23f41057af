// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <functional>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using Minutes = std::vector<std::int64_t>;

Minutes in_days(std::vector<std::int64_t> const& counts) {
  Minutes minutes;
  for (auto const count : counts) {
    minutes.push_back(count * minutes_per_day);
  }
  return minutes;
}

CellAxis time_axis() {
  return clock_axis(CellAxis::Kind::time_in_state,
                    {{0, 3 * minutes_per_day, 7 * minutes_per_day}, {"0 days", "3 days", "7 days"}});
}

struct Counted {
  Model model;
  Exposure exposure;
  [[nodiscard]] Minutes minutes(std::string_view state) const { return exposure.minutes[*model.state(state)]; }
  [[nodiscard]] Minutes events(std::string_view name) const { return exposure.events[*model.transition(name)]; }
  [[nodiscard]] std::int64_t at(Minutes const& square, std::string_view from, std::string_view to) const {
    return square[model.state(from)->value() * model.states.size() + model.state(to)->value()];
  }
};

Counted count(SmallStudy& small, std::function<std::vector<CellAxis>(LifeCourses const&, Model const&)> const& axes) {
  auto const lives = small.read();
  return {small.study.model, tabulate(lives, small.study.model, axes(lives, small.study.model), 1)};
}
Counted count(SmallStudy& small, std::vector<CellAxis> const& axes = {}) {
  return count(small, [&](auto const&, auto const&) { return axes; });
}

TEST(Exposure, OneCellHoldsAllTimeAndEvents) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,b\n2,2014-12-01,2015-01-04,a\n");
  auto const counted = count(small);
  EXPECT_EQ(counted.exposure.cells, 1U);
  EXPECT_EQ(counted.minutes("a"), in_days({5 + 3}));
  EXPECT_EQ(counted.minutes("b"), in_days({2}));
  EXPECT_EQ(counted.events("a -> b"), Minutes{1});
  EXPECT_EQ(counted.events("b -> c"), Minutes{0});
}

TEST(Exposure, SpellsAreSplitAtEachBoundary) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-12,a\n1,2015-01-12,2015-01-14,b\n");
  auto const counted = count(small, {time_axis()});
  EXPECT_EQ(counted.minutes("a"), in_days({3, 4, 2}));
  EXPECT_EQ(counted.events("a -> b"), (Minutes{0, 0, 1}));
}

TEST(Exposure, EventOnABoundaryBelongsToTheMomentBefore) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-06,a\n1,2015-01-06,2015-01-08,b\n");
  auto const counted = count(small, {time_axis()});
  EXPECT_EQ(counted.minutes("a"), in_days({3, 0, 0}));
  EXPECT_EQ(counted.events("a -> b"), (Minutes{1, 0, 0}));
}

TEST(Exposure, DelayedEntryBeginsInTheBandThatIsReached) {
  SmallStudy small;
  small.spells("1,2014-12-29,2015-01-06,a\n1,2015-01-06,2015-01-07,b\n");
  auto const counted = count(small, {time_axis()});
  EXPECT_EQ(counted.minutes("a"), in_days({0, 4, 1}));
  EXPECT_EQ(counted.events("a -> b"), (Minutes{0, 0, 1}));
}

TEST(Exposure, UnknownEntryIsNotUsedByTimeInState) {
  SmallStudy small{std::string{plain_study} + "otherwise: c\n"};
  small.spells("1,2015-01-05,2015-01-06,a\n");
  auto const counted = count(small, {time_axis()});
  EXPECT_EQ(counted.exposure.uncounted.minutes_unknown_time_in_state, 4 * minutes_per_day);
  EXPECT_EQ(counted.exposure.uncounted.events_unknown_time_in_state, 1);
  EXPECT_EQ(counted.minutes("c"), in_days({3, 4, 19}));
  // Without that clock all of it counts.
  EXPECT_EQ(count(small).minutes("c"), in_days({30}));
}

TEST(Exposure, ClocksCrossEachOther) {
  SmallStudy small{study_with_persons};
  // Twenty years old on 8 January 2015: 20 x 365.25 days after birth.
  small.persons("1;1995-01-08;female;4204\n");
  small.spells("1,2015-01-03,2015-01-13,a\n1,2015-01-13,2015-01-14,b\n");
  auto const age = clock_axis(CellAxis::Kind::age, {{0, 20 * minutes_per_year}, {"0", "20"}});
  auto const period = clock_axis(CellAxis::Kind::period, {{day(1).minutes, day(10).minutes}, {"2015", "later"}});
  auto const counted = count(small, {age, period});
  EXPECT_EQ(counted.exposure.cells, 4U);
  EXPECT_EQ(counted.minutes("a"), in_days({5, 0, 2, 3}));
  EXPECT_EQ(counted.events("a -> b"), (Minutes{0, 0, 0, 1}));
  auto const box = counted.exposure.box(3);
  EXPECT_EQ(box.age, (Span{20 * minutes_per_year, everything.to}));
  EXPECT_EQ(box.calendar, (Span{day(10).minutes, everything.to}));
  EXPECT_EQ(counted.exposure.axes[0].labels, (std::vector<std::string>{"[0,20)", "[20,)"}));
}

TEST(Exposure, TimeBeforeTheFirstBandIsCountedApart) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-15,b\n");
  auto const counted = count(small, {clock_axis(CellAxis::Kind::period, {{day(9).minutes}, {"2015-01-09"}})});
  EXPECT_EQ(counted.minutes("a"), in_days({0}));
  EXPECT_EQ(counted.minutes("b"), in_days({6}));
  EXPECT_EQ(counted.exposure.uncounted.minutes_before_first_band, 6 * minutes_per_day);
  EXPECT_EQ(counted.exposure.uncounted.events_before_first_band, 1);
}

TEST(Exposure, RegionsAndTraitsAreAxes) {
  SmallStudy small{study_with_persons};
  small.persons("1;1980-01-02;male;4204\n2;1980-01-02;female;4204\n3;1980-01-02;;4204\n");
  small.spells("1,2015-01-03,2015-01-08,a\n2,2015-01-03,2015-01-05,a\n3,2015-01-03,2015-01-04,a\n");
  auto const counted = count(small, [](LifeCourses const& lives, Model const& model) {
    return std::vector{region_axis(lives, model), trait_axis(*model.trait("sex"), model)};
  });
  // Nobody lives in 4203, but it gets its cells; 42 lies above both and gets none.
  EXPECT_EQ(counted.exposure.axes[0].labels, (std::vector<std::string>{"4204", "4203"}));
  EXPECT_EQ(counted.minutes("a"), in_days({2, 5, 0, 0}));
  EXPECT_EQ(counted.exposure.uncounted.minutes_unknown_trait, minutes_per_day);
  auto const box = counted.exposure.box(1);
  EXPECT_EQ(counted.model.regions[*box.region].code, "4204");
  EXPECT_EQ(box.traits.at(0), 1U);
}

TEST(Exposure, ARegionThatIsSeenStandsForAllBelowIt) {
  SmallStudy small{study_with_persons};
  small.persons("1;1980-01-02;male;42\n").spells("1,2015-01-03,2015-01-08,a\n");
  auto const lives = small.read();
  EXPECT_EQ(region_axis(lives, small.study.model).labels, (std::vector<std::string>{"42"}));
}

TEST(Exposure, ChangesAtALimitAreLeftToTheRule) {
  SmallStudy small;
  // b ends after ten days, to a; registers may be a day off.
  small.spells(
      "1,2015-01-03,2015-01-13,b\n1,2015-01-13,2015-01-14,a\n"
      "2,2015-01-03,2015-01-12,b\n2,2015-01-12,2015-01-14,a\n"
      "3,2015-01-03,2015-01-13,b\n3,2015-01-13,2015-01-14,c\n");
  auto const counted = count(small);
  EXPECT_EQ(counted.events("b -> a"), Minutes{1});
  EXPECT_EQ(counted.events("b -> c"), Minutes{1});
  EXPECT_EQ(counted.at(counted.exposure.rule_changes, "b", "a"), 1);
  EXPECT_EQ(counted.minutes("b"), in_days({29}));
}

TEST(Exposure, ChangesThatTheModelDoesNotHaveAreCountedApart) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,c\n");
  auto const counted = count(small);
  EXPECT_EQ(counted.at(counted.exposure.unmodelled, "a", "c"), 1);
  EXPECT_EQ(counted.minutes("a"), in_days({5}));
}

TEST(Exposure, ThreadsGiveTheSameIntegers) {
  SmallStudy small;
  std::string rows;
  for (int person = 1; person <= 3000; ++person) {
    auto const id = std::to_string(person);
    auto const first = std::to_string(10 + person % 9);
    rows += id + ",2015-01-0" + std::to_string(1 + person % 7) + ",2015-01-" + first + ",a\n";
    rows += id + ",2015-01-" + first + ",2015-01-2" + std::to_string(person % 5) + ",b\n";
  }
  small.spells(rows);
  auto const lives = small.read();
  auto const one = tabulate(lives, small.study.model, {time_axis()}, 1);
  for (std::size_t const threads : {2U, 3U, 7U}) {
    auto const many = tabulate(lives, small.study.model, {time_axis()}, threads);
    EXPECT_EQ(many.minutes.values(), one.minutes.values());
    EXPECT_EQ(many.events.values(), one.events.values());
    EXPECT_EQ(many.uncounted, one.uncounted);
  }
}

}  // namespace
}  // namespace utvei
