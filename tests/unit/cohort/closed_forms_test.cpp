// SPDX-License-Identifier: Apache-2.0
// The equations against what can be written down.
#include "expect.hpp"
#include "support/matrix_exponential.hpp"

#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::World;

std::string sick_model(std::string const& limit, std::string const& more = "") {
  return "utvei: model/1\nname: sick\nstates:\n  sick: {limit: " + limit +
         "}\n  aap: {absorbing: true}\n  unknown: {absorbing: true}\n  work: {absorbing: true}\n" +
         "transitions:\n  - {from: sick, to: work, rate_per_year: 0.8}\n" + more;
}
std::string sick_scenario(std::string const& population, std::string const& more = "") {
  return "start: 2025-01-01\nyears: 5\nbreakdowns: [[state]]\npopulation: {persons: 1000, state: sick, " + population +
         "}\n" + more;
}
constexpr StateId sick{0}, aap{1}, unknown{2}, work{3};

TEST(CohortClosedForms, W1HasTheYearsAndPassagesOfTheMatrixExponential) {
  World const world =
      support::read_world((std::filesystem::path{UTVEI_SOURCE_DIR} / "bench" / "w1" / "w1.yaml").string());
  RunPlan const plan = expect::plan_of(world);
  support::Matrix q = support::zeros(plan.states.size());
  for (Transition const& transition : world.scenario.model.transitions) {
    q[transition.from.value()][transition.to.value()] += *transition.rate_per_year;
    q[transition.from.value()][transition.from.value()] -= *transition.rate_per_year;
  }
  Instant const middle = expect::after_years(plan, 17.3);
  auto const result =
      expect::solve(world, {{middle, plan.end}, {plan.start, plan.end}}, expect::with_step({minutes_per_year / 2}));
  auto const persons = static_cast<double>(world.people.size());
  double const years = in_years(plan.end - plan.start);
  auto const at_middle = support::matrix_exponential(q, in_years(middle - plan.start));
  for (StateId const state : ids_of(plan.states)) {
    double const exact = support::time_in_state(q, 0, state.value(), years).mean;
    EXPECT_NEAR(expect::person_years(result, 0, state) / persons, exact, 1e-9 * exact);
    EXPECT_NEAR(expect::people(result, 0, state) / persons, at_middle[0][state.value()], 1e-10);
    for (Exit const& exit : plan.states[state].exits) {
      double const events = exact * q[state.value()][exit.to.value()];
      EXPECT_NEAR(expect::passages(result, 0, state, exit.to) / persons, events, 1e-9 * events);
    }
  }
}

TEST(CohortClosedForms, ALimitTakesWhoIsStillThereAndSparesItsShare) {
  World const world = support::make_world(sick_model("{after: 52 weeks, stay: 0.6, to: {aap: 0.65, unknown: 0.35}}"),
                                          sick_scenario("time_in_state: 0 days"));
  RunPlan const plan = expect::plan_of(world);
  double const limit = 52.0 * minutes_per_week / minutes_per_year;
  Instant const at_limit = plan.start + Duration{52 * minutes_per_week};
  auto const result =
      expect::solve(world, {{at_limit - Duration{1}, at_limit, expect::after_years(plan, 3)}, {plan.start, plan.end}});
  double const reach = 1000 * std::exp(-0.8 * limit);
  EXPECT_NEAR(expect::people(result, 0, sick), reach * std::exp(0.8 / minutes_per_year), 1e-8);
  EXPECT_NEAR(expect::people(result, 1, sick), 0.6 * reach, 1e-8);
  EXPECT_NEAR(expect::people(result, 1, aap), 0.4 * 0.65 * reach, 1e-8);
  EXPECT_NEAR(expect::people(result, 2, sick), 0.6 * 1000 * std::exp(-0.8 * 3), 1e-8);
  EXPECT_NEAR(expect::passages(result, 0, sick, unknown), 0.4 * 0.35 * reach, 1e-8);
  double const years = in_years(plan.end - plan.start);
  double const stay = (1000 - reach + 0.6 * (reach - 1000 * std::exp(-0.8 * years))) / 0.8;
  EXPECT_NEAR(expect::person_years(result, 0, sick), stay, 1e-8);
  EXPECT_NEAR(expect::passages(result, 0, sick, work), 0.8 * stay, 1e-8);
}

