// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"
#include "life.hpp"

#include <utvei/engine/life_line.hpp>

#include <algorithm>

namespace utvei {
namespace {

using Kind = LifeLineEvent::Kind;

Kind kind_of_service(ServiceRecord::Kind kind) {
  switch (kind) {
    case ServiceRecord::Kind::found:
      return Kind::found;
    case ServiceRecord::Kind::refused:
      return Kind::refused;
    case ServiceRecord::Kind::asked:
      return Kind::waits;
    case ServiceRecord::Kind::turned_away:
    case ServiceRecord::Kind::gave_up:
    case ServiceRecord::Kind::dropped:
      return Kind::given_up;
    case ServiceRecord::Kind::started:
      return Kind::begins;
    case ServiceRecord::Kind::completed:
      return Kind::met;
    case ServiceRecord::Kind::left:
      break;
  }
  return Kind::broken_off;
}

Kind kind_of_need(NeedRecord::Kind kind) {
  if (kind == NeedRecord::Kind::contact) return Kind::contact;
  return kind == NeedRecord::Kind::arose ? Kind::need : Kind::parted;
}

}  // namespace

std::vector<LifeLineEvent> life_line(RunPlan const& plan, Population const& people, PersonRow row,
                                     RandomKey const& key) {
  Answers const answers = allocate(plan, people, key, 1, nullptr);
  Life life{plan};
  life.begin(people, row, key, answers.of(row));
  std::vector<LifeLineEvent> events{{Kind::state, life.now, life.state, 0}};
  while (life.is_open()) {
    StateId const before = life.state;
    life.apply(next_event(plan, life));
    if (life.state != before) events.push_back({Kind::state, life.now, life.state, 0});
  }
  auto const state_at = [states = events](Instant time) {
    auto const next = std::ranges::upper_bound(states, time, {}, &LifeLineEvent::time);
    return std::prev(next)->state;
  };
  for (NeedRecord const& record : life.participation.needs().records())
    events.push_back({kind_of_need(record.kind), record.time, state_at(record.time), record.measure});
  for (ServiceRecord const& record : life.participation.records())
    events.push_back({kind_of_service(record.kind), record.time, state_at(record.time), record.measure});
  std::ranges::stable_sort(events, {}, &LifeLineEvent::time);
  return events;
}

}  // namespace utvei
