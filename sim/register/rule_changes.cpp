// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/rule_changes.hpp>

#include <algorithm>
#include <cstdlib>

namespace utvei {
namespace {

bool same_day(Instant a, Instant b) {
  return std::abs((a - b).minutes) < minutes_per_day;
}

}  // namespace

bool leads_to(Destinations const& destinations, StateId state) {
  return std::ranges::any_of(destinations.rows, [&](Destinations::Row const& row) {
    return std::ranges::any_of(row.shares,
                               [&](DestinationShare const& share) { return share.to == state && share.share > 0; });
  });
}

bool is_at_age_end(LifeCourses const& lives, Model const& model, SpellId spell, StateId next) {
  auto const& end = model.states[lives.state[spell]].ends_at_age;
  if (!end || lives.persons.birth.empty()) return false;
  Instant const due = lives.persons.birth[lives.person[spell]] + end->age_of(lives.persons.birth[lives.person[spell]]);
  return same_day(lives.leave[spell], due) && leads_to(end->to, next);
}

std::optional<Instant> rule_moment(LifeCourses const& lives, Model const& model, SpellId spell,
                                   std::span<LimitWindow const> windows) {
  auto const next = lives.next[spell];
  if (!next) return std::nullopt;
  StateId const state = lives.state[spell];
  if (is_at_age_end(lives, model, spell, *next)) {
    Instant const birth = lives.persons.birth[lives.person[spell]];
    return birth + model.states[state].ends_at_age->age_of(birth);
  }
  if (!lives.entry_known[spell]) return std::nullopt;
  Duration const time = lives.leave[spell] - lives.entered[spell];
  for (Limit const& limit : model.states[state].limits) {
    if (limit.clock != time_in_state_clock) continue;
    Instant const due = lives.entered[spell] + limit.after;
    auto const window = std::ranges::find_if(
        windows, [&](LimitWindow const& each) { return each.state == state && each.after == limit.after; });
    bool const is_its = window != windows.end() ? time > window->from() && time <= window->to()
                                                : same_day(lives.leave[spell], due) && leads_to(limit.to, *next);
    if (is_its) return due;
  }
  return std::nullopt;
}

}  // namespace utvei
