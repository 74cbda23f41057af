// SPDX-License-Identifier: Apache-2.0
#include "waiting_rooms.hpp"

#include <algorithm>
#include <utility>

namespace utvei {

std::vector<Waiter> WaitingRooms::beyond(std::uint32_t desk, std::size_t at_most) {
  std::vector<Waiter> newcomers = std::exchange(newcomers_[desk], {});
  if (waiting_[desk] <= at_most) return {};
  std::erase_if(newcomers, [&](Waiter const& waiter) { return !inside_.contains(key_of(desk, waiter.row)); });
  std::ranges::sort(newcomers, {}, &Waiter::person);
  std::size_t const too_many = std::min(waiting_[desk] - at_most, newcomers.size());
  newcomers.erase(newcomers.begin(), newcomers.end() - static_cast<std::ptrdiff_t>(too_many));
  return newcomers;
}

}  // namespace utvei
