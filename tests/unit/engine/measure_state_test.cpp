// SPDX-License-Identifier: Apache-2.0
// Measures that are states: lives that can be told beforehand, and that people and time are conserved.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <utvei/results/compare.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::LifeCourse;
using support::Why;

/// Nobody leaves by luck.
constexpr std::string_view still = R"(utvei: model/1
name: still
states: {out: {group: outside}, prog: {group: outside}, next: {group: outside}, work: {group: work}, dead: {absorbing: true}}
transitions:
  - {from: out, to: work, rate_per_year: 0.000000001}
  - {from: prog, to: work, rate_per_year: 0.000000001}
  - {from: next, to: work, rate_per_year: 0.000000001}
  - {from: work, to: dead, rate_per_year: 0.000000001}
)";
constexpr std::string_view lively = R"(utvei: model/1
name: lively
states: {out: {group: outside}, prog: {group: outside}, work: {group: work}, dead: {absorbing: true}}
transitions:
  - {from: out, to: work, rate_per_year: 0.8}
  - {from: work, to: out, rate_per_year: 0.6}
  - {from: prog, to: work, rate_per_year: 0.5}
  - {from: work, to: dead, rate_per_year: 0.02}
)";
// Numbers of states.
constexpr std::uint16_t out = 0, prog = 1, next = 2, at_work = 3;

support::World state_world(std::string_view model, std::string const& measures, int persons) {
  return support::make_world(model,
                             "start: 2025-01-01\nyears: 3\nseed: 5\nlife_courses: all\nstock_dates: "
                             "[\"07-02\"]\nbreakdowns: [[year, state]]\npopulation: {persons: " +
                                 std::to_string(persons) + ", state: out}\n" +
                                 (measures.empty() ? "" : "measures:\n" + measures));
}

/// Days from the start of the run at which the life comes to states, and by what it leaves them.
struct Step {
  std::uint16_t state;
  double from;
  Why end;
  friend bool operator==(Step const&, Step const&) = default;
};
std::ostream& operator<<(std::ostream& to, Step const& step) {
  return to << "{" << step.state << ", " << step.from << ", " << static_cast<int>(step.end) << "}";
}

/// Of everybody: all must be the same.
std::vector<Step> one_life(RunResult const& result) {
  std::vector<Step> steps;
  std::int64_t const start = date(2025, 1, 1)->minutes;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    std::vector<Step> own;
    for (support::Stay const& stay : life)
      own.push_back({stay.state, static_cast<double>(stay.from - start) / 1440, stay.end});
    if (steps.empty()) steps = own;
    EXPECT_EQ(own, steps);
  }
  return steps;
}

std::vector<Step> one_life(std::string const& measures, std::string_view model = still) {
  return one_life(state_world(model, measures, 20).run());
}

std::string const found_and_30_days =
    "who: {state: out}, state: prog, found_after: {median: 10 days, shape: fixed}, lasts: {median: 30 days, shape: "
    "fixed}";

TEST(MeasureState, TakesPeopleThereAndBack) {
  auto const result = state_world(still, "  - {name: m, " + found_and_30_days + "}\n", 20).run();
  EXPECT_EQ(one_life(result),
            (std::vector<Step>{{out, 0, Why::measure}, {prog, 10, Why::measure}, {out, 40, Why::end}}));
  EXPECT_EQ(sum(result, "transitions", {{"transition", "out -> prog"}}), 20);
  EXPECT_EQ(sum(result, "transitions", {{"transition", "prog -> out"}}), 20);
  EXPECT_NEAR(sum(result, "person_years", {{"state", "prog"}}), 20 * 30 / 365.25, 1e-9);
  EXPECT_EQ(sum(result, "participants"), 20);
  EXPECT_EQ(sum(result, "completions"), 20);
  EXPECT_EQ(sum(result, "participants_by_state", {{"state", "out"}}), 20) << "what they were when they began";
  EXPECT_EQ(result.life_courses->causes.back(), "measure");
}

