// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/model/graph.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace utvei {

namespace {

/// What the rates, changes and rules tell people apart by.
struct Uses {
  bool region{false};
  bool age{false};
  std::vector<bool> traits;
  Place age_place, region_place;
  std::vector<Place> trait_places;
};

void note_selector(Uses& uses, bool region, std::vector<bool> const& traits, Place const& place) {
  if (region && !uses.region) {
    uses.region = true;
    uses.region_place = place;
  }
  for (std::size_t t = 0; t < traits.size(); ++t) {
    if (traits[t] && !uses.traits[t]) {
      uses.traits[t] = true;
      uses.trait_places[t] = place;
    }
  }
}

void note_age(Uses& uses, Place const& place) {
  if (!uses.age) {
    uses.age = true;
    uses.age_place = place;
  }
}

void note_destinations(Uses& uses, Destinations const& destinations) {
  for (auto const& row : destinations.rows) {
    std::vector<bool> traits;
    for (auto const& level : row.traits) {
      traits.push_back(level.has_value());
    }
    note_selector(uses, row.region.has_value(), traits, row.place);
  }
}

Uses find_uses(Scenario const& scenario, Rates const& rates) {
  Model const& model = scenario.model;
  Uses uses;
  uses.traits.assign(model.traits.size(), false);
  uses.trait_places.resize(model.traits.size());
  for (Rate const& rate : rates.rates) {
    std::vector<bool> traits;
    for (auto const& level : rate.box.traits) {
      traits.push_back(level.has_value());
    }
    Place const& place = rate.place.source ? rate.place : model.transitions[rate.transition].place;
    note_selector(uses, rate.box.region.has_value(), traits, place);
    if (rate.box.age != everything) {
      note_age(uses, place);
    }
  }
  for (Change const& change : scenario.changes) {
    std::vector<bool> traits;
    for (auto const& levels : change.traits) {
      traits.push_back(!levels.empty());
    }
    note_selector(uses, !change.regions.empty(), traits, change.place);
    if (change.age != everything) {
      note_age(uses, change.place);
    }
  }
  for (State const& state : model.states) {
    for (Limit const& limit : state.limits) {
      note_destinations(uses, limit.to);
    }
    if (state.ends_at_age) {
      note_age(uses, state.ends_at_age->place);
      note_destinations(uses, state.ends_at_age->to);
    }
  }
  for (Breakdown const& breakdown : scenario.breakdowns) {
    for (TallyDimension const& dimension : breakdown) {
      if (dimension.kind == TallyDimension::Kind::age_group) {
        note_age(uses, scenario.population.place);
      }
    }
  }
  return uses;
}

/// Whether the population has what is used; says where it is used if not.
void check_population(Uses const& uses, Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  auto const missing = [&](std::string const& what, Place const& place, std::string const& key) {
    diagnostics.error(place, fmt::format("people of the scenario have no {}", what),
                      "this is for some of them only, and nobody's is known",
                      fmt::format("give `{}` under `population:`", key));
  };
  if (uses.age && people.birth.empty()) {
    missing("age", uses.age_place, "age");
  }
  if (uses.region && people.region.empty()) {
    missing("region", uses.region_place, "region");
  }
  for (std::size_t t = 0; t < uses.traits.size(); ++t) {
    if (uses.traits[t] && (t >= people.traits.size() || people.traits[t].empty())) {
      std::string const& name = scenario.model.traits[TraitId{t}].name;
      missing(fmt::format("trait `{}`", name), uses.trait_places[t], "traits." + name);
    }
  }
  auto const wanted = [&](TallyDimension const& dimension) {
    if (dimension.kind == TallyDimension::Kind::region && people.region.empty()) {
      missing("region", scenario.population.place, "region");
    }
    std::size_t const t = dimension.trait.value();
    if (dimension.kind == TallyDimension::Kind::trait && (t >= people.traits.size() || people.traits[t].empty())) {
      missing(fmt::format("trait `{}`", scenario.model.traits[dimension.trait].name), scenario.population.place,
              "traits." + scenario.model.traits[dimension.trait].name);
    }
  };
  std::set<std::pair<int, std::uint32_t>> seen;
  for (Breakdown const& breakdown : scenario.breakdowns) {
    for (TallyDimension const& dimension : breakdown) {
      if (seen.emplace(static_cast<int>(dimension.kind), dimension.trait.value()).second) {
        wanted(dimension);
      }
    }
  }
}

struct People {
  Profiles profiles;
  std::vector<ProfileReach> reach;
  std::vector<StateId> starts;
};

People find_people(Uses const& uses, Scenario const& scenario, Population const& population) {
  Model const& model = scenario.model;
  std::vector<std::pair<TraitId, std::uint32_t>> traits;
  for (std::size_t t = 0; t < uses.traits.size(); ++t) {
    if (uses.traits[t]) {
      traits.emplace_back(TraitId{t}, static_cast<std::uint32_t>(model.traits[TraitId{t}].levels.size()));
    }
  }
  People people{Profiles{uses.region, model.regions.size(), traits}, {}, {}};
  std::vector<bool> starts(model.states.size());
  std::vector<std::uint16_t> levels(model.traits.size());
  bool const aged = !population.birth.empty();
  for (std::size_t i = 0; i < population.size(); ++i) {
    PersonRow const row{i};
    starts[population.state[row].value()] = true;
    for (auto const& [trait, count] : traits) {
      levels[trait.value()] = population.traits[trait.value()][row];
    }
    std::uint32_t const profile = people.profiles.add(uses.region ? population.region[row] : RegionId{}, levels);
    if (profile == people.reach.size()) {
      people.reach.push_back({aged ? Span{distant_future.minutes, distant_past.minutes} : Span{0, 1}});
    }
    if (aged) {
      Span& ages = people.reach[profile].age;
      ages.from = std::min(ages.from, (scenario.start - population.birth[row]).minutes);
      ages.to = std::max(ages.to, (scenario.end - population.birth[row]).minutes);
    }
  }
  for (std::size_t s = 0; s < starts.size(); ++s) {
    if (starts[s]) {
      people.starts.emplace_back(s);
    }
  }
  return people;
}

/// Rates as their errors say, hazard ratios as their interval says; draw k is the same whatever the number of draws.
/// Without draws, the point estimates.
void draw_parameters(Scenario const& scenario, Rates const& rates, std::uint32_t draw, CompileContext& context) {
  bool const draws = scenario.draws > 0;
  RandomKey const key{scenario.seed, draw, 0};
  PersonKey const nobody{0};
  context.rate_factors = draws ? draw_rate_factors(scenario.model, rates, scenario.seed, draw)
                               : std::vector<double>(rates.rates.size(), 1.0);
  for (Change const& change : scenario.changes) {
    context.written_factors.push_back(change.hazard_ratio);
    context.change_factors.push_back(draws && change.log_sd
                                         ? change.median *
                                               std::exp(*change.log_sd * standard_normal(key, nobody, change.stream, 0))
                                         : change.hazard_ratio);
  }
}

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

StatePlan plan_of(CompileContext const& context, StateId state, std::uint32_t& slots, std::uint32_t& rules) {
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
  fill_intensities(context, state, plan);
  plan.has_constant_rates = plan.cells_per_class == 1 && plan.rules.empty();
  return plan;
}

}  // namespace

