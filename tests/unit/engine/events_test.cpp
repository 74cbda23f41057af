// SPDX-License-Identifier: Apache-2.0
// Events of histories against closed forms.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

std::string model_with(double finds, double loses, double dies) {
  auto const way = [](char const* from, char const* to, double rate) {
    return std::string{"  - {from: "} + from + ", to: " + to + ", rate_per_year: " + std::to_string(rate) + "}\n";
  };
  return "utvei: model/1\nname: m\nstates: {outside: {group: outside}, work: {group: work}, dead: {absorbing: true}}\n"
         "transitions:\n" +
         way("outside", "work", finds) + way("work", "outside", loses) + way("outside", "dead", dies) +
         way("work", "dead", dies);
}

RunResult run_of(std::string const& model, std::string const& population, std::string const& events) {
  return support::make_world(model, "start: 2025-01-01\nyears: 10\nseed: 3\npopulation: " + population + "\n" + events)
      .run();
}

double happened(RunResult const& result, int until_month, std::string const& outcome = "happened") {
  double all = 0;
  for (int month = 0; month <= until_month; ++month)
    all += sum(result, "event_times", {{"months", std::to_string(month)}, {"event_outcome", outcome}});
  return all;
}

constexpr int persons = 40'000;
std::string const outside_all = "{persons: 40000, state: outside}";

void expect_share(double count, double share) {
  EXPECT_NEAR(count / persons, share, 4 * std::sqrt(share * (1 - share) / persons));
}

/// Aalen-Johansen with constant hazards: F(t) = λ / (λ + δ) (1 - exp(-(λ + δ) t)).
TEST(Events, HappenAsCompetingHazardsSay) {
  RunResult const result =
      run_of(model_with(0.6, 0, 0.2), outside_all, "events: {job: {since: run, comes_to: work}}\n");
  EXPECT_EQ(sum(result, "event_persons"), persons);
  for (int const months : {6, 12, 48}) {
    double const gone = 1 - std::exp(-0.8 * months / 12.0);
    expect_share(happened(result, months), 0.6 / 0.8 * gone);
    expect_share(happened(result, months, "ended_otherwise"), 0.2 / 0.8 * gone);
  }
  // Who is outside when the run ends has been followed for as long as was asked.
  EXPECT_EQ(happened(result, 120, "not_followed"), 0);
  expect_share(happened(result, 120, "not_yet"), std::exp(-8.0));
  EXPECT_EQ(sum(result, "event_times"), persons);
}

TEST(Events, LeaveOnceOutOfTheStates) {
  RunResult const result =
      run_of(model_with(0.6, 0.4, 0), outside_all, "events: {exit: {since: run, leaves: outside, within: 2 years}}\n");
  expect_share(happened(result, 24), 1 - std::exp(-1.2));
  EXPECT_EQ(happened(result, 24, "not_followed"), 0);
}

/// The first stay of length D in work: E[T] = exp(bD) (1/a + (1 - exp(-bD)) / b), as each stay is too short with chance
/// 1 - exp(-bD). Nearly all get there within ten years.
TEST(Events, LastWithoutABreak) {
  double const a = 3;
  double const b = 1.5;
  double const d = 0.5;
  RunResult const result =
      run_of(model_with(a, b, 0), outside_all, "events: {lasting: {since: run, comes_to: work, for: 6 months}}\n");
  double months = 0;
  for (int month = 1; month <= 120; ++month)
    months +=
        (month - 0.5) * sum(result, "event_times", {{"months", std::to_string(month)}, {"event_outcome", "happened"}});
  EXPECT_GT(happened(result, 120), 0.999 * persons);
  double const expected = std::exp(b * d) * (1 / a + (1 - std::exp(-b * d)) / b);
  EXPECT_NEAR(months / persons / 12, expected, 0.02);
  EXPECT_EQ(happened(result, 5), 0);
}

/// Half of them begin in work.
TEST(Events, HaveHappenedToWhoIsThere) {
  RunResult const result = run_of(model_with(1, 0, 0), "{persons: 1000, state: {outside: 1, work: 1}}",
                                  "events:\n"
                                  "  job: {since: run, comes_to: work}\n"
                                  "  found: {since: run, comes_to: work, who: {state: outside}}\n");
  double const outside = sum(result, "event_persons", {{"event", "found"}});
  EXPECT_NEAR(outside, 500, 5);
  EXPECT_EQ(sum(result, "event_times", {{"event", "job"}, {"months", "0"}}), 1000 - outside);
  EXPECT_EQ(sum(result, "event_times", {{"event", "found"}, {"months", "0"}}), 0);
}

