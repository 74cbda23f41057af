// SPDX-License-Identifier: Apache-2.0
#include "intensity_classes.hpp"

#include <utvei/core/random.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace utvei {

namespace {

/// Whether people have the levels that a box is for.
bool has_levels(Box const& box, Profiles::Description const& who) {
  for (std::size_t t = 0; t < box.traits.size(); ++t) {
    if (box.traits[t] && (t >= who.traits.size() || who.traits[t] != box.traits[t])) {
      return false;
    }
  }
  return true;
}

/// Whether some of it lies within the run and within a life: then its ends are cuts of the axes, or beyond them.
bool meets_run(CompileContext const& context, Span calendar, Span age, Span time_in_state) {
  Span const life{0, distant_future.minutes};
  return overlap(calendar, {context.scenario.start.minutes, context.scenario.end.minutes}) && overlap(age, life) &&
         overlap(time_in_state, life);
}

/// The rates of one exit by the region that they are for.
class RatesByRegion {
 public:
  RatesByRegion(CompileContext const& context, std::vector<Rate const*> const& rates)
      : regions_{context.model.regions}, of_region_(regions_.size()) {
    for (Rate const* rate : rates) {
      Box const& box = rate->box;
      if (!meets_run(context, box.calendar, box.age, box.time_in_state)) continue;
      (box.region ? of_region_[box.region->value()] : everywhere_).push_back(rate);
    }
  }

  /// Those that hold for a profile, as they stand in memory.
  [[nodiscard]] std::vector<Rate const*> holding_for(Profiles::Description const& who) const {
    std::vector<Rate const*> rates;
    auto const add = [&](std::vector<Rate const*> const& list) {
      std::ranges::copy_if(list, std::back_inserter(rates), [&](auto const* r) { return has_levels(r->box, who); });
    };
    add(everywhere_);
    for (auto region = who.region; region; region = regions_[*region].parent) add(of_region_[region->value()]);
    std::ranges::sort(rates);
    return rates;
  }

 private:
  Regions const& regions_;
  std::vector<Rate const*> everywhere_;
  std::vector<std::vector<Rate const*>> of_region_;
};

struct HashOfKey {
  std::size_t operator()(ClassKey const& key) const {
    std::uint64_t hash = 0;
    auto const add = [&hash](auto const& lists) {
      for (auto const& list : lists) {
        hash = mix64(hash ^ list.size());
        for (auto const* entry : list) hash = mix64(hash ^ reinterpret_cast<std::uintptr_t>(entry));
      }
    };
    add(key.rates);
    add(key.changes);
    return hash;
  }
};

}  // namespace

std::vector<IntensityClass> intensity_classes(CompileContext const& context, Ways const& ways, StatePlan const& plan) {
  std::vector<RatesByRegion> rates;
  for (Exit const& exit : plan.exits) rates.emplace_back(context, ways.rates_of[exit.transition.value()]);
  std::unordered_map<ClassKey, std::vector<std::uint32_t>, HashOfKey> members;
  for (std::uint32_t profile = 0; profile < context.profiles.size(); ++profile) {
    auto const& who = context.profiles[profile];
    ClassKey key;
    for (std::size_t k = 0; k < plan.exits.size(); ++k) {
      key.rates.push_back(rates[k].holding_for(who));
      auto& changes = key.changes.emplace_back();
      for (Change const* change : ways.changes_of[plan.exits[k].transition.value()]) {
        if (meets_run(context, change->calendar, change->age, everything) &&
            is_among(who, change->regions, change->traits, context.model.regions)) {
          changes.push_back(change);
        }
      }
    }
    members[std::move(key)].push_back(profile);
  }
  std::vector<IntensityClass> classes;
  while (!members.empty()) {
    auto node = members.extract(members.begin());
    classes.push_back({std::move(node.key()), std::move(node.mapped())});
  }
  std::ranges::sort(classes, {}, &IntensityClass::key);
  return classes;
}

}  // namespace utvei