TEST(MeasureState, BeginsNoSoonerThanAMinuteAfterPeopleHaveCome) {
  auto const life = one_life("  - {name: m, who: {state: out}, state: prog, lasts: {median: 1 day, shape: fixed}}\n");
  EXPECT_EQ(life, (std::vector<Step>{
                      {out, 0, Why::measure}, {prog, 1.0 / 1440, Why::measure}, {out, 1 + 1.0 / 1440, Why::end}}));
}

TEST(MeasureState, EndsWhereItSays) {
  EXPECT_EQ(one_life("  - {name: m, then: work, " + found_and_30_days + "}\n").back(), (Step{at_work, 40, Why::end}));
  int const persons = 4000;
  auto const result =
      state_world(still, "  - {name: m, then: {work: 0.4, next: 0, out: 0.6}, " + found_and_30_days + "}\n", persons)
          .run(2);
  double const to_work = sum(result, "transitions", {{"transition", "prog -> work"}});
  EXPECT_NEAR(to_work / persons, 0.4, 4 * std::sqrt(0.24 / persons));
  EXPECT_EQ(to_work + sum(result, "transitions", {{"transition", "prog -> out"}}), persons);
}

TEST(MeasureState, EndsWhenPeopleLeaveIt) {
  std::string model{still};
  std::string const plain = "prog: {group: outside}";
  model.replace(model.find(plain), plain.size(), "prog: {group: outside, limit: {after: 20 days, to: {work: 1}}}");
  for (std::string const ends : {"", "ends_when: leaves_state, "}) {
    auto const result = state_world(model, "  - {name: m, " + ends + found_and_30_days + "}\n", 20).run();
    EXPECT_EQ(one_life(result),
              (std::vector<Step>{{out, 0, Why::measure}, {prog, 10, Why::limit}, {at_work, 30, Why::end}}));
    EXPECT_EQ(sum(result, "early_exits"), 20);
    EXPECT_NEAR(sum(result, "participant_years"), 20 * 20 / 365.25, 1e-9);
  }
}

TEST(MeasureState, FollowsAnotherOrIsKeptApart) {
  // Who is in the second has ceased to qualify for the first, and may begin it anew as long as it takes people in.
  std::string const first = "  - {name: first, takes_in: {until: 2025-01-31}, " + found_and_30_days + "}\n";
  std::string const second =
      "  - {name: second, who: {state: prog, time_in_state: {at_least: 5 days}}, state: next, "
      "lasts: {median: 10 days, shape: fixed}";
  EXPECT_EQ(one_life(first + second + "}\n"),
            (std::vector<Step>{
                {out, 0, Why::measure}, {prog, 10, Why::measure}, {next, 15, Why::measure}, {out, 25, Why::end}}));
  EXPECT_EQ(one_life(second + "}\n" + first).back(), (Step{out, 25, Why::end})) << "in either order of the file";
  EXPECT_EQ(one_life(first + second + ", not_with: [first]}\n"),
            (std::vector<Step>{{out, 0, Why::measure}, {prog, 10, Why::measure}, {out, 40, Why::end}}));
  auto const result = state_world(still, first + second + "}\n", 20).run();
  EXPECT_EQ(sum(result, "early_exits", {{"measure", "first"}}), 20);
  EXPECT_EQ(sum(result, "completions", {{"measure", "second"}}), 20);
}

TEST(MeasureState, GivesWayToWhatReplacesIt) {
  std::string const other =
      "  - {name: other, who: {state: prog, time_in_state: {at_least: 5 days}}, replaces: [m], "
      "lasts: {median: 50 days, shape: fixed}, ends_when: time}\n";
  auto const result = state_world(still, "  - {name: m, " + found_and_30_days + "}\n" + other, 20).run();
  EXPECT_EQ(one_life(result),
            (std::vector<Step>{{out, 0, Why::measure}, {prog, 10, Why::measure}, {out, 15, Why::end}}));
  EXPECT_NEAR(sum(result, "participant_years", {{"measure", "other"}}), 20 * 50 / 365.25, 1e-9);
}

