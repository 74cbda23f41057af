// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include <string>

#include <fmt/format.h>

namespace utvei {
namespace {

ScorePlan plan_of_score(CompileContext const& context, Score const& score) {
  Scenario const& scenario = context.scenario;
  auto const number = [&](UncertainNumber const& what, StreamId stream) {
    return scenario.draws > 0 ? draw_number(what, scenario.seed, context.draw, stream) : what.mean;
  };
  ScorePlan plan;
  plan.what = score;
  plan.level = number(score.level, score.streams.level);
  plan.by_state.resize(context.model.states.size());
  plan.by_need.resize(scenario.measures.size());
  plan.by_measure.resize(scenario.measures.size());
  for (auto const& [state, shift] : score.states) plan.by_state[state.value()] = number(shift.by, shift.stream);
  for (auto const& [need, shift] : score.needs) plan.by_need[need] = number(shift.by, shift.stream);
  for (Score::OfMeasure const& one : score.measures)
    plan.by_measure[one.measure] = number(one.shift.by, one.shift.stream);
  return plan;
}

}  // namespace

std::vector<ScorePlan> plan_scores(CompileContext const& context) {
  std::vector<ScorePlan> plans;
  for (Score const& score : context.scenario.scores) plans.push_back(plan_of_score(context, score));
  return plans;
}

void check_people_of_outcomes(Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  auto const check = [&](Subpopulation const& who, std::string const& name, Place const& place) {
    auto const missing = [&](std::string const& what, std::string const& key) {
      diagnostics.error(place, fmt::format("people of the scenario have no {}", what),
                        fmt::format("`{}` asks for it, and nobody's is known", name),
                        fmt::format("give `{}` under `population:`", key));
    };
    if (people.birth.empty() && who.age != everything) missing("age", "age");
    if (people.region.empty() && !who.regions.empty()) missing("region", "region");
    for (std::size_t t = 0; t < who.traits.size(); ++t) {
      if (who.traits[t].empty() || (t < people.traits.size() && !people.traits[t].empty())) continue;
      std::string const& trait = scenario.model.traits[TraitId{t}].name;
      missing(fmt::format("trait `{}`", trait), "traits." + trait);
    }
  };
  for (Waves const& waves : scenario.waves) check(waves.from.who, waves.name, waves.place);
  for (HistoryEvent const& event : scenario.events) check(event.from.who, event.name, event.place);
}

}  // namespace utvei
