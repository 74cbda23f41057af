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
  constexpr std::size_t enough_people = 1000;
  if (slowing.empty() || prepared.population->size() < enough_people) return notes;
  int years = most_years_looked_at;
  while (years > 1 && anniversary(scenario.start, years) > scenario.end) --years;
  Instant const when = anniversary(scenario.start, years);
  Scenario point = scenario;
  point.draws = 0;
  std::vector<std::string> shares;
  for (std::size_t way = 0; way < way_names.size(); ++way) {
    point.coordination->way = static_cast<WayOfWorking>(way);
    Diagnostics unheard;
    RunPlan const plan = compile(point, prepared.rates, *prepared.population, 0, unheard);
    shares.push_back(fmt::format("{:.2f} % {}", 100 * share_in_work(prepared, plan, when, threads), way_names[way]));
  }
  notes.push_back(fmt::format(
      "needs: that unmet {} changes the way out is an assumption: after {} years so many of the people are in work: "
      "{}; a "
      "trial of coordinators for families (HOLF, 29 offices) found no effect on work, income or housing. The rates are "
      "taken to be those of people whose needs are met",
      fmt::join(slowing, ", "), years, fmt::join(shares, ", ")));
  return notes;
}

}  // namespace utvei
