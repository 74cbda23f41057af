// SPDX-License-Identifier: Apache-2.0
#include "rule_changes.hpp"

#include <algorithm>
#include <cstdlib>

namespace utvei {
namespace {

bool leads_to(Destinations const& destinations, StateId state) {
  return std::any_of(destinations.rows.begin(), destinations.rows.end(), [&](Destinations::Row const& row) {
    return std::any_of(row.shares.begin(), row.shares.end(),
                       [&](DestinationShare const& share) { return share.to == state && share.share > 0; });
  });
}

/// Registers hold whole days: a change less than a day from the moment of a rule is the rule's.
bool same_day(Duration a, Duration b) {
  return std::abs((a - b).minutes) < minutes_per_day;
}

}  // namespace

bool is_at_age_end(LifeCourses const& lives, Model const& model, SpellId spell, StateId next) {
  auto const& end = model.states[lives.state[spell]].ends_at_age;
  if (!end || lives.persons.birth.empty()) return false;
  Duration const age = lives.leave[spell] - lives.persons.birth[lives.person[spell]];
  return same_day(age, end->age) && leads_to(end->to, next);
}

bool is_at_limit(LifeCourses const& lives, Model const& model, std::span<LimitWindow const> windows, SpellId spell,
                 StateId next) {
  if (!lives.entry_known[spell]) return false;
  StateId const state = lives.state[spell];
  Duration const time = lives.leave[spell] - lives.entered[spell];
  auto const& limits = model.states[state].limits;
  return std::any_of(limits.begin(), limits.end(), [&](Limit const& limit) {
    if (limit.clock != time_in_state_clock) return false;
    auto const window = std::find_if(windows.begin(), windows.end(), [&](LimitWindow const& each) {
      return each.state == state && each.after == limit.after;
    });
    if (window != windows.end()) return time > window->from() && time <= window->to();
    return same_day(time, limit.after) && leads_to(limit.to, next);
  });
}

}  // namespace utvei
