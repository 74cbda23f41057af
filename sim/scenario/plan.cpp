// SPDX-License-Identifier: Apache-2.0
#include "pathway_sections.hpp"
#include "people_uses.hpp"
#include "plan_state.hpp"

#include <utvei/scenario/counted.hpp>
#include <utvei/scenario/measure_moves.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

/// Everybody needs an age group from the start of the run.
void check_age_groups(Scenario const& scenario, std::vector<ProfileReach> const& reach, Diagnostics& diagnostics) {
  auto const by_age = [](Breakdown const& breakdown) {
    return std::ranges::find(breakdown, TallyDimension::Kind::age_group, &TallyDimension::kind) != breakdown.end();
  };
  if (reach.empty() || scenario.age_groups.empty() || std::ranges::none_of(scenario.breakdowns, by_age)) {
    return;
  }
  std::int64_t const youngest = std::ranges::min(reach, {}, [](ProfileReach const& r) { return r.age.from; }).age.from;
  if (youngest < scenario.age_groups.front() * minutes_per_year) {
    diagnostics.error(scenario.population.place,
                      fmt::format("somebody is {:.1f} years old, younger than the first of `age_groups`, {}",
                                  in_years(Duration{youngest}), scenario.age_groups.front()),
                      "a breakdown by age_group must hold everybody",
                      "begin `age_groups` with a lower age, for example 0");
  }
}

/// Definitions are kept of as many as the people allow.
void warn_of_uncounted(Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  for (Definition const& definition : scenario.model.definitions) {
    auto const missing = definition.at ? why_not_counted(definition, scenario.model, people) : std::string{};
    if (missing.empty()) continue;
    diagnostics.warning(scenario.population.place,
                        fmt::format("nobody is counted by the definition `{}`", definition.name),
                        fmt::format("people of the scenario have no {}", missing));
  }
}

/// A what-if for regions, traits or ages that nobody has changes nothing, and would be read as a result.
void warn_of_idle_changes(Scenario const& scenario, PeopleSeen const& people, Diagnostics& diagnostics) {
  for (Change const& change : scenario.changes) {
    bool reaches_somebody = false;
    for (std::uint32_t profile = 0; profile < people.profiles.size() && !reaches_somebody; ++profile) {
      Span const& age = people.reach[profile].age;
      reaches_somebody = age.from < change.age.to && change.age.from < age.to &&
                         is_among(people.profiles[profile], change.regions, change.traits, scenario.model.regions);
    }
    if (!reaches_somebody)
      diagnostics.warning(change.place, "the change reaches nobody",
                          "no person of the scenario has these regions, traits and ages during the run",
                          "name regions in which people of the population live (a county has them, or its "
                          "municipalities), and levels and ages that they have");
  }
}

/// How long somebody can be in a state before a limit that spares nobody, and until which age.
Stay stay_in(CompileContext const& context, StateId id) {
  Stay stay;
  stay.is_reached = context.state_reached[id.value()];
  State const& state = context.model.states[id];
  for (Limit const& limit : state.limits) {
    if (limit.clock == time_in_state_clock && !lets_stay(limit)) {
      stay.time.to = std::min(stay.time.to, std::max<std::int64_t>(limit.after.minutes, 1));
    }
  }
  if (state.ends_at_age) stay.oldest = state.ends_at_age->age.minutes;
  return stay;
}

StatePlan plan_of(CompileContext const& context, Ways const& ways, StateId state, std::uint32_t& slots,
                  std::uint32_t& rules) {
  StatePlan plan;
  Model const& model = context.model;
  plan.absorbing = model.states[state].absorbing;
  for (TransitionId const t : ids_of(model.transitions)) {
    if (model.transitions[t].from == state) {
      plan.exits.push_back({t, model.transitions[t].to, model.transitions[t].stream});
    }
  }
  std::ranges::sort(plan.exits, {}, &Exit::stream);
  plan.exit_count = static_cast<std::uint32_t>(plan.exits.size());
  plan.first_slot = slots;
  slots += static_cast<std::uint32_t>(plan.exits.size());
  plan.rules = rules_of(context, state);
  for (Rule& rule : plan.rules) {
    rule.number = rules++;
  }
  // Of what comes in one minute, who leaves does so first.
  std::ranges::stable_partition(plan.rules, [](Rule const& rule) { return rule.cause != Cause::setting; });
  fill_intensities(context, ways, stay_in(context, state), plan);
  plan.has_constant_rates = plan.cells_per_class == 1 && plan.rules.empty();
  return plan;
}

