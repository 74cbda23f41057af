// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"

#include <algorithm>

namespace utvei {

Life::Life(RunPlan const& plan)
    : clock_started(plan.clock_count),
      rule_uses(plan.rule_count),
      luck{plan},
      turns{plan},
      entitlements{plan},
      participation{plan},
      plan_{&plan} {}

void Life::begin(Population const& people, PersonRow at, RandomKey const& random_key, std::span<Answer const> answers) {
  row = at;
  person = people.key[at];
  key = random_key;
  now = people.enters.empty() ? plan_->start : people.enters[at];
  state = people.state[at];
  if (!people.birth.empty()) {
    birth = people.birth[at];
  }
  if (!people.region.empty()) {
    region = people.region[at];
  }
  traits.resize(people.traits.size());
  for (std::size_t t = 0; t < traits.size(); ++t) {
    traits[t] = people.traits[t].empty() ? std::uint16_t{0} : people.traits[t][at];
  }
  std::ranges::fill(clock_started, now);
  if (!people.time_in_state.empty()) {
    clock_started[time_in_state_clock.value()] = now - people.time_in_state[at];
  }
  std::ranges::fill(rule_uses, 0U);
  calendar_hint = 0;
  luck.begin(key, person);
  rules_passed = 0;
  is_changed = false;
  reprice();
  turns.begin(*this);
  entitlements.begin(state, traits, clock_started[time_in_state_clock.value()]);
  participation.begin(*this, answers);
  open_ = true;
}

void Life::apply(Event const& event) {
  now = event.time;
  if (event.cause == Cause::end) {
    open_ = false;
    return;
  }
  if (!is_of_states(event.cause)) [[unlikely]] {
    if (event.cause == Cause::service) {
      participation.take(*this);
    } else if (event.cause == Cause::setting) {
      follow_up(event, state);
    } else {
      turns.take(*this);
      if (entitlements.see_traits()) entitlements.change(state, traits, now);
      participation.change(*this, state);
    }
    return;
  }
  StateId const left = state;
  state = event.to;
  clock_started[time_in_state_clock.value()] = now;
  rules_passed = 0;
  if (plan_->has_consequences) [[unlikely]] {
    follow_up(event, left);
  }
}

std::vector<TraitSetting> const& Life::settings_of(Event const& event) {
  static std::vector<TraitSetting> const none;
  auto const& of_way = event.cause == Cause::transition ? plan_->set_by_transition[TransitionId{event.number}]
                       : event.cause == Cause::measure  ? none
                                                        : plan_->set_by_rule[event.number];
  auto const& of_state = event.cause == Cause::setting ? none : plan_->set_by_entry[event.to];
  if (of_state.empty()) return of_way;
  settings_ = of_way;
  for (TraitSetting const& setting : of_state) {
    if (std::ranges::find(of_way, setting.trait, &TraitSetting::trait) == of_way.end()) settings_.push_back(setting);
  }
  return settings_;
}

/// What the event sets and counts, and whether the state is now one in which people move.
void Life::follow_up(Event const& event, StateId left) {
  is_changed = false;
  auto const& settings = settings_of(event);
  if (!settings.empty() || turns.starts_or_stops(left, state)) turns.change(*this, settings);
  entitlements.change(state, traits, now);
  participation.change(*this, left);
}

}  // namespace utvei