TEST(MeasureState, IsLeftWhenTheMeasureCloses) {
  auto const life = one_life("  - {name: m, runs: {until: 2025-01-21}, then: next, " + found_and_30_days + "}\n");
  EXPECT_EQ(life, (std::vector<Step>{{out, 0, Why::measure}, {prog, 10, Why::measure}, {next, 20, Why::end}}));
}

TEST(MeasureState, IsActedOnByTheMeasure) {
  int const persons = 40'000;
  auto const result =
      state_world(lively,
                  "  - {name: m, who: {state: out}, takes_in: {until: 2025-01-02}, state: prog, then: dead, "
                  "lasts: {median: 1 year, shape: fixed},\n     locks_in: {transition: prog -> work, "
                  "hazard_ratio: 0, for: 3 months},\n     effects: [{transition: prog -> work, "
                  "hazard_ratio: 2, assumed: true}]}\n",
                  persons)
          .run(2);
  double const begun = sum(result, "participants");
  EXPECT_GT(begun, 0.99 * persons);
  double const stayed = std::exp(-0.5 * 2 * 0.75);
  EXPECT_NEAR(sum(result, "completions") / begun, stayed, 4 * std::sqrt(stayed * (1 - stayed) / begun));
  EXPECT_EQ(sum(result, "transitions", {{"transition", "prog -> dead"}}), sum(result, "completions"));
}

std::string const with_places =
    "  - {name: m, who: {state: out}, state: prog, found_after: {median: 2 months}, uptake: 0.7, again_after: 3 "
    "months,\n"
    "     places: {total: 150}, queue: {gives_up_after: {median: 6 months}}, lasts: {median: 6 months}}\n";

TEST(MeasureState, HoldsWhoTakesPart) {
  auto const result = state_world(lively, with_places, 2000).run(2);
  EXPECT_GT(sum(result, "participants"), 300);
  for (std::string const year : {"2025", "2026", "2027"}) {
    EXPECT_NEAR(sum(result, "person_years", {{"state", "prog"}, {"year", year}}),
                sum(result, "participant_years", {{"year", year}}), 1e-6);
    double const inside = sum(result, "stock", {{"state", "prog"}, {"year", year}});
    EXPECT_EQ(inside, sum(result, "in_measure", {{"year", year}}));
    EXPECT_LE(inside, 150);
    EXPECT_EQ(sum(result, "stock", {{"year", year}}), 2000);
  }
  EXPECT_GT(sum(result, "stock", {{"state", "prog"}, {"year", "2026"}}), 100);
  EXPECT_EQ(sum(result, "transitions", {{"transition", "out -> prog"}}), sum(result, "participants"));
  EXPECT_EQ(sum(result, "transitions", {{"transition", "prog -> out"}}), sum(result, "completions"));
  EXPECT_EQ(sum(result, "transitions", {{"transition", "prog -> work"}}), sum(result, "early_exits"));
}

TEST(MeasureState, IsTheSameForAnyNumberOfThreads) {
  std::string const second =
      "  - {name: second, who: {state: prog, time_in_state: {at_least: 1 month}}, state: work, then: {out: 0.5, prog: "
      "0.5},\n"
      "     places: {total: 40}, allocate: {every: 1 month}, lasts: {median: 3 months}}\n";
  auto const world = state_world(lively, with_places + second, 2000);
  auto const one = world.run(1);
  EXPECT_GT(sum(one, "participants", {{"measure", "second"}}), 40);
  EXPECT_TRUE(support::same_numbers(one, world.run(3)));
}

