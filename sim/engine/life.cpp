// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"

#include <algorithm>

namespace utvei {

Life::Life(RunPlan const& plan)
    : clock_started(plan.clock_count), rule_uses(plan.rule_count), luck{plan}, plan_{&plan} {}

void Life::begin(Population const& people, PersonRow at, RandomKey const& random_key) {
  row = at;
  person = people.key[at];
  key = random_key;
  now = plan_->start;
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
  reprice();
  open_ = true;
}

void Life::apply(Event const& event) {
  now = event.time;
  if (event.cause == Cause::end) {
    open_ = false;
    return;
  }
  state = event.to;
  clock_started[time_in_state_clock.value()] = now;
}

}  // namespace utvei
