// SPDX-License-Identifier: Apache-2.0
// Needs with times that are fixed, so that every date is known; and what they do to the way out.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <utvei/engine/life_line.hpp>
#include <utvei/engine/parted_run.hpp>

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view still_model = R"(utvei: model/1
name: still
states: {outside: {group: outside}, work: {group: work}}
transitions: [{from: outside, to: work, rate_per_year: 0}, {from: work, to: outside, rate_per_year: 0}]
)";

std::string two_needs(std::string const& way, std::string const& more = "") {
  return "start: 2025-01-01\nyears: 3\npopulation: {persons: 20, state: outside}\nseed: 1\nneeds:\n"
         "  health: {share: 1, wait: {median: 10 days, shape: fixed}, takes: {median: 100 days, shape: fixed}}\n"
         "  debt: {share: 1, takes: {median: 50 days, shape: fixed}" +
         more + "}\ncoordination: {way: " + way +
         ", assessment_after: {median: 30 days, shape: fixed}, hand_over: {median: 20 days, shape: fixed}}\n";
}

/// Days after the start.
int day_of(std::vector<LifeLineEvent> const& events, LifeLineEvent::Kind kind, std::size_t measure) {
  for (LifeLineEvent const& event : events)
    if (event.kind == kind && event.measure == measure)
      return static_cast<int>((event.time - events.front().time).minutes / minutes_per_day);
  return -1;
}

struct Days {
  int found, begins, met;
  friend bool operator==(Days const&, Days const&) = default;
};

struct Course {
  Days health, debt;
  double to_be_found, handed_over, waiting, being_helped, to_all_met;  ///< days
};

Course course_of(std::string const& scenario) {
  support::TempFolder const folder;
  auto const world = support::make_world(folder, still_model, scenario);
  Diagnostics diagnostics;
  RunPlan const plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  auto const events = life_line(plan, world.people, PersonRow{std::size_t{0}}, RandomKey{1, 0, 0});
  using Kind = LifeLineEvent::Kind;
  auto const days = [&](std::size_t m) {
    return Days{day_of(events, Kind::found, m), day_of(events, Kind::begins, m), day_of(events, Kind::met, m)};
  };
  RunResult const result = world.run();
  auto const phase = [&](std::string const& name) {
    return 365.25 * sum(result, "contact_years", {{"phase", name}}) / 20;
  };
  EXPECT_EQ(sum(result, "contacts"), 20);
  EXPECT_EQ(sum(result, "contacts_all_met"), 20);
  return {days(0),
          days(1),
          phase("to_be_found"),
          phase("handed_over"),
          phase("waiting"),
          phase("being_helped"),
          365.25 * sum(result, "time_to_all_met") / 20};
}

void expect_days(Course const& course, double to_be_found, double handed_over, double waiting, double being_helped,
                 double to_all_met) {
  constexpr double close = 1e-6;
  EXPECT_NEAR(course.to_be_found, to_be_found, close);
  EXPECT_NEAR(course.handed_over, handed_over, close);
  EXPECT_NEAR(course.waiting, waiting, close);
  EXPECT_NEAR(course.being_helped, being_helped, close);
  EXPECT_NEAR(course.to_all_met, to_all_met, close);
}

TEST(Needs, AreFoundOneAfterAnother) {
  Course const course = course_of(two_needs("one_after_another"));
  EXPECT_EQ(course.health, (Days{30, 40, 140}));
  EXPECT_EQ(course.debt, (Days{170, 170, 220}));
  expect_days(course, 60, 0, 10, 150, 220);
}

TEST(Needs, HaveATimeOfTheirOwnToBeFound) {
  Course const course = course_of(two_needs("one_after_another", ", found_after: {median: 5 days, shape: fixed}"));
  EXPECT_EQ(course.debt, (Days{145, 145, 195}));
}

TEST(Needs, AreHandedOver) {
  Course const course = course_of(two_needs("referral"));
  EXPECT_EQ(course.health, (Days{30, 40, 140}));
  EXPECT_EQ(course.debt, (Days{30, 160, 210}));
  expect_days(course, 30, 20, 10, 150, 210);
}

/// Debt is helped with while health waits.
TEST(Needs, AreMetTogether) {
  Course const course = course_of(two_needs("together"));
  EXPECT_EQ(course.health, (Days{30, 40, 140}));
  EXPECT_EQ(course.debt, (Days{30, 30, 80}));
  expect_days(course, 30, 0, 0, 110, 140);
}

