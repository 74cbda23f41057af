// SPDX-License-Identifier: Apache-2.0
#include "people_uses.hpp"

#include <algorithm>
#include <utility>

namespace utvei {

namespace {

/// Levels that a trait can come to from another.
using LevelChange = std::pair<std::optional<std::uint32_t>, TraitSetting>;  ///< from (none: any), to

std::vector<LevelChange> level_changes(Uses const& uses, Model const& model) {
  std::vector<LevelChange> changes;
  auto const add_all = [&](std::vector<TraitSetting> const& settings) {
    for (TraitSetting const& setting : settings) {
      if (uses.traits[setting.trait.value()]) changes.emplace_back(std::nullopt, setting);
    }
  };
  for (TraitChange const& change : model.trait_changes)
    changes.emplace_back(change.from, TraitSetting{change.trait, change.to});
  for (Transition const& transition : model.transitions) add_all(transition.sets);
  for (State const& state : model.states) {
    for (Limit const& limit : state.limits) add_all(limit.sets);
    for (Limit const& limit : state.entitlements) add_all(limit.sets);
    if (state.ends_at_age) add_all(state.ends_at_age->sets);
    add_all(state.sets);
  }
  return changes;
}

/// Adds the profiles that turns and settings can make of those that there are, and of theirs.
void close_over_turns(Uses const& uses, Scenario const& scenario, PeopleSeen& people) {
  std::vector<LevelChange> const changes = level_changes(uses, scenario.model);
  auto const& moves = scenario.demography.moves;
  if (changes.empty() && !moves) return;
  std::vector<std::uint16_t> levels(scenario.model.traits.size());
  for (std::uint32_t profile = 0; profile < people.profiles.size(); ++profile) {
    Profiles::Description const who = people.profiles[profile];
    for (std::size_t t = 0; t < who.traits.size(); ++t)
      levels[t] = static_cast<std::uint16_t>(who.traits[t].value_or(0));
    RegionId const region = who.region.value_or(RegionId{});
    for (auto const& [from, to] : changes) {
      std::uint16_t& level = levels[to.trait.value()];
      if (from && *from != level) continue;
      std::uint16_t const before = std::exchange(level, static_cast<std::uint16_t>(to.level));
      people.profiles.add(region, levels);
      level = before;
    }
    if (!moves) continue;
    for (Moves::Destination const& destination : moves->destinations[region]) {
      people.profiles.add(destination.region, levels);
    }
  }
  // Who becomes what at which age nobody has worked out: anybody may at any.
  Span ages = people.reach.empty() ? everything : people.reach.front().age;
  for (ProfileReach const& reach : people.reach) {
    ages = {std::min(ages.from, reach.age.from), std::max(ages.to, reach.age.to)};
  }
  people.reach.assign(people.profiles.size(), ProfileReach{ages});
}

}  // namespace

PeopleSeen find_people(Uses const& uses, Scenario const& scenario, Population const& population) {
  Model const& model = scenario.model;
  std::vector<std::pair<TraitId, std::uint32_t>> traits;
  for (std::size_t t = 0; t < uses.traits.size(); ++t) {
    if (uses.traits[t]) {
      traits.emplace_back(TraitId{t}, static_cast<std::uint32_t>(model.traits[TraitId{t}].levels.size()));
    }
  }
  PeopleSeen people{Profiles{uses.region, model.regions.size(), traits}, {}, {}};
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
      Instant const begins = population.enters.empty() ? scenario.start : population.enters[row];
      ages.from = std::min(ages.from, (begins - population.birth[row]).minutes);
      ages.to = std::max(ages.to, (scenario.end - population.birth[row]).minutes);
    }
  }
  close_over_turns(uses, scenario, people);
  for (std::size_t s = 0; s < starts.size(); ++s) {
    if (starts[s]) {
      people.starts.emplace_back(s);
    }
  }
  return people;
}

}  // namespace utvei
