// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"
#include "life.hpp"

#include <utvei/engine/life_line.hpp>

#include <algorithm>
#include <utility>

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
    case ServiceRecord::Kind::closed:
      break;
  }
  return Kind::broken_off;
}

int order_of(Kind kind) {
  switch (kind) {
    case Kind::met:
    case Kind::broken_off:
    case Kind::given_up:
      return 0;
    case Kind::state:
      return 1;
    case Kind::parted:
      return 2;
    case Kind::contact:
      return 3;
    case Kind::need:
      return 4;
    default:
      return 5;
  }
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
  // In one minute what is over comes before what begins.
  std::ranges::stable_sort(events, {}, [](LifeLineEvent const& event) {
    return std::pair{event.time, order_of(event.kind)};
  });
  return events;
}

}  // namespace utvei
