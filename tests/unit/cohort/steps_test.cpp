// SPDX-License-Identifier: Apache-2.0
// Convergence as steps get shorter, and the error that is told.
#include "../engine/rich_world.hpp"
#include "expect.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double farthest(std::vector<double> const& a, std::vector<double> const& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

/// A limit and bands at lengths of time that no step divides, of states that people enter at a rate.
support::World round_and_round() {
  support::TempFolder const folder;
  folder.write("rates.csv",
               "from;to;days_from;days_to;rate_per_year\nsick;work;0;56.3;6.2\nsick;work;56.3;;1.5\n"
               "aap;work;0;360.9;0.2\naap;work;360.9;;0.4\nwork;sick;0;181.7;1.4\nwork;sick;181.7;;0.8\n");
  return support::make_world(
      folder,
      "utvei: model/1\nname: round\nstates:\n  work: {}\n"
      "  sick: {limit: {after: 291.4 days, to: {aap: 0.8, work: 0.2}}}\n"
      "  aap: {limit: {after: 803.2 days, stay: 0.3, to: {work: 1}}}\n"
      "transitions:\n  - {from: work, to: sick, rates: rates.csv}\n"
      "  - {from: sick, to: work, rates: rates.csv}\n  - {from: aap, to: work, rates: rates.csv}\n",
      "start: 2025-01-01\nyears: 10\nbreakdowns: [[state]]\n"
      "population: {persons: 1000, state: work}\n");
}

std::vector<double> people_with_step(support::World const& world, double days) {
  RunPlan const plan = expect::plan_of(world);
  OccupationQuery query;
  for (int i = 1; i < 40; ++i) query.times.push_back(expect::after_years(plan, 0.237 * i));
  auto const step = static_cast<std::int64_t>(days * minutes_per_day);
  return expect::solve(world, query, expect::with_step({step})).expected.people;
}

TEST(CohortSteps, ConvergeWithTheThirdPowerOfTheStep) {
  auto const world = round_and_round();
  auto const exact = people_with_step(world, 0.5);
  double const coarse = farthest(people_with_step(world, 56), exact);
  double const middle = farthest(people_with_step(world, 14), exact);
  double const fine = farthest(people_with_step(world, 3.5), exact);
  EXPECT_LT(coarse, 0.1);  // of 1,000 people, with steps as long as the first band of `sick`
  EXPECT_GT(std::log2(coarse / fine) / 4, 2.5);
  EXPECT_LT(middle, coarse / 16);
}

TEST(CohortSteps, TellMoreThanTheirError) {
  auto const world = round_and_round();
  RunPlan const plan = expect::plan_of(world);
  OccupationQuery query{{}, calendar_years(plan), {}};
  for (int i = 1; i < 40; ++i) query.times.push_back(expect::after_years(plan, 0.237 * i));
  CohortOptions options = expect::with_step({56 * minutes_per_day});
  options.step_error = StepError::by_halving;
  auto const told = expect::solve(world, query, options);
  auto const exact = expect::solve(world, query, expect::with_step({minutes_per_day / 2}));
  ASSERT_TRUE(told.step_error.has_value());
  auto const largest = [](std::vector<double> const& numbers) { return std::ranges::max(numbers); };
  EXPECT_LT(farthest(told.expected.people, exact.expected.people), largest(told.step_error->people));
  EXPECT_LT(farthest(told.expected.person_years, exact.expected.person_years), largest(told.step_error->person_years));
  EXPECT_LT(farthest(told.expected.passages, exact.expected.passages), largest(told.step_error->passages));
  EXPECT_LT(largest(told.step_error->people), 0.1);
}

