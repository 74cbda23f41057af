// SPDX-License-Identifier: Apache-2.0
#include "people_uses.hpp"

#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

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

void note_rate(Uses& uses, Rate const& rate, Place const& otherwise) {
  std::vector<bool> traits;
  for (auto const& level : rate.box.traits) {
    traits.push_back(level.has_value());
  }
  Place const& place = rate.place.source ? rate.place : otherwise;
  note_selector(uses, rate.box.region.has_value(), traits, place);
  if (rate.box.age != everything) {
    note_age(uses, place);
  }
}

void note_change(Uses& uses, TraitChange const& change) {
  std::vector<bool> traits(uses.traits.size());
  traits[change.trait.value()] = true;
  note_selector(uses, false, traits, change.place);
  if (change.at_age) {
    note_age(uses, change.place);
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

}  // namespace

Uses find_uses(Scenario const& scenario, Rates const& rates) {
  Model const& model = scenario.model;
  Uses uses;
  uses.traits.assign(model.traits.size(), false);
  uses.trait_places.resize(model.traits.size());
  for (Rate const& rate : rates.rates) note_rate(uses, rate, model.transitions[rate.transition].place);
  for (Rate const& rate : rates.of_traits) note_rate(uses, rate, model.trait_changes[rate.transition.value()].place);
  for (TraitChange const& change : model.trait_changes) note_change(uses, change);
  if (auto const& moves = scenario.demography.moves) {
    note_selector(uses, true, {}, moves->place);
    for (Rate const& rate : moves->rates) note_rate(uses, rate, moves->place);
  }
  for (Change const& change : changes_of(scenario, rates)) {
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
    for (Limit const& limit : state.entitlements) {
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

namespace {

/// What is set must be there.
void check_settings(Model const& model, Population const& people, Diagnostics& diagnostics) {
  std::set<std::uint32_t> seen;
  auto const check = [&](std::vector<TraitSetting> const& settings, Place const& place) {
    for (TraitSetting const& setting : settings) {
      std::size_t const t = setting.trait.value();
      bool const is_there = t < people.traits.size() && !people.traits[t].empty();
      if (is_there || !seen.insert(setting.trait.value()).second) continue;
      std::string const& name = model.traits[setting.trait].name;
      diagnostics.error(place, fmt::format("`sets` of trait `{}`, which people of the scenario do not have", name),
                        "what is set must be known of everybody before",
                        fmt::format("give `traits.{}` under `population:`", name));
    }
  };
  for (Transition const& transition : model.transitions) check(transition.sets, transition.place);
  for (State const& state : model.states) {
    for (auto const* limits : {&state.limits, &state.entitlements}) {
      for (Limit const& limit : *limits) check(limit.sets, limit.place);
    }
    if (state.ends_at_age) check(state.ends_at_age->sets, state.ends_at_age->place);
    check(state.sets, state.place);
  }
}

/// What a clock looks at must be there.
void check_conditions(Model const& model, Population const& people, Diagnostics& diagnostics) {
  for (Clock const& clock : model.clocks) {
    for (Clock::Condition const& when : clock.counts_when) {
      std::size_t const t = when.trait.value();
      if (t < people.traits.size() && !people.traits[t].empty()) continue;
      std::string const& name = model.traits[when.trait].name;
      diagnostics.error(
          clock.place,
          fmt::format("clock `{}` counts by trait `{}`, which people of the scenario do not have", clock.name, name),
          "nobody would know when it counts", fmt::format("give `traits.{}` under `population:`", name));
    }
  }
}

/// Whoever may move needs somewhere to go, also who lives above the bottom of the tree.
void check_homes(Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  auto const& moves = scenario.demography.moves;
  if (!moves) return;
  std::set<RegionId> seen;
  for (RegionId const region : people.region) {
    if (!moves->destinations[region].empty() || !seen.insert(region).second) continue;
    diagnostics.error(
        moves->place,
        fmt::format("people live in `{}`, and nobody knows where they move to", scenario.model.regions[region].code),
        "the destinations have no line for it or for a region above it",
        "add lines for it, or let these people live in regions within it");
  }
}

}  // namespace

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
  check_settings(scenario.model, people, diagnostics);
  check_conditions(scenario.model, people, diagnostics);
  check_homes(scenario, people, diagnostics);
  std::set<std::pair<int, std::uint32_t>> seen;
  for (Breakdown const& breakdown : scenario.breakdowns) {
    for (TallyDimension const& dimension : breakdown) {
      if (seen.emplace(static_cast<int>(dimension.kind), dimension.trait.value()).second) {
        wanted(dimension);
      }
    }
  }
}

}  // namespace utvei
