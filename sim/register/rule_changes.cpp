// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/rule_changes.hpp>

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

bool same_day(Instant a, Instant b) {
  return std::abs((a - b).minutes) < minutes_per_day;
}

}  // namespace

std::optional<Instant> rule_moment(LifeCourses const& lives, Model const& model, SpellId spell) {
  auto const next = lives.next[spell];
  if (!next) return std::nullopt;
  State const& state = model.states[lives.state[spell]];
  Instant const leave = lives.leave[spell];
  if (state.ends_at_age && !lives.persons.birth.empty()) {
    Instant const due = lives.persons.birth[lives.person[spell]] + state.ends_at_age->age;
    if (same_day(leave, due) && leads_to(state.ends_at_age->to, *next)) return due;
  }
  for (Limit const& limit : state.limits) {
    Instant const due = lives.entered[spell] + limit.after;
    if (limit.clock == time_in_state_clock && lives.entry_known[spell] && same_day(leave, due) &&
        leads_to(limit.to, *next)) {
      return due;
    }
  }
  return std::nullopt;
}

}  // namespace utvei
