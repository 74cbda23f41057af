// SPDX-License-Identifier: Apache-2.0
// What the equations say of a world, and what its simulation counted.
#pragma once

#include "support/world.hpp"

#include <utvei/cohort/expected_occupation.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace utvei::expect {

inline RunPlan plan_of(support::World const& world) {
  Diagnostics diagnostics;
  RunPlan plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

/// A moment of the run, in years of 365.25 days.
inline Instant after_years(RunPlan const& plan, double years) {
  return plan.start + duration_of_years(years);
}

/// The sum over ages and profiles.
inline double people(ExpectedOccupation const& result, std::vector<double> const& numbers, std::size_t slice,
                     StateId state) {
  double sum = 0;
  for (std::size_t group = 0; group < result.age_groups; ++group)
    for (std::uint32_t profile = 0; profile < result.profiles; ++profile)
      sum += numbers[result.at(slice, group, profile, state)];
  return sum;
}

inline double people(ExpectedOccupation const& result, std::size_t time, StateId state) {
  return people(result, result.expected.people, time, state);
}
inline double person_years(ExpectedOccupation const& result, std::size_t period, StateId state) {
  return people(result, result.expected.person_years, period, state);
}

/// By any cause, over ages and profiles.
inline double passages(ExpectedOccupation const& result, std::size_t period, StateId from, StateId to) {
  double sum = 0;
  for (std::size_t i = 0; i < result.passages.size(); ++i) {
    if (result.passages[i].from != from || result.passages[i].to != to) continue;
    for (std::size_t group = 0; group < result.age_groups; ++group)
      for (std::uint32_t profile = 0; profile < result.profiles; ++profile)
        sum += result.expected.passages[result.passage_at(period, group, profile, i)];
  }
  return sum;
}

inline CohortOptions with_step(Duration step) {
  CohortOptions options;
  options.step = step;
  options.threads = 1;
  return options;
}

/// Of all people of the world.
inline ExpectedOccupation solve(support::World const& world, OccupationQuery const& query,
                                CohortOptions const& options = {}) {
  RunPlan const plan = plan_of(world);
  return expected_occupation(plan, group_people(plan, world.people), query, {}, options);
}

}  // namespace utvei::expect
