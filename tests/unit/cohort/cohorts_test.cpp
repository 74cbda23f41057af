// SPDX-License-Identifier: Apache-2.0
// Who moves alike, and who comes when.
#include "../engine/rich_world.hpp"
#include "expect.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double people_in(Cohort const& cohort) {
  return std::accumulate(cohort.starts.begin(), cohort.starts.end(), 0.0,
                         [](double sum, Cohort::Start const& start) { return sum + start.people; });
}

TEST(Cohorts, HoldEverybodyOnce) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  auto const cohorts = group_people(plan, world.people);
  // Three regions, two sexes, five ages; five states, three lengths of time.
  EXPECT_EQ(cohorts.size(), 30U);
  double sum = 0;
  for (Cohort const& cohort : cohorts) {
    EXPECT_LE(cohort.starts.size(), 15U);
    EXPECT_EQ(cohort.start, plan.start);
    sum += people_in(cohort);
  }
  EXPECT_EQ(sum, 3000);
}

TEST(Cohorts, ShareTheMeanBirthOfAStretch) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  auto const exact = group_people(plan, world.people);
  auto const coarse = group_people(plan, world.people, duration_of_years(1000));
  // They were born before and after 1970, where one stretch ends.
  EXPECT_EQ(coarse.size(), 2 * plan.profiles.size());
  double births = 0;
  double mean_births = 0;
  for (Cohort const& cohort : exact) births += static_cast<double>(cohort.birth.minutes) * people_in(cohort);
  for (Cohort const& cohort : coarse) mean_births += static_cast<double>(cohort.birth.minutes) * people_in(cohort);
  EXPECT_NEAR(births, mean_births, 1e-9 * std::abs(births) + 3000);
}

TEST(Cohorts, ComeIntoTheRunWhenTheyStart) {
  // Two years late, at a state with a limit of one year.
  auto const world = support::make_world(
      "utvei: model/1\nname: late\nstates:\n  sick: {limit: {after: 1 year, to: {out: 1}}}\n  out: {absorbing: true}\n"
      "  well: {absorbing: true}\ntransitions:\n  - {from: sick, to: well, rate_per_year: 0.4}\n",
      "start: 2025-01-01\nyears: 5\nbreakdowns: [[state]]\npopulation: {persons: 10, state: sick}\n");
  RunPlan const plan = expect::plan_of(world);
  Instant const entry = expect::after_years(plan, 2);
  Cohort const late{0, {}, entry, {{StateId{0}, {}, 40}}};
  OccupationQuery const query{{expect::after_years(plan, 1.9), entry, expect::after_years(plan, 3)},
                              {plan.start, entry, expect::after_years(plan, 4)}};
  auto const result = expected_occupation(plan, {late}, query, {}, {});
  EXPECT_EQ(expect::people(result, 0, StateId{0}), 0);
  EXPECT_EQ(expect::people(result, 1, StateId{0}), 40);
  EXPECT_NEAR(expect::people(result, 2, StateId{1}), 40 * std::exp(-0.4), 1e-9);
  EXPECT_EQ(expect::person_years(result, 0, StateId{0}), 0);
  EXPECT_NEAR(expect::person_years(result, 1, StateId{0}), 40 * (1 - std::exp(-0.4)) / 0.4, 1e-9);
}

TEST(Cohorts, GiveTheSameBytesForAnyNumberOfThreads) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  auto cohorts = group_people(plan, world.people);
  // Enough of one profile for several chunks.
  for (int i = 0; i < 100; ++i) {
    Cohort cohort = cohorts[static_cast<std::size_t>(i % 7)];
    cohort.birth.minutes += 1000 * i;
    cohorts.push_back(cohort);
  }
  OccupationQuery const query{{plan.end}, calendar_years(plan), {duration_of_years(40)}};
  std::vector<RateOffset> const offsets{{{TransitionId{2}}, {}, everything, everything, 0.1}};
  CohortOptions options;
  options.derivatives = Derivatives::by_offset;
  options.threads = 1;
  auto const one = expected_occupation(plan, cohorts, query, offsets, options);
  for (std::size_t const threads : {2U, 3U, 7U}) {
    options.threads = threads;
    auto const several = expected_occupation(plan, cohorts, query, offsets, options);
    EXPECT_EQ(several.expected, one.expected);
    EXPECT_EQ(several.derivatives, one.derivatives);
  }
}

TEST(Cohorts, StopWhenTheyAreTold) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  StopFlag const stop{true};
  CohortOptions options;
  options.stop = &stop;
  EXPECT_THROW((void)expected_occupation(plan, group_people(plan, world.people), {{plan.end}, {}}, {}, options),
               Interrupted);
}

}  // namespace
}  // namespace utvei
