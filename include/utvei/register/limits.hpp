// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

/// A limit of the model whose destinations are to be estimated. What happens from `within` before it to `within` after
/// it, (after - within, after + within] on the clock of time in state, is the rule's and not that of intensities.
struct LimitWindow {
  StateId state;
  Duration after;
  Duration within;
  [[nodiscard]] Duration from() const { return after - within; }
  [[nodiscard]] Duration to() const { return after + within; }
};

/// Who came to a limit, and where they went.
struct LimitCounts {
  LimitWindow window;
  std::vector<RegionId> regions;  ///< empty: all together
  /// By place in `regions` (one place if there are none), then StateId: those who changed to that state within the
  /// window; under the state of the limit itself those who were still there at its end.
  std::vector<std::vector<std::int64_t>> went;
  std::int64_t censored{0};        ///< observation, or an age end of the model, ended within the window
  std::int64_t seen_late{0};       ///< observation began within the window or after it
  std::int64_t unknown_time{0};    ///< spells in the state that began before they were observed
  std::int64_t unknown_region{0};  ///< came to the limit, and nobody says where the person lived

  /// Those who came to the limit and are counted.
  [[nodiscard]] std::int64_t reached() const;
};

/// Counts at each window. `by_region`: by window, whether regions are told apart. The same integers for any number of
/// threads (0: all).
std::vector<LimitCounts> count_limits(LifeCourses const& lives, Model const& model,
                                      std::span<LimitWindow const> windows, std::vector<bool> const& by_region,
                                      std::size_t threads = 0, StopFlag const* stop = nullptr);

}  // namespace utvei
