// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>

#include <cstdint>

namespace utvei {

/// A half-open interval of a clock, in minutes of the clock (age, time in state) or minutes since 1970 (calendar).
struct Span {
  std::int64_t from;
  std::int64_t to;
  friend bool operator==(Span const&, Span const&) = default;
  [[nodiscard]] bool holds(std::int64_t at) const { return at >= from && at < to; }
};
inline constexpr Span everything{distant_past.minutes, distant_future.minutes};
inline bool lies_inside(Span inner, Span outer) {
  return inner.from >= outer.from && inner.to <= outer.to;
}
inline bool overlap(Span a, Span b) {
  return a.from < b.to && b.from < a.to;
}

}  // namespace utvei
