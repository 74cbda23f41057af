// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// The clocks of a life that count the time in some states or with some flag: sick pay within three years, months on a
/// benefit. What was counted stays at other times, until it lies too far back, or until people have earned it anew.
class Entitlements {
 public:
  explicit Entitlements(RunPlan const& plan);

  /// In a state since `entered`, which may be before the run; nothing is known of what was before that, and the levels
  /// are those of all of the stay.
  void begin(StateId state, std::vector<std::uint16_t> const& levels, Instant entered);
  /// The state or levels of traits have given way to others.
  void change(StateId state, std::vector<std::uint16_t> const& levels, Instant now);
  /// Whether a change of a trait may concern a clock.
  [[nodiscard]] bool see_traits() const { return see_traits_; }
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
  void earn(Clock const& clock, StateId state, bool counts, Instant now, Count& count) const;

  RunPlan const* plan_;
  bool see_traits_{false};
  Column<ClockId, Count> counts_;  ///< the first, time in state, is not used
};

}  // namespace utvei
