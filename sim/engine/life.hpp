// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "entitlements.hpp"
#include "luck.hpp"
#include "participation.hpp"
#include "turns.hpp"

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// What happens next to somebody.
struct Event {
  Instant time;
  StateId from;
  StateId to;
  Cause cause{Cause::end};
  std::uint32_t number{0};  ///< of the transition, the rule, the turn or the measure
};

/// One person's life while it is followed. Region, traits and clocks are state of the life: whatever changes one of
/// them calls reprice(), and the next step runs under the new intensities. A move or a change of a trait does not touch
/// the time in state.
class Life {
 public:
  explicit Life(RunPlan const& plan);

  /// The person at the start of the run. `answers`: of the queues of measures to the person, in order of time.
  void begin(Population const& people, PersonRow at, RandomKey const& random_key, std::span<Answer const> answers = {});
  [[nodiscard]] bool is_open() const { return open_; }
  void apply(Event const& event);

  // State of the life, read by the rest of the engine.
  PersonRow row;
  PersonKey person;
  RandomKey key{0, 0, 0};
  Instant now;
  StateId state;
  Instant birth;  ///< any moment if nothing depends on age
  RegionId region;
  std::vector<std::uint16_t> traits;     ///< level by TraitId
  std::vector<Instant> clock_started;    ///< by ClockId: when the clock read zero; the first is time in state
  std::vector<std::uint32_t> rule_uses;  ///< by rule: how often it has drawn
  std::uint64_t rules_passed{0};         ///< rules of the state that let the person stay, one bit each
  std::uint32_t profile{0};
  std::uint32_t calendar_hint{0}, age_hint{0};  ///< bands where the life was last seen: time only goes on
  Luck luck;
  Turns turns;
  Entitlements entitlements;
  Participation participation;
  bool is_changed{false};  ///< whether the last event changed region or traits

  /// When something beside the state comes to pass, if the state stays as it is: a turn, or what services do.
  [[nodiscard]] Instant interrupted() const { return std::min(turns.due(), participation.due()); }

  /// Looks the profile up anew after a change of region or traits.
  void reprice() { profile = plan_->profiles.find(region, traits); }

 private:
  void follow_up(Event const& event, StateId left);
  /// The levels that the event brings, by the way and by the state that was entered.
  std::vector<TraitSetting> const& settings_of(Event const& event);

  RunPlan const* plan_;
  std::vector<TraitSetting> settings_;  ///< of an event that has them from both
  bool open_{false};
};

/// The next event of a life: the first exit whose integrated intensity reaches what is left of its luck, against
/// limits, ages and the end of the run. Everything that was at risk is debited for the time until then.
Event next_event(RunPlan const& plan, Life& life);

}  // namespace utvei
