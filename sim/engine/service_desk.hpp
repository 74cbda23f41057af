// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <tuple>
#include <vector>

namespace utvei {

/// Somebody who waits for a place from `asked` on, until `until` at the latest.
struct Waiter {
  std::int64_t rank{0};
  Instant asked;
  PersonKey person;
  PersonRow row;
  std::uint32_t version{0};  ///< of the life that asked: who has been followed anew asks anew
  Instant until;
  /// The first of equals in rank is who asked first, then the lower key.
  friend std::strong_ordering operator<=>(Waiter const& a, Waiter const& b) {
    return std::tie(a.rank, a.asked, a.person) <=> std::tie(b.rank, b.asked, b.person);
  }
  friend bool operator==(Waiter const& a, Waiter const& b) {
    return std::tie(a.rank, a.asked, a.person) == std::tie(b.rank, b.asked, b.person);
  }
};

/// Those who wait at a desk. Who does not wait any more stays in the heap until their turn comes, or the desk looks for
/// them.
class ServiceDesk {
 public:
  /// Says whether a waiter still waits.
  using StillWaits = std::function<bool(Waiter const&)>;

  void ask(Waiter const& waiter);
  /// The first who still waits; nullptr: nobody does. Valid until the desk is asked for something else.
  Waiter const* first(StillWaits const& still_waits);
  /// The first leaves the queue.
  void pop();

 private:
  std::vector<Waiter> heap_;
};

}  // namespace utvei