/// One adviser at a time: the twenty follow each other.
TEST(Needs, WaitForTheServiceThatTheyShare) {
  support::TempFolder const folder;
  auto const world =
      support::make_world(folder, still_model,
                          "start: 2025-01-01\nyears: 3\npopulation: {persons: 20, state: outside}\nseed: 1\n"
                          "resources: {adviser: {total: 1}}\n"
                          "needs: {debt: {share: 1, service: adviser, takes: {median: 50 days, shape: fixed}}}\n"
                          "coordination: {way: together, assessment_after: {median: 30 days, shape: fixed}}\n");
  RunResult const result = world.run();
  EXPECT_NEAR(365.25 * sum(result, "participant_years"), 20 * 50, 1e-6);
  double days = 0;
  for (int before = 0; before < 20; ++before) days += 50 * before;
  EXPECT_NEAR(365.25 * sum(result, "contact_years", {{"phase", "waiting"}}), days, 1e-6);
}

constexpr std::string_view open_model = R"(utvei: model/1
name: open
states: {outside: {group: outside}, ill: {group: outside}, work: {group: work}}
transitions:
  - {from: outside, to: work, rate_per_year: 0.5}
  - {from: outside, to: ill, rate_per_year: 0.3}
  - {from: ill, to: work, rate_per_year: 0.2}
  - {from: work, to: outside, rate_per_year: 0.2}
)";

std::string open_scenario(std::string const& needs, std::string const& way = "together",
                          std::string const& assessment = "100 years") {
  std::string const people = "start: 2025-01-01\nyears: 5\npopulation: {persons: 4000, state: outside}\nseed: 9\n";
  if (needs.empty()) return people;
  return people + "needs: " + needs + "\ncoordination: {way: " + way + ", assessment_after: {median: " + assessment +
         ", shape: fixed}}\n";
}

/// A need that slows nothing changes nobody's life.
TEST(Needs, ThatSlowNothingChangeNothing) {
  support::TempFolder const folder;
  RunResult const without = support::make_world(folder, open_model, open_scenario("")).run();
  for (char const* way : {"one_after_another", "referral", "together"}) {
    RunResult const with =
        support::make_world(folder, open_model,
                            open_scenario("{a: {share: 0.5, takes: {median: 1 month}, slows: {\"* -> work\": 1}}, "
                                          "b: {share: {ill: 1}, takes: {median: 1 year}}}",
                                          way, "1 month"))
            .run();
    EXPECT_GT(sum(with, "contacts_all_met"), 0) << way;
    EXPECT_EQ(*with.table("person_years"), *without.table("person_years")) << way;
    EXPECT_EQ(*with.table("transitions"), *without.table("transitions")) << way;
  }
}

/// What a need takes, and how long its service is waited for, is the same whichever way services work.
TEST(Needs, HaveTheSameLuckInAllWays) {
  support::TempFolder const folder;
  std::vector<std::vector<std::int64_t>> times;
  for (char const* way : {"one_after_another", "referral", "together"}) {
    auto const world =
        support::make_world(folder, open_model,
                            open_scenario("{a: {share: 1, wait: {median: 1 week}, takes: {median: 1 month}}, "
                                          "b: {share: 1, wait: {median: 1 week}, takes: {median: 1 month}}}",
                                          way, "1 day"));
    Diagnostics diagnostics;
    RunPlan const plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
    auto& of_way = times.emplace_back();
    for (std::size_t row = 0; row < 200; ++row) {
      auto const events = life_line(plan, world.people, PersonRow{row}, RandomKey{9, 0, 0});
      // Of the first contact and need alone: others may be cut off by its end.
      std::int64_t asked = -1;
      for (LifeLineEvent const& event : events) {
        if (event.kind == LifeLineEvent::Kind::parted) break;
        if (event.measure != 0) continue;
        if (event.kind == LifeLineEvent::Kind::waits) asked = event.time.minutes;
        if (event.kind == LifeLineEvent::Kind::begins) asked = event.time.minutes - asked;
        if (event.kind == LifeLineEvent::Kind::met) break;
      }
      of_way.push_back(asked);
    }
  }
  EXPECT_EQ(times[0], times[1]);
  EXPECT_EQ(times[0], times[2]);
}

