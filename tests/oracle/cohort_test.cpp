// SPDX-License-Identifier: Apache-2.0
// The cohort equations against closed forms: a Markov chain of four states, and a semi-Markov process with limits.
#include "closed_form_worlds.hpp"
#include "support/oracle.hpp"

#include <utvei/cohort/expected_occupation.hpp>

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

RunPlan compiled(support::World const& world) {
  Diagnostics diagnostics;
  RunPlan plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

/// One person who starts in a state of the only profile.
std::vector<Cohort> one_in(RunPlan const& plan, StateId state) {
  return {{0, {}, plan.start, {{state, {}, 1}}}};
}

TEST(CohortOracle, FourStatesHaveTheProbabilitiesAndExpectedTimesOfTheMatrixExponential) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  auto const world = support::make_world(four_states_model(data),
                                         "start: 2025-01-01\nyears: 11\nbreakdowns: [[state]]\n"
                                         "population: {persons: 1, state: education}\n");
  RunPlan const plan = compiled(world);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_ctmc4_P_and_occupancy.csv")) {
    auto const until = plan.start + Duration{static_cast<std::int64_t>(support::number(row, "t")) * minutes_per_month};
    auto const result = expected_occupation(plan, one_in(plan, StateId{state_of(row.at("from"))}),
                                            {{until}, {plan.start, until}}, {}, {});
    auto const at = result.at(0, 0, 0, StateId{state_of(row.at("state"))});
    EXPECT_NEAR(result.expected.people[at], support::number(row, "P"), 1e-11);
    EXPECT_NEAR(12 * result.expected.person_years[at], support::number(row, "expected_time"), 1e-9);
    ++compared;
  }
  EXPECT_EQ(compared, 64);
}

TEST(CohortOracle, FourStatesHaveTheExpectedTransitions) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  auto const world = support::make_world(four_states_model(data),
                                         "start: 2025-01-01\nyears: 11\nbreakdowns: [[state]]\n"
                                         "population: {persons: 1, state: education}\n");
  RunPlan const plan = compiled(world);
  Instant const until = plan.start + Duration{60 * minutes_per_month};
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_ctmc4_expected_transitions.csv")) {
    auto const result =
        expected_occupation(plan, one_in(plan, StateId{state_of(row.at("start"))}), {{}, {plan.start, until}}, {}, {});
    for (std::size_t i = 0; i < result.passages.size(); ++i) {
      if (result.passages[i].from.value() != state_of(row.at("from")) ||
          result.passages[i].to.value() != state_of(row.at("to")))
        continue;
      EXPECT_NEAR(result.expected.passages[result.passage_at(0, 0, 0, i)],
                  support::number(row, "expected_transitions_60m"), 1e-10);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 12);
}

TEST(CohortOracle, LimitsHaveTheTransientShares) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  auto const world =
      semi_markov("start: 2025-01-01\nyears: 10\nbreakdowns: [[state]]\npopulation: {persons: 1, state: Work}\n");
  RunPlan const plan = compiled(world);
  OccupationQuery query;
  auto const rows = support::read_csv(data / "ref_semimarkov_limits_transient.csv");
  for (auto const& row : rows)
    query.times.push_back(plan.start +
                          Duration{static_cast<std::int64_t>(support::number(row, "week")) * minutes_per_week});
  auto const result = expected_occupation(plan, one_in(plan, StateId{0}), query, {}, {});
  ASSERT_EQ(rows.size(), 5U);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (StateId const state : ids_of(plan.states))
      EXPECT_NEAR(result.expected.people[result.at(i, 0, 0, state)],
                  support::number(rows[i], world.scenario.model.states[state].name), 2e-6)
          << rows[i].at("week") << " " << world.scenario.model.states[state].name;
}

TEST(CohortOracle, LimitsHaveTheLongRunShares) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  auto const world =
      semi_markov("start: 2000-01-01\nyears: 150\nbreakdowns: [[state]]\npopulation: {persons: 1, state: Work}\n");
  RunPlan const plan = compiled(world);
  auto const result = expected_occupation(plan, one_in(plan, StateId{0}), {{plan.end}, {}}, {}, {});
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_semimarkov_limits_longrun.csv")) {
    StateId const state = world.scenario.model.state(row.at("state")).value();
    // The matrix of the oracle is exact; what is left is how the start is forgotten, and rates as whole units.
    EXPECT_NEAR(result.expected.people[result.at(0, 0, 0, state)], support::number(row, "longrun_share"), 1e-8)
        << row.at("state");
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

}  // namespace
}  // namespace utvei
