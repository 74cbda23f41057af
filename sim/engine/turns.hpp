// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

class Life;

/// The turns of a life: moves and changes of traits, which time brings whatever the state. Their intensities hang on
/// age, calendar, region and traits alone, so the next one is found ahead and holds until a profile changes; then what
/// was spent until that moment is debited under the old profile, and the next one is looked for under the new.
class Turns {
 public:
  explicit Turns(RunPlan const& plan);

  /// At the start of a life. Who has had a level for a time that nobody knows has had an even share of its wait.
  void begin(Life& life);
  /// When the next turn comes; in the distant future if none does.
  [[nodiscard]] Instant due() const { return due_; }
  [[nodiscard]] std::uint32_t next() const { return next_; }
  [[nodiscard]] Cause cause() const { return plan_->turns->turns[next_].cause; }

  /// The turn that is due happens.
  void take(Life& life);
  /// Traits take levels by an event of the state, or the state is one in which turns are made (or not any more).
  void change(Life& life, std::vector<TraitSetting> const& settings);
  /// Whether entering `to` from `from` starts or stops turns.
  [[nodiscard]] bool starts_or_stops(StateId from, StateId to) const {
    return plan_->turns && plan_->turns->at_risk[from.value()] != plan_->turns->at_risk[to.value()];
  }

 private:
  void spend(Life& life);
  /// Finds the next turn, if nothing changes until then. The rules of turns draw nothing, so that looking twice is
  /// looking once.
  void look(Life& life);
  /// Rules of ages that people had when they took the level, one bit each: those changes come at the age alone.
  [[nodiscard]] std::uint64_t ages_behind(Life const& life) const;
  void set(Life& life, TraitId trait, std::uint32_t level);
  void start_clock(Life& life, TraitId trait);

  RunPlan const* plan_;
  std::vector<Instant> taken_;  ///< by TraitId: from when on the present level meets ages
  Instant since_;               ///< when the luck was last debited
  bool is_at_risk_{false};
  Instant due_{distant_future};
  std::uint32_t next_{0};
  std::vector<Hazard> left_then_;  ///< of each exit, once the next turn has come
  std::uint32_t fires_{0};         ///< the exit that it is; none for a rule
  std::uint32_t moves_{0};         ///< so far
};

}  // namespace utvei
