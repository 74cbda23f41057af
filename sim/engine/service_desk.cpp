// SPDX-License-Identifier: Apache-2.0
#include "service_desk.hpp"

#include <algorithm>

namespace utvei {

void ServiceDesk::ask(Waiter const& waiter) {
  heap_.push_back(waiter);
  std::ranges::push_heap(heap_, std::ranges::greater{});
}

Waiter const* ServiceDesk::first(StillWaits const& still_waits) {
  while (!heap_.empty() && !still_waits(heap_.front())) pop();
  return heap_.empty() ? nullptr : &heap_.front();
}

void ServiceDesk::pop() {
  std::ranges::pop_heap(heap_, std::ranges::greater{});
  heap_.pop_back();
}

}  // namespace utvei