TEST(CohortClosedForms, WhoHasBeenThereForAWhileComesToTheLimitSooner) {
  // A third each: 12 weeks left, at the limit, over it.
  World const world = support::make_world(sick_model("{after: 52 weeks, to: {aap: 0.5, unknown: 0.5}}"),
                                          sick_scenario("time_in_state: {40 weeks: 1, 52 weeks: 1, 60 weeks: 1}"));
  RunPlan const plan = expect::plan_of(world);
  auto const cohorts = group_people(plan, world.people);
  ASSERT_EQ(cohorts.size(), 1U);
  ASSERT_EQ(cohorts[0].starts.size(), 3U);
  double const with_forty = cohorts[0].starts[0].people;
  Instant const first_minute = plan.start + Duration{1};
  Instant const due = plan.start + Duration{12 * minutes_per_week};
  auto const result = expect::solve(world, {{plan.start, first_minute, due}, {plan.start, first_minute, plan.end}});
  EXPECT_NEAR(expect::people(result, 0, sick), 1000, 1e-9);
  EXPECT_NEAR(expect::people(result, 1, sick), with_forty, 1e-2);
  EXPECT_NEAR(expect::passages(result, 0, sick, aap), (1000 - with_forty) / 2, 1e-9);
  EXPECT_NEAR(expect::people(result, 2, sick), 0, 1e-9);
  EXPECT_NEAR(expect::passages(result, 1, sick, aap),
              with_forty / 2 * std::exp(-0.8 * 12 * minutes_per_week / minutes_per_year), 1e-8);
}

TEST(CohortClosedForms, ManyLengthsOfTimeComeToTheLimitEachOnItsDay) {
  // 364 people, one more day each: everybody comes to the limit on a day of their own.
  World const world = support::make_world(sick_model("{after: 52 weeks, to: {aap: 0.5, unknown: 0.5}}"),
                                          sick_scenario("time_in_state: 0 days"));
  RunPlan const plan = expect::plan_of(world);
  Cohort cohort{0, {}, plan.start, {}};
  double at_limit = 0;
  double years = 0;
  for (int days = 0; days < 364; ++days) {
    cohort.starts.push_back({sick, {days * minutes_per_day}, 1});
    double const left = in_years({(364 - days) * minutes_per_day});
    at_limit += std::exp(-0.8 * left);
    years += (1 - std::exp(-0.8 * left)) / 0.8;
  }
  auto const result = expected_occupation(plan, {cohort}, {{plan.end}, {plan.start, plan.end}}, {}, {});
  EXPECT_NEAR(expect::passages(result, 0, sick, aap), at_limit / 2, 1e-6);
  EXPECT_NEAR(expect::person_years(result, 0, sick), years, 1e-6);
  EXPECT_NEAR(expect::people(result, 0, sick), 0, 1e-6);
}

constexpr std::string_view working_model =
    "utvei: model/1\nname: working\nstates:\n  work: {ends_at_age: {age: 67, to: {retired: 0.9, home: 0.1}}}\n"
    "  sick: {}\n  home: {}\n  retired: {absorbing: true}\n  dead: {absorbing: true}\ntransitions:\n"
    "  - {from: work, to: sick, rate_per_year: 0.3}\n  - {from: sick, to: work, rate_per_year: 1.2}\n"
    "  - {from: sick, to: dead, rate_per_year: 0.1}\n  - {from: home, to: dead, rate_per_year: 0.2}\n";

TEST(CohortClosedForms, AnAgeEndsAStateForThoseInItAndForThoseWhoComeLater) {
  World const world = support::make_world(working_model,
                                          "start: 2025-01-01\nyears: 4\nbreakdowns: [[state]]\n"
                                          "population: {persons: 100, state: work, age: 65.5}\n");
  RunPlan const plan = expect::plan_of(world);
  Instant const birthday = expect::after_years(plan, 1.5);
  auto const result = expect::solve(
      world, {{birthday - Duration{1}, birthday, expect::after_years(plan, 3)}, {plan.start, birthday, plan.end}});
  support::Matrix q{{-0.3, 0.3, 0}, {1.2, -1.3, 0.1}, {0, 0, 0}};
  auto const before = support::matrix_exponential(q, 1.5);
  double const working = 100 * before[0][0];
  double const ill = 100 * before[0][1];
  EXPECT_NEAR(expect::people(result, 0, StateId{0}), working, 1e-4);
  EXPECT_EQ(expect::people(result, 1, StateId{0}), 0);
  EXPECT_NEAR(expect::people(result, 1, StateId{3}), 0.9 * working, 1e-9);
  EXPECT_NEAR(expect::people(result, 1, StateId{1}), ill, 1e-9);
  EXPECT_NEAR(expect::passages(result, 0, StateId{0}, StateId{3}), 0.9 * working, 1e-9);
  // Later the ill go on to work, and leave it in the same minute.
  double const back = ill * 1.2 / 1.3 * (1 - std::exp(-1.3 * 1.5));
  EXPECT_NEAR(expect::people(result, 2, StateId{0}), 0, 1e-9);
  EXPECT_NEAR(expect::people(result, 2, StateId{3}), 0.9 * (working + back), 1e-9);
  double const rest = in_years(plan.end - birthday);
  EXPECT_NEAR(expect::passages(result, 1, StateId{0}, StateId{3}), 0.9 * ill * 1.2 / 1.3 * (1 - std::exp(-1.3 * rest)),
              1e-9);
}