/// Levels that transitions, limits and ages set.
void note_settings(Model const& model, RunPlan& plan) {
  for (Transition const& transition : model.transitions) plan.set_by_transition.push_back(transition.sets);
  for (State const& state : model.states) {
    for (Limit const& limit : state.limits) plan.set_by_rule.push_back(limit.sets);
    for (Limit const& limit : state.entitlements) plan.set_by_rule.push_back(limit.sets);
    if (state.ends_at_age) plan.set_by_rule.push_back(state.ends_at_age->sets);
    plan.set_by_entry.push_back(state.sets);
  }
  auto const sets = [](std::vector<TraitSetting> const& settings) { return !settings.empty(); };
  plan.has_consequences = plan.turns || !plan.measures.empty() || plan.clocks.size() > 1 ||
                          std::ranges::any_of(plan.set_by_transition, sets) ||
                          std::ranges::any_of(plan.set_by_rule, sets) || std::ranges::any_of(plan.set_by_entry, sets);
}

}  // namespace

double Ways::factor_of(Rate const& rate) const {
  if (factors.empty()) return 1;
  return factors[static_cast<std::size_t>(&rate - drawn->data())];
}

bool Ways::is_at_risk(TransitionId way, Profiles::Description const& who) const {
  auto const& only = labels[way.value()].only;
  return !only || (only->trait.value() < who.traits.size() && who.traits[only->trait.value()] == only->level);
}

Ways ways_of_transitions(CompileContext const& context) {
  Model const& model = context.model;
  Ways ways;
  ways.where = "in this state";
  for (Transition const& t : model.transitions) {
    ways.labels.push_back({t.name, t.place, t.table_place, t.table.has_value(), std::nullopt});
  }
  ways.rates_of.resize(model.transitions.size());
  for (Rate const& rate : context.rates.rates) ways.rates_of[rate.transition.value()].push_back(&rate);
  ways.changes_of.resize(model.transitions.size());
  for (Change const& change : context.changes) {
    for (TransitionId const t : change.transitions) ways.changes_of[t.value()].push_back(&change);
  }
  if (context.scenario.draws > 0) {
    ways.drawn = &context.rates.rates;
    ways.factors = draw_rate_factors(model, context.rates, context.scenario.seed, context.draw);
  }
  return ways;
}

RunPlan compile(Scenario const& scenario, Rates const& rates, Population const& population, std::uint32_t draw,
                Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  Uses const uses = find_uses(scenario, rates);
  std::size_t const errors = diagnostics.error_count();
  check_population(uses, scenario, population, diagnostics);
  check_people_of_measures(scenario, population, diagnostics);
  check_people_of_outcomes(scenario, population, diagnostics);
  check_people_of_pathways(scenario, population, diagnostics);
  RunPlan plan;
  plan.start = scenario.start;
  plan.end = scenario.end;
  plan.draw = draw;
  plan.transition_count = model.transitions.size();
  plan.clocks = model.clocks;
  plan.clock_count = model.clocks.size();
  if (diagnostics.error_count() > errors) {
    return plan;
  }
  PeopleSeen people = find_people(uses, scenario, population);
  check_age_groups(scenario, people.reach, diagnostics);
  if (draw == 0) {
    warn_of_uncounted(scenario, population, diagnostics);
    warn_of_idle_changes(scenario, people, diagnostics);
  }
  CompileContext context{scenario,
                         model,
                         changes_of(scenario, rates),
                         {},
                         {},
                         rates,
                         draw,
                         people.profiles,
                         people.reach,
                         reachable_with_measures(model, scenario.measures, people.starts),
                         diagnostics};
  for (Change const& change : context.changes) context.written_factors.push_back(change.ratio.mean);
  context.change_factors = scenario.draws > 0 ? draw_hazard_ratios(scenario, rates, draw) : context.written_factors;
  Ways const ways = ways_of_transitions(context);
  std::uint32_t slots = 0;
  std::uint32_t rules = 0;
  for (StateId const state : ids_of(model.states)) {
    plan.states.push_back(plan_of(context, ways, state, slots, rules));
    plan.capped_rates += plan.states[state].capped_rates;
    for (Exit const& exit : plan.states[state].exits) {
      plan.slot_streams.push_back(exit.stream);
    }
  }
  plan.turns = plan_turns(context, plan, slots, rules);
  if (plan.turns) {
    for (Exit const& exit : plan.turns->table.exits) plan.slot_streams.push_back(exit.stream);
    plan.clock_count += plan.turns->clocks.size();
  }
  plan_measures(context, population, plan);
  plan.scores = plan_scores(context);
  for (State const& state : model.states) plan.is_outside.push_back(state.group == "outside");
  note_settings(model, plan);
  plan.rule_count = rules;
  plan.profiles = std::move(people.profiles);
  return plan;
}

}  // namespace utvei
