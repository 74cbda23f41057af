// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service_desk.hpp"

#include <utvei/core/id.hpp>

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace utvei {

/// How many wait at each of the desks for which that matters: where a room is full, or a group must come together.
class WaitingRooms {
 public:
  /// `is_counted`: by desk.
  explicit WaitingRooms(std::vector<bool> is_counted)
      : is_counted_{std::move(is_counted)}, waiting_(is_counted_.size()), newcomers_(is_counted_.size()) {}

  [[nodiscard]] bool counts(std::uint32_t desk) const { return is_counted_[desk]; }
  [[nodiscard]] std::size_t waiting(std::uint32_t desk) const { return waiting_[desk]; }
  void enter(std::uint32_t desk, Waiter const& waiter) {
    if (!is_counted_[desk] || !inside_.insert(key_of(desk, waiter.row)).second) return;
    ++waiting_[desk];
    newcomers_[desk].push_back(waiter);
  }
  /// Nothing if they are not inside.
  void leave(std::uint32_t desk, PersonRow row) {
    if (is_counted_[desk] && inside_.erase(key_of(desk, row)) > 0) --waiting_[desk];
  }
  /// Those who came last, as many as are too many; nobody is new afterwards.
  std::vector<Waiter> beyond(std::uint32_t desk, std::size_t at_most);

 private:
  static std::uint64_t key_of(std::uint32_t desk, PersonRow row) { return (std::uint64_t{desk} << 32) | row.value(); }
  std::vector<bool> is_counted_;
  std::vector<std::size_t> waiting_;
  std::vector<std::vector<Waiter>> newcomers_;  ///< by desk: of this minute
  std::unordered_set<std::uint64_t> inside_;
};

}  // namespace utvei
