// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Whether some event or the time gives people one of the levels.
bool is_taken_by_somebody(Clock::Condition const& when, Model const& model) {
  auto const gives = [&](std::vector<TraitSetting> const& settings) {
    return std::ranges::any_of(settings, [&](TraitSetting const& setting) {
      return setting.trait == when.trait && when.levels[setting.level];
    });
  };
  auto const by_limit = [&](Limit const& limit) { return gives(limit.sets); };
  return std::ranges::any_of(model.transitions, [&](Transition const& each) { return gives(each.sets); }) ||
         std::ranges::any_of(
             model.trait_changes,
             [&](TraitChange const& each) { return each.trait == when.trait && when.levels[each.to]; }) ||
         std::ranges::any_of(model.states, [&](State const& state) {
           return gives(state.sets) || std::ranges::any_of(state.limits, by_limit) ||
                  std::ranges::any_of(state.entitlements, by_limit) ||
                  (state.ends_at_age && gives(state.ends_at_age->sets));
         });
}

void warn_of_levels_that_nobody_takes(Clock const& clock, Model const& model, Diagnostics& diagnostics) {
  for (Clock::Condition const& when : clock.counts_when) {
    if (is_taken_by_somebody(when, model)) continue;
    Trait const& trait = model.traits[when.trait];
    std::string levels;
    for (std::size_t level = 0; level < trait.levels.size(); ++level) {
      if (when.levels[level]) levels += fmt::format("{}`{}`", levels.empty() ? "" : " or ", trait.levels[level]);
    }
    diagnostics.warning(
        clock.place,
        fmt::format("clock `{}` counts for those alone who begin with {} of `{}`", clock.name, levels, trait.name),
        "no transition, limit or age sets it, and no change of the trait leads to it",
        fmt::format("let what begins it set it: sets: {{{}: …}}", trait.name));
  }
}

}  // namespace

void check_clocks(Model const& model, Diagnostics& diagnostics) {
  for (Clock const& clock : model.clocks) warn_of_levels_that_nobody_takes(clock, model, diagnostics);
  std::set<std::pair<std::uint32_t, std::int64_t>> seen;  // a limit of the model stands in several states
  for (State const& state : model.states) {
    for (Limit const& limit : state.entitlements) {
      Clock const& clock = model.clocks[limit.clock];
      if (!clock.within || limit.after <= *clock.within) continue;
      if (!seen.emplace(limit.clock.value(), limit.after.minutes).second) continue;
      diagnostics.error(limit.place, fmt::format("clock `{}` never comes to {}", clock.name, format(limit.after)),
                        fmt::format("it counts only what was within {}", format(*clock.within)),
                        "make `after` shorter, or `within` longer");
    }
  }
}

}  // namespace utvei
