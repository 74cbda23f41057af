// SPDX-License-Identifier: Apache-2.0
// Derivatives in offsets of log intensities against central differences, and what an offset means.
#include "../engine/rich_world.hpp"
#include "expect.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Two offsets that meet, some for a region, an age and a span of time, more than are carried at once.
std::vector<RateOffset> offsets_of(support::World const& world, RunPlan const& plan) {
  Model const& model = world.scenario.model;
  auto const named = [&](std::string const& name) { return model.transition(name).value(); };
  auto const north = profiles_within(plan.profiles, model.regions, model.regions.find("nord").value());
  Span const years{date(2026, 5, 1)->minutes, date(2029, 2, 3)->minutes};
  Span const young{0, 40 * minutes_per_year};
  std::vector<RateOffset> offsets{
      {{named("work -> sick_leave"), named("unknown -> aap")}, {}, everything, everything, 0.2},
      {{named("work -> sick_leave")}, north, everything, years, -0.3},
      {{named("sick_leave -> work")}, {}, young, everything, 0.1},
      {{named("school -> work")}, north, young, years, 0}};
  for (Transition const& transition : model.transitions)
    offsets.push_back({{named(transition.name)}, {}, everything, everything, 0});
  return offsets;
}

OccupationQuery query_of_everything(RunPlan const& plan) {
  return {{date(2027, 1, 1).value(), date(2031, 11, 16).value(), plan.end},
          calendar_years(plan),
          {duration_of_years(30), duration_of_years(62)}};
}

void expect_equal(std::vector<double> const& slope, std::vector<double> const& up, std::vector<double> const& down,
                  double width, std::string const& what) {
  ASSERT_EQ(slope.size(), up.size());
  double const most = std::abs(*std::ranges::max_element(slope, {}, [](double x) { return std::abs(x); }));
  for (std::size_t i = 0; i < slope.size(); ++i)
    ASSERT_NEAR(slope[i], (up[i] - down[i]) / (2 * width), 1e-6 * (1 + most)) << what << " " << i;
}

TEST(CohortDerivatives, AreThoseOfCentralDifferences) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  auto const cohorts = group_people(plan, world.people);
  auto const offsets = offsets_of(world, plan);
  auto const query = query_of_everything(plan);
  CohortOptions options = expect::with_step({minutes_per_month});
  auto const values = expected_occupation(plan, cohorts, query, offsets, options);
  options.derivatives = Derivatives::by_offset;
  auto const result = expected_occupation(plan, cohorts, query, offsets, options);
  ASSERT_EQ(result.derivatives.size(), offsets.size());
  ASSERT_EQ(offsets.size(), 12U);
  for (std::size_t i = 0; i < values.expected.people.size(); ++i)
    ASSERT_NEAR(result.expected.people[i], values.expected.people[i], 1e-9);
  options.derivatives = Derivatives::none;
  constexpr double width = 1e-4;
  for (std::size_t p = 0; p < offsets.size(); ++p) {
    auto up = offsets;
    auto down = offsets;
    up[p].value += width;
    down[p].value -= width;
    auto const above = expected_occupation(plan, cohorts, query, up, options).expected;
    auto const below = expected_occupation(plan, cohorts, query, down, options).expected;
    std::string const what = "offset " + std::to_string(p);
    OccupationNumbers const& slope = result.derivatives[p];
    expect_equal(slope.people, above.people, below.people, width, what + " people");
    expect_equal(slope.person_years, above.person_years, below.person_years, width, what + " person-years");
    expect_equal(slope.passages, above.passages, below.passages, width, what + " passages");
    EXPECT_GT(std::ranges::max(slope.people), 1) << what;
  }
}

TEST(CohortDerivatives, AnOffsetDoesWhatAChangeOfAScenarioDoes) {
  auto const changed = rich::world(
      "changes:\n  - {transition: work -> sick_leave, hazard_ratio: 2, region: [nord], from: 2026-05-01, to: "
      "2029-02-03, age: {from: 18, to: 40}}\n");
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  RunPlan const changed_plan = expect::plan_of(changed);
  Model const& model = world.scenario.model;
  RateOffset const offset{{model.transition("work -> sick_leave").value()},
                          profiles_within(plan.profiles, model.regions, model.regions.find("nord").value()),
                          {18 * minutes_per_year, 40 * minutes_per_year},
                          {date(2026, 5, 1)->minutes, date(2029, 2, 3)->minutes},
                          std::log(2.0)};
  auto const query = query_of_everything(plan);
  auto const by_offset = expected_occupation(plan, group_people(plan, world.people), query, {offset}, {});
  auto const by_change = expected_occupation(changed_plan, group_people(changed_plan, changed.people), query, {}, {});
  auto const without = expected_occupation(plan, group_people(plan, world.people), query, {}, {});
  double most = 0;
  for (std::size_t i = 0; i < by_offset.expected.person_years.size(); ++i) {
    ASSERT_NEAR(by_offset.expected.person_years[i], by_change.expected.person_years[i], 1e-6);
    most = std::max(most, std::abs(by_offset.expected.person_years[i] - without.expected.person_years[i]));
  }
  EXPECT_GT(most, 1);
}

TEST(CohortDerivatives, AnOffsetOfNobodyIsNotOneOfEverybody) {
  auto const world = rich::world();
  RunPlan const plan = expect::plan_of(world);
  auto const cohorts = group_people(plan, world.people);
  OccupationQuery const query{{plan.end}, {}, {}};
  auto const with = [&](std::optional<std::vector<std::uint32_t>> const& profiles) {
    return expected_occupation(plan, cohorts, query, {{{TransitionId{0}}, profiles, everything, everything, 1}}, {});
  };
  auto const without = expected_occupation(plan, cohorts, query, {}, {});
  EXPECT_EQ(with(std::vector<std::uint32_t>{}).expected, without.expected);
  EXPECT_NE(with(std::nullopt).expected, without.expected);
}

TEST(CohortDerivatives, OfAClosedFormAreExact) {
  // One state with one way out: n e^(-λ t e^θ).
  auto const world = support::make_world(
      "utvei: model/1\nname: out\nstates: {in: {}, out: {absorbing: true}}\ntransitions:\n"
      "  - {from: in, to: out, rate_per_year: 0.7}\n",
      "start: 2025-01-01\nyears: 3\nbreakdowns: [[state]]\npopulation: {persons: 100, state: in}\n");
  RunPlan const plan = expect::plan_of(world);
  CohortOptions options;
  options.derivatives = Derivatives::by_offset;
  Instant const at = expect::after_years(plan, 2);
  auto const result = expected_occupation(plan, group_people(plan, world.people), {{at}, {plan.start, at}},
                                          {{{TransitionId{0}}, {}, everything, everything, 0.25}}, options);
  double const spent = 2 * 0.7 * std::exp(0.25);
  EXPECT_NEAR(result.expected.people[0], 100 * std::exp(-spent), 1e-10);
  EXPECT_NEAR(result.derivatives[0].people[0], -100 * spent * std::exp(-spent), 1e-10);
  EXPECT_NEAR(result.derivatives[0].passages[0], 100 * spent * std::exp(-spent), 1e-10);
}

}  // namespace
}  // namespace utvei