TEST(CohortSteps, KeepEverybody) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  OccupationQuery const query{calendar_years(plan), calendar_years(plan), {}};
  auto const result = expect::solve(world, query);
  double years = 0;
  for (std::size_t time = 0; time < result.times; ++time) {
    double people = 0;
    for (StateId const state : ids_of(plan.states)) people += expect::people(result, time, state);
    EXPECT_NEAR(people, 3000, 1e-8);
  }
  for (std::size_t period = 0; period < result.periods; ++period)
    for (StateId const state : ids_of(plan.states)) years += expect::person_years(result, period, state);
  EXPECT_NEAR(years, 3000 * in_years(plan.end - plan.start), 1e-6);
  // Who enters a state less who leaves it is the change of people in it.
  for (StateId const state : ids_of(plan.states)) {
    double change = 0;
    for (std::size_t i = 0; i < result.periods; ++i) {
      for (StateId const other : ids_of(plan.states))
        change += expect::passages(result, i, other, state) - expect::passages(result, i, state, other);
    }
    EXPECT_NEAR(change, expect::people(result, result.times - 1, state) - expect::people(result, 0, state), 1e-7);
  }
}

TEST(CohortSteps, MayBeLongerThanABand) {
  // A band of one day after the first, and then a limit.
  support::TempFolder const folder;
  folder.write("rates.csv",
               "from;to;days_from;days_to;rate_per_year\nsick;work;0;100;1\nsick;work;100;101;40\nsick;work;101;;2\n");
  auto const world = support::make_world(
      folder,
      "utvei: model/1\nname: narrow\nstates: {well: {}, sick: {limit: {after: 102 days, to: {out: 1}}}, work: "
      "{absorbing: true}, out: {absorbing: true}}\ntransitions:\n  - {from: well, to: sick, rate_per_year: 0.5}\n"
      "  - {from: sick, to: work, rates: rates.csv}\n",
      "start: 2025-01-01\nyears: 4\nbreakdowns: [[state]]\npopulation: {persons: 1000, state: well}\n");
  RunPlan const plan = expect::plan_of(world);
  double const day = in_years({minutes_per_day});
  double const years = in_years(plan.end - plan.start);
  auto const result =
      expect::solve(world, {{plan.end}, {plan.start, plan.end}}, expect::with_step({60 * minutes_per_day}));
  // Who became sick 102 days before the end is out, unless taken on the way.
  double const became = 1000 * (1 - std::exp(-0.5 * (years - 102 * day)));
  EXPECT_NEAR(expect::people(result, 0, StateId{3}), became * std::exp(-100 * day - 40 * day - 2 * day), 1e-4);
}

TEST(CohortSteps, AreShortWhereIntensitiesAreHigh) {
  // People change between two states eight times a day, and now and then fall ill for thirty days.
  auto const world = support::make_world(
      "utvei: model/1\nname: busy\nstates: {day: {}, night: {}, ill: {limit: {after: 30 days, to: {day: 1}}}}\n"
      "transitions:\n  - {from: day, to: night, rate_per_year: 3000}\n  - {from: night, to: day, rate_per_year: 1500}\n"
      "  - {from: night, to: ill, rate_per_year: 1.5}\n",
      "start: 2025-01-01\nyears: 2\nbreakdowns: [[state]]\npopulation: {persons: 1000, state: day}\n");
  RunPlan const plan = expect::plan_of(world);
  StateId const day{0}, night{1}, ill{2};
  Duration const stay{30 * minutes_per_day};
  auto const result = expect::solve(world, {{plan.end}, {plan.start, plan.end - stay, plan.end}});
  double const fell_ill = expect::passages(result, 0, night, ill);
  double const last_ill = expect::passages(result, 1, night, ill);
  EXPECT_NEAR(expect::passages(result, 0, ill, day) + expect::passages(result, 1, ill, day), fell_ill, 1e-6 * fell_ill);
  EXPECT_NEAR(expect::people(result, 0, ill), last_ill, 1e-6 * last_ill);
  EXPECT_NEAR(expect::people(result, 0, night) / expect::people(result, 0, day), 2, 2e-3);
}

}  // namespace
}  // namespace utvei
