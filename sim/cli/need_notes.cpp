// SPDX-License-Identifier: Apache-2.0
#include "need_notes.hpp"

#include <utvei/engine/follow.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int most_years_looked_at = 5;

/// Of all people of the start.
double share_in_work(Prepared const& prepared, RunPlan const& plan, Instant when, std::size_t threads) {
  Population const& people = *prepared.population;
  Model const& model = prepared.scenario.model;
  auto const where = follow(plan, people, RandomKey{prepared.scenario.seed, 0, 0}, {when}, threads, nullptr);
  double all = 0;
  double in_work = 0;
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (!is_there_at_start(people, PersonRow{row})) continue;
    all += 1;
    if (model.states[where[row]].group == "work") in_work += 1;
  }
  return all > 0 ? in_work / all : 0;
}

bool slows(Measure const& measure) {
  return measure.need &&
         std::ranges::any_of(measure.need->slows, [](Slowing const& one) { return one.ratio.mean != 1; });
}

}  // namespace

std::vector<std::string> notes_of_needs(Prepared const& prepared, std::size_t threads) {
  Scenario const& scenario = prepared.scenario;
  std::vector<std::string> notes;
  std::vector<std::string> slowing;
  for (Measure const& measure : scenario.measures)
    if (slows(measure)) slowing.push_back(measure.name);
  if (slowing.empty()) return notes;
  int years = most_years_looked_at;
  while (years > 1 && anniversary(scenario.start, years) > scenario.end) --years;
  Instant const when = anniversary(scenario.start, years);
  RunPlan without = prepared.plan;
  for (MeasurePlan& measure : without.measures)
    for (auto& exits : measure.unmet_of) exits.clear();
  double const with_needs = share_in_work(prepared, prepared.plan, when, threads);
  double const unslowed = share_in_work(prepared, without, when, threads);
  notes.push_back(fmt::format(
      "needs: that unmet {} slows the way out is an assumption: after {} years {:.2f} % of the people are in work, and "
      "{:.2f} % if it did not; a trial of coordinators for families (HOLF, 29 offices) found no effect "
      "on work, income or housing",
      fmt::join(slowing, ", "), years, 100 * with_needs, 100 * unslowed));
  return notes;
}

}  // namespace utvei
