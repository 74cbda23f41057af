// SPDX-License-Identifier: Apache-2.0
#include <utvei/cohort/expected_occupation.hpp>

#include <algorithm>

namespace utvei {

std::vector<Instant> calendar_years(RunPlan const& plan) {
  std::vector<Instant> years{plan.start};
  for (int year = year_of(plan.start) + 1; start_of_year(year) < plan.end; ++year) years.push_back(start_of_year(year));
  years.push_back(plan.end);
  return years;
}

std::vector<Passage> passages_of(RunPlan const& plan) {
  std::vector<Passage> passages(plan.transition_count);
  for (StateId const state : ids_of(plan.states))
    for (Exit const& exit : plan.states[state].exits)
      passages[exit.transition.value()] = {state, exit.to, Cause::transition, exit.transition};
  for (StateId const state : ids_of(plan.states)) {
    for (Rule const& rule : plan.states[state].rules) {
      for (auto const& ways : rule.ways) {
        for (Rule::Way const& way : ways) {
          Passage const passage{state, way.to, rule.cause, {}};
          if (std::ranges::find(passages, passage) == passages.end()) passages.push_back(passage);
        }
      }
    }
  }
  return passages;
}

}  // namespace utvei