TEST(CohortClosedForms, ChangesHoldForTheirSpanOfTheCalendar) {
  World const world = support::make_world(
      sick_model("{after: 4 years, to: {aap: 0.75, unknown: 0.25}}"),
      sick_scenario("time_in_state: 0 days",
                    "changes:\n  - {transition: sick -> work, hazard_ratio: 3, from: 2026-02-03, to: 2026-11-16}\n"));
  RunPlan const plan = expect::plan_of(world);
  double const changed = in_years(*date(2026, 11, 16) - *date(2026, 2, 3));
  auto const result = expect::solve(world, {{expect::after_years(plan, 3), expect::after_years(plan, 4)}, {}});
  EXPECT_NEAR(expect::people(result, 0, sick), 1000 * std::exp(-0.8 * (3 + 2 * changed)), 1e-8);
  EXPECT_NEAR(expect::people(result, 1, aap), 750 * std::exp(-0.8 * (4 + 2 * changed)), 1e-8);
}

TEST(CohortClosedForms, ALimitHoldsWhileItIsInForceAndFindsWhoIsOverItOnTheFirstDay) {
  World const world = support::make_world(
      sick_model(
          "{after: 1 year, stay: 0.25, to: {aap: 0.5, unknown: 0.5}, valid: {from: 2027-01-01, to: 2028-01-01}}"),
      sick_scenario("time_in_state: {0 days: 1, 1.5 years: 1}"));
  RunPlan const plan = expect::plan_of(world);
  Instant const begins = date(2027, 1, 1).value();
  double const there = 1000 * std::exp(-0.8 * in_years(begins - plan.start));
  auto const result =
      expect::solve(world, {{begins - Duration{1}, begins, plan.end}, {plan.start, begins - Duration{1}, plan.end}});
  EXPECT_NEAR(expect::people(result, 0, sick), there, 1e-2);
  EXPECT_NEAR(expect::people(result, 1, sick), 0.25 * there, 1e-8);
  EXPECT_NEAR(expect::people(result, 1, aap), 0.375 * there, 1e-8);
  EXPECT_EQ(expect::passages(result, 0, sick, aap), 0);
  EXPECT_NEAR(expect::people(result, 2, sick), 250 * std::exp(-0.8 * in_years(plan.end - plan.start)), 1e-8);
}

TEST(CohortClosedForms, ALimitHoldsForThoseWhoEnteredInItsTime) {
  // Entered before 2025: two years; after: one.
  World const world = support::make_world(
      sick_model("[{after: 2 years, to: {aap: 1}, entered: {to: 2025-01-01}}, {after: 1 year, to: {unknown: 1}, "
                 "entered: {from: 2025-01-01}}]"),
      sick_scenario("time_in_state: {0 days: 1, 0.5 years: 1, 3 years: 1}"));
  RunPlan const plan = expect::plan_of(world);
  auto const cohorts = group_people(plan, world.people);
  ASSERT_EQ(cohorts[0].starts.size(), 3U);
  auto const result = expect::solve(world, {{plan.end}, {plan.start, plan.end}});
  EXPECT_NEAR(expect::passages(result, 0, sick, unknown), cohorts[0].starts[0].people * std::exp(-0.8), 1e-8);
  EXPECT_NEAR(expect::passages(result, 0, sick, aap),
              cohorts[0].starts[1].people * std::exp(-1.2) + cohorts[0].starts[2].people, 1e-8);
}

TEST(CohortClosedForms, ALimitSparesWhomItHadPassedBefore) {
  World const world = support::make_world(sick_model("{after: 52 weeks, to: {aap: 0.5, unknown: 0.5}}"),
                                          sick_scenario("time_in_state: {40 weeks: 1, 60 weeks: 1}"));
  RunPlan plan = expect::plan_of(world);
  plan.spared_until = plan.start - Duration{minutes_per_day};
  auto const cohorts = group_people(plan, world.people);
  Instant const after = expect::after_years(plan, 2);
  auto const result = expected_occupation(plan, cohorts, {{after}, {}}, {}, {});
  EXPECT_NEAR(expect::people(result, 0, sick), cohorts[0].starts[1].people * std::exp(-1.6), 1e-8);
}

}  // namespace
}  // namespace utvei
