// SPDX-License-Identifier: Apache-2.0
#include "service_desk.hpp"

#include <algorithm>
#include <tuple>

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

std::size_t ServiceDesk::count(StillWaits const& still_waits) {
  std::erase_if(heap_, [&](Waiter const& waiter) { return !still_waits(waiter); });
  std::ranges::make_heap(heap_, std::ranges::greater{});
  return heap_.size();
}

std::vector<Waiter> ServiceDesk::turn_away(std::size_t at_most, StillWaits const& still_waits) {
  if (heap_.size() <= at_most) return {};
  std::erase_if(heap_, [&](Waiter const& waiter) { return !still_waits(waiter); });
  std::ranges::sort(heap_, {}, [](Waiter const& waiter) { return std::tuple{waiter.asked, waiter.person}; });
  std::vector<Waiter> away;
  if (heap_.size() > at_most) {
    away.assign(heap_.begin() + static_cast<std::ptrdiff_t>(at_most), heap_.end());
    heap_.resize(at_most);
  }
  std::ranges::make_heap(heap_, std::ranges::greater{});
  return away;
}

}  // namespace utvei