/// Two measures hand out places in the same minute; whoever is in the first may go on to the second.
TEST(MeasureState, HandsOutPlacesOfSeveralAtOnce) {
  std::string const keys =
      ", found_after: {median: 1 month}, again_after: 1 month, places: {total: 100}, allocate: {every: 1 month}, "
      "lasts: "
      "{median: 4 months}}\n";
  for (std::string const who : {"out", "[out, prog]"}) {
    for (bool const is_first : {true, false}) {
      std::string const a = "  - {name: a, who: {state: out}, state: prog" + keys;
      std::string const b = "  - {name: b, who: {state: " + who + "}, state: next" + keys;
      auto const result = state_world(still, is_first ? a + b : b + a, 1000).run(2);
      for (std::string const year : {"2025", "2026", "2027"}) {
        for (auto const& [measure, state] : {std::pair{"a", "prog"}, {"b", "next"}}) {
          double const inside = sum(result, "stock", {{"state", state}, {"year", year}});
          EXPECT_EQ(inside, sum(result, "in_measure", {{"measure", measure}, {"year", year}}));
          EXPECT_NEAR(sum(result, "person_years", {{"state", state}, {"year", year}}),
                      sum(result, "participant_years", {{"measure", measure}, {"year", year}}), 1e-6);
          EXPECT_LE(inside, 100);
          bool const is_full = measure == std::string{"b"} || who == "out";
          EXPECT_GE(inside, is_full ? 80 : 0) << "no place is lost";
        }
      }
    }
  }
}

TEST(MeasureState, IsLeftByWhoMovesAway) {
  support::TempFolder const folder;
  folder.write("regions.csv", "region;name_nb\nnorth;Nord\nsouth;Sør\n");
  folder.write("moving.csv", "region;rate_per_year\nnorth;0.5\nsouth;0.2\n");
  folder.write("to.csv", "from;to;count\nnorth;south;1\nsouth;north;1\n");
  std::string model{still};
  model.replace(model.find("states:"), 0, "regions: regions.csv\n");
  auto const result =
      support::make_world(folder, model,
                          "start: 2025-01-01\nyears: 3\nstock_dates: [\"07-02\"]\nbreakdowns: [[region, year, "
                          "state]]\npopulation: {persons: 2000, state: out, region: {north: 1, south: 1}}\n"
                          "demography: {moves: {rates: moving.csv, to: to.csv}}\nmeasures:\n  - {name: m, who: {state: "
                          "out, region: north}, state: prog, then: work, lasts: {median: 10 years, shape: fixed}}\n")
          .run(2);
  EXPECT_GT(sum(result, "early_exits"), 500);
  EXPECT_EQ(sum(result, "transitions", {{"transition", "prog -> work"}}), sum(result, "early_exits"));
  EXPECT_EQ(sum(result, "stock", {{"state", "prog"}, {"region", "south"}}), 0);
  for (std::string const year : {"2025", "2027"})
    EXPECT_EQ(sum(result, "stock", {{"state", "prog"}, {"year", year}}), sum(result, "in_measure", {{"year", year}}));
}

TEST(MeasureState, ChangesNothingBeforePeopleBegin) {
  auto const plain = support::life_courses_of(state_world(lively, "", 2000).run());
  std::string without_places = with_places;
  without_places.replace(without_places.find("150"), 3, "0");
  auto const nobody = state_world(lively, without_places, 2000).run();
  EXPECT_EQ(support::lives_that_differ(plain, support::life_courses_of(nobody)), 0U);
  std::size_t others = 0;
  for (auto const& [person, life] : support::life_courses_of(state_world(lively, with_places, 2000).run())) {
    auto const begins = std::ranges::find(life, Why::measure, &support::Stay::end) - life.begin();
    LifeCourse const& before = plain.at(person);
    ASSERT_TRUE(std::equal(life.begin(), life.begin() + begins, before.begin()));
    others += static_cast<std::size_t>(begins) < life.size() ? 1U : 0U;
  }
  EXPECT_GT(others, 300U);
}

TEST(MeasureState, IsComparedWithARunThatLacksIt) {
  auto const before = state_world(lively, "", 500).run();
  auto const after = state_world(lively, with_places, 500).run();
  auto const comparison = compare(before, {&after}, {});
  auto const row = std::ranges::find_if(comparison.rows, [](ComparisonRow const& each) {
    return each.measure_of == "transitions" && each.state == "out -> prog" && each.year.empty();
  });
  ASSERT_NE(row, comparison.rows.end());
  EXPECT_EQ(row->baseline, 0);
  EXPECT_EQ(row->difference, sum(after, "participants"));
}

}  // namespace
}  // namespace utvei