/// Since the first time that they come back; whoever loses a job before the run ends.
TEST(Events, BeginWhenAStateDoes) {
  RunResult const result = run_of(model_with(2, 0.7, 0), "{persons: 40000, state: work}",
                                  "events: {back: {since: {state: outside}, comes_to: work, within: 1 year}}\n");
  double const lost = 1 - std::exp(-0.7 * 10);
  expect_share(sum(result, "event_persons"), lost);
  // Of who began in the last year some were not followed for so long: E = ∫ over starts.
  double const full = 1 - std::exp(-0.7 * 9);
  double const followed_in_full = full * (1 - std::exp(-2.0));
  double const in_last_year = happened(result, 12) / persons - followed_in_full;
  EXPECT_GT(in_last_year, -0.01);
  EXPECT_LT(in_last_year, lost - full + 0.01);
  EXPECT_GT(happened(result, 12, "not_followed"), 0);
}

/// Two years in work, since the first time outside, by a life table. Whoever cannot have had it when the run ends is
/// not followed any more, and not one to whom it does not happen: the share is that of a run that is long enough.
TEST(Events, LoseWhoIsOnTheWayWhenTheRunEnds) {
  auto const share_at_36 = [](std::string const& years) {
    auto const world = support::make_world(
        model_with(0.6, 0.6, 0), "start: 2025-01-01\nyears: " + years +
                                     "\nseed: 3\npopulation: {persons: 40000, state: work}\nevents: {lasting: {since: "
                                     "{state: outside}, comes_to: work, for: 24 months, within: 3 years}}\n");
    RunResult const result = world.run();
    double left = sum(result, "event_persons");
    double surviving = 1;
    double share = 0;
    for (int month = 0; month <= 36; ++month) {
      auto const ends = [&](char const* outcome) {
        return sum(result, "event_times", {{"months", std::to_string(month)}, {"event_outcome", outcome}});
      };
      double const exposed = left - ends("not_followed") / 2;
      share += surviving * ends("happened") / exposed;
      surviving *= 1 - ends("happened") / exposed;
      left -= ends("happened") + ends("not_followed") + ends("not_yet");
    }
    return share;
  };
  double const enough = share_at_36("30");
  EXPECT_NEAR(enough, 0.1431, 0.006);
  EXPECT_NEAR(share_at_36("4"), enough, 0.02);
}

TEST(Events, BeginWithAMeasure) {
  RunResult const result =
      run_of(model_with(0.8, 0, 0), outside_all,
             "measures:\n  - {name: course, who: {state: outside}, found_after: {median: 3 months}, lasts: {median: 6 "
             "months}}\nevents: {job: {since: {measure: course}, comes_to: work, within: 3 years}}\n");
  double const begun = sum(result, "event_persons");
  double const share = happened(result, 12) / begun;
  double const expected = 1 - std::exp(-0.8);
  EXPECT_NEAR(share, expected, 0.01);
}

TEST(Events, OfJoiningAreOfThoseWhoComeLater) {
  support::TempFolder const folder;
  folder.write("entrants.csv", "year;count\n2026;300\n2027;200\n");
  auto const world = support::make_world(
      folder, model_with(1, 0, 0),
      "start: 2025-01-01\nyears: 4\nseed: 3\npopulation: {persons: 100, state: outside, age: 20}\ndemography: "
      "{entrants: {file: entrants.csv, state: "
      "outside, age: 18}}\nevents: {job: {since: joining, comes_to: work}, old: {since: run, comes_to: work}}\n");
  RunResult const result = world.run();
  EXPECT_EQ(sum(result, "event_persons", {{"event", "job"}}), 500);
  EXPECT_EQ(sum(result, "event_persons", {{"event", "old"}}), 100);
}

TEST(Events, AreTheSameForAnyNumberOfThreads) {
  auto const world = support::make_world(
      model_with(1, 0.5, 0.1),
      "start: 2025-01-01\nyears: 4\nseed: 3\npopulation: {persons: 3000, state: outside}\n"
      "scores: {soc: {range: [13, 91], level: {mean: 50, sd: 9}, wanders: {sd: 3, half_life: 1 year}, error: {sd: 4}, "
      "states: {work: 3}, moves: {half_life: 2 months}, assumed: true}}\n"
      "waves: {f: {since: run, at: [start, 6 months, 2 years]}}\nevents: {job: {since: run, comes_to: work}}\n");
  EXPECT_TRUE(support::same_numbers(world.run(1, 10'000), world.run(3, 7)));
}

}  // namespace
}  // namespace utvei
