// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace utvei {

/// What a rule does to those who come to it.
struct Gate {
  struct Way {
    StateId to;
    double share{0};  ///< of all who come to it
    std::uint32_t passage{0};
  };
  double stay{1};
  std::vector<Way> ways;
};

/// The people of a profile who are in a state, for as long as one band of the time in it: between cuts of the
/// intensities and limits. In a band all have the same intensities.
struct Compartment {
  static constexpr std::int64_t open = 0;  ///< the width of the last band
  std::uint32_t profile{0};                ///< whose rates hold
  StateId state;
  std::uint32_t band{0};  ///< of the state's time_in_state axis
  std::int64_t from{0};   ///< minutes in the state
  std::int64_t width{open};
  [[nodiscard]] bool is_open() const { return width == open; }
};

/// A limit of the time in a state.
struct LimitGate {
  Duration after;
  Instant from, to;  ///< who comes to it in this time meets it, half-open
  Rule const* rule{nullptr};
  Gate gate;
  [[nodiscard]] bool holds(Instant now) const { return from <= now && now < to; }
  /// Whether it comes into force now, for all who are over it.
  [[nodiscard]] bool begins(Instant now) const { return rule->valid_from == now && now < rule->valid_to; }
};
struct AgeGate {
  Rule const* rule{nullptr};
  Gate gate;
  [[nodiscard]] Instant moment(Instant birth) const { return birth + rule->age_of(birth); }
};

/// The compartments of one profile: those of a state in the order of time, each leading to the next, but for those whom
/// a limit takes.
struct Ladder {
  std::vector<Compartment> compartments;
  std::vector<std::uint32_t> first;                 ///< by state, and one past the last: its compartments
  std::vector<std::vector<LimitGate>> limits;       ///< by state, in the order of the rules
  std::vector<std::vector<AgeGate>> ages;           ///< by state
  std::int64_t least_first{std::int64_t{1} << 40};  ///< width of the narrowest first band of a state
  [[nodiscard]] std::size_t size() const { return compartments.size(); }
  /// Where somebody is who has been in a state for so long.
  [[nodiscard]] std::uint32_t compartment_at(StateId state, Duration time) const;
};

Ladder ladder_of(RunPlan const& plan, std::vector<Passage> const& passages, std::uint32_t profile);

/// What the limits at the end of a compartment do to those who come to it now.
Gate end_at(Ladder const& ladder, std::uint32_t compartment, Instant now);

/// When rules begin or cease to hold for people of this birth, or ask all who are in a state.
std::vector<Instant> rule_times(Ladder const& ladder, Instant birth);

/// What becomes of those who enter a state. Who enters over a limit or an age leaves in the first minute, which is no
/// time here.
struct Arrival {
  std::vector<std::pair<std::uint32_t, double>> into;      ///< compartments, with shares
  std::vector<std::pair<std::uint32_t, double>> passages;  ///< by rules in that minute
  double staying{0};
};

/// By state, for people of this birth from `now` until the next age end. Throws InputError where limits of a minute
/// lead round in a circle; read_model refuses age ends that do.
std::vector<Arrival> arrivals_of(Ladder const& ladder, Instant birth, Instant now);

/// Likewise of those who start somewhere: `staying` is the share that is still there after the first minute. `spared`:
/// limits that were passed by then do not ask.
Arrival arrival_of_start(Ladder const& ladder, Cohort const& cohort, Cohort::Start const& start, Instant spared);

}  // namespace utvei
