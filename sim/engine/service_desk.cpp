// SPDX-License-Identifier: Apache-2.0
#include "service_desk.hpp"

#include <algorithm>
#include <tuple>

namespace utvei {

void ServiceDesk::ask(Waiter const& waiter) {
  heap_.push_back(waiter);
  std::ranges::push_heap(heap_, std::ranges::greater{});
}

std::optional<Waiter> ServiceDesk::next(StillWaits const& still_waits) {
  while (!heap_.empty()) {
    std::ranges::pop_heap(heap_, std::ranges::greater{});
    Waiter const first = heap_.back();
    heap_.pop_back();
    if (still_waits(first)) return first;
  }
  return std::nullopt;
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