RunPlan compile(Scenario const& scenario, Rates const& rates, Population const& population, std::uint32_t draw,
                Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  Uses const uses = find_uses(scenario, rates);
  std::size_t const errors = diagnostics.error_count();
  check_population(uses, scenario, population, diagnostics);
  RunPlan plan;
  plan.start = scenario.start;
  plan.end = scenario.end;
  plan.draw = draw;
  plan.transition_count = model.transitions.size();
  plan.clock_count = model.clocks.size();
  if (diagnostics.error_count() > errors) {
    return plan;
  }
  People people = find_people(uses, scenario, population);
  check_age_groups(scenario, people.reach, diagnostics);
  CompileContext context{scenario,     model,
                         {},           {},
                         {},           {},
                         {},           rates,
                         draw,         people.profiles,
                         people.reach, reachable(model, people.starts),
                         diagnostics};
  context.rates_of.resize(model.transitions.size());
  for (Rate const& rate : rates.rates) {
    context.rates_of[rate.transition.value()].push_back(&rate);
  }
  context.changes_of.resize(model.transitions.size());
  for (Change const& change : scenario.changes) {
    for (TransitionId const t : change.transitions) {
      context.changes_of[t.value()].push_back(&change);
    }
  }
  draw_parameters(scenario, rates, draw, context);
  std::uint32_t slots = 0;
  std::uint32_t rules = 0;
  for (StateId const state : ids_of(model.states)) {
    plan.states.push_back(plan_of(context, state, slots, rules));
    plan.capped_rates += plan.states[state].capped_rates;
    for (Exit const& exit : plan.states[state].exits) {
      plan.slot_streams.push_back(exit.stream);
    }
  }
  plan.rule_count = rules;
  plan.profiles = std::move(people.profiles);
  return plan;
}

}  // namespace utvei