/// Two unmet needs of everybody halve the way out twice: of 4,000 who leave at 0.25 x 0.5 + 0.3 a year, so many are
/// there after a year.
TEST(Needs, SlowTheWayOutTogether) {
  support::TempFolder const folder;
  auto const world = support::make_world(
      folder, open_model,
      "stock_dates: [\"01-01\"]\n" +
          open_scenario("{a: {share: 1, takes: {median: 1 month}, slows: {\"* -> work\": 0.5}, assumed: true}, "
                        "b: {share: 1, takes: {median: 1 month}, slows: {\"outside -> work\": 0.5}, assumed: true}}"));
  double const moved = sum(world.run(), "transitions", {{"year", "2025"}, {"transition", "outside -> work"}});
  double const leaves = 0.125 + 0.3;
  double const share = 0.125 / leaves * (1 - std::exp(-leaves));
  double const sd = std::sqrt(4000 * share * (1 - share));
  // Some come back within the year, and go again.
  EXPECT_NEAR(moved, 4000 * share, 4 * sd + 4000 * 0.002);
}

TEST(Needs, HaveTheShareThatTheScenarioSays) {
  support::TempFolder const folder;
  std::string const needs = "{a: {share: {outside: 0.3, ill: 0.6}, takes: {median: 1 month}}}";
  RunResult const result = support::make_world(folder, open_model, open_scenario(needs)).run();
  double const contacts = sum(result, "contacts", {{"year", "2025"}});
  // Of those who begin outside 0.3 have it, and 0.6 of those who become ill: three eighths of who leaves within 5
  // years.
  double const ill = 0.3 / 0.8 * (1 - std::exp(-0.8 * 5));
  EXPECT_NEAR(contacts / 4000, 0.3 + 0.3 * ill, 0.05);
  EXPECT_EQ(sum(result, "contacts_all_met"), 0);
}

/// In contact when the run ends, and at work when the next life begins: what is left of the one must not slow the
/// other.
TEST(Needs, AreForgottenWhenTheNextLifeBegins) {
  support::TempFolder const folder;
  auto const world = support::make_world(
      folder,
      "utvei: model/1\nname: ways\nstates: {work: {group: work}, outside: {group: outside}}\n"
      "transitions: [{from: work, to: outside, rate_per_year: 0.5}, {from: outside, to: work, rate_per_year: 0.1}]\n",
      "start: 2025-01-01\nyears: 5\npopulation: {persons: 400, state: work}\nseed: 1\nneeds:\n"
      "  health: {share: 1, takes: {median: 100 years}, slows: {\"* -> outside\": 0.2}}\n"
      "coordination: {way: together, contact: [outside], assessment_after: {median: 1 year}}\n");
  Diagnostics diagnostics;
  PartedRun whole{world.scenario, world.rates, world.people,
                  compile(world.scenario, world.rates, world.people, 0, diagnostics), 1};
  PartedRun alone{world.scenario, world.rates, world.people,
                  compile(world.scenario, world.rates, world.people, 0, diagnostics), 1};
  throw_if_errors(diagnostics);
  PartTallies sum = alone.follow({0, 0, 0, 1}, {});
  for (std::size_t person = 1; person < 400; ++person) sum.add(alone.follow({0, 0, person, person + 1}, {}));
  PartTallies together = whole.follow({0, 0, 0, 400}, {});
  EXPECT_EQ(alone.pack(sum), whole.pack(together));
}

TEST(Needs, AreTheSameForAnyNumberOfThreads) {
  support::TempFolder const folder;
  auto const world = support::make_world(
      folder, open_model,
      "start: 2025-01-01\nyears: 5\npopulation: {persons: 3000, state: outside}\nseed: 9\n"
      "resources: {adviser: {total: 40}}\nneeds:\n"
      "  a: {share: 0.5, service: adviser, takes: {median: 3 months}, slows: {\"* -> work\": 0.5}, assumed: true}\n"
      "  b: {share: 0.5, wait: {median: 1 month}, takes: {median: 3 months}}\n"
      "coordination: {way: referral, assessment_after: {median: 2 months}, hand_over: {median: 1 month}}\n");
  RunResult const one = world.run(1, 100);
  RunResult four = world.run(4, 333);
  four.provenance.threads = one.provenance.threads;
  EXPECT_EQ(one, four);
  EXPECT_GT(sum(one, "contacts_all_met"), 0);
}

}  // namespace
}  // namespace utvei
