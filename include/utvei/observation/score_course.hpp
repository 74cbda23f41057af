// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// A person's score along their life:
///
///   own level + m(t) + w(t), held within the scale,
///
/// where m moves to what draws it, dm/dt = κ (μ(t) - m), with μ the sum of the shifts of the present state, of unmet
/// needs and of measures, and κ = ln 2 / half-life of `moves`; since this is linear, m is the sum of what each stay
/// alone would do, in closed form. w is a stationary autoregression by months of the run (a discrete
/// Ornstein-Uhlenbeck process), so that it is the same whatever happens in the life: scenarios that share luck differ
/// by m alone.
class ScoreCourse {
 public:
  /// Keeps references.
  ScoreCourse(ScorePlan const& score, LifePath const& life, RunPlan const& plan, RandomKey const& key)
      : score_{score}, life_{life}, plan_{plan}, key_{key} {}

  /// At a moment of the life.
  [[nodiscard]] double at(Instant time) const;
  /// What the circumstances alone have moved it by.
  [[nodiscard]] double moved(Instant time) const;
  /// One measurement of `truth`, as a number of steps from the lower end of the scale. `luck`: of the
  /// wave, in which each person has an error of their own.
  [[nodiscard]] std::int64_t measured(double truth, std::uint32_t luck) const;

 private:
  [[nodiscard]] double wandered(Instant time) const;
  [[nodiscard]] double drawn_by_stay(ServiceStay const& stay, Instant time) const;
  [[nodiscard]] double drawn_by_states(Instant time) const;
  /// Of a shift of one from the one moment until the other.
  [[nodiscard]] double response(Instant from, Instant to, Instant time) const;
  /// Of a shift of one at `from` that halves each `half_life`.
  [[nodiscard]] double fading_response(Instant from, Duration half_life, Instant time) const;

  ScorePlan const& score_;
  LifePath const& life_;
  RunPlan const& plan_;
  RandomKey key_;
};

}  // namespace utvei
