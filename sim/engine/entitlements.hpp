// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// The clocks of a life that count the time in some states: sick pay within three years, months on a benefit. What was
/// counted stays while people are elsewhere, until it lies too far back, or until they have earned it anew.
class Entitlements {
 public:
  explicit Entitlements(RunPlan const& plan);

  /// In a state since `entered`, which may be before the run; nothing is known of what was before that.
  void begin(StateId state, Instant entered);
  /// The state gives way to another.
  void change(StateId to, Instant now);
  /// When the clock will have come to `after`, if the person stays where it counts; in the distant future if never.
  [[nodiscard]] Instant reaches(ClockId id, Duration after) const;
  /// Who is let stay at a limit is not asked there again, in whichever state, until the clock is at zero once more.
  void pass(ClockId clock, Duration after) { counts_[clock].passed.push_back(after); }
  [[nodiscard]] bool has_passed(ClockId clock, Duration after) const;

 private:
  struct Interval {
    Instant from, to;
  };
  struct Count {
    std::vector<Duration> passed;                 ///< limits at which the person was let stay
    std::vector<Interval> used;                   ///< in order, without the one that goes on
    std::optional<Instant> since;                 ///< if it counts now
    std::vector<std::optional<Instant>> earning;  ///< by renewal: since when people are where it is earned
  };
  RunPlan const* plan_;
  Column<ClockId, Count> counts_;  ///< the first, time in state, is not used
};

}  // namespace utvei
