// SPDX-License-Identifier: Apache-2.0
// The part of a participation that acts on the life, and what is told of it afterwards.
#include "life.hpp"
#include "participation.hpp"

#include <algorithm>
#include <iterator>

namespace utvei {

StateId Participation::state_at(Instant time) const {
  auto const after = std::ranges::upper_bound(stays_, time, {}, &Stay::from);
  return after == stays_.begin() ? stays_.front().state : std::prev(after)->state;
}

std::span<std::uint16_t const> Participation::levels_at_start(std::size_t n) const {
  return std::span{levels_at_starts_}.subspan(n * traits_, traits_);
}

void Participation::multiply(Life const& life, MeasurePlan const& measure, std::vector<ExitEffect> const& effects,
                             std::size_t step) {
  for (auto const& [exit, number] : effects) {
    EffectPlan const& effect = measure.effects[number];
    auto const& factors = effect.factors[effect.by ? life.traits[effect.by->value()] : 0];
    double const factor = step < factors.size() ? factors[step] : 1;
    factors_[exit] *= factor;
    acts_ = acts_ || factor != 1;
  }
}

Instant Participation::apply_effects(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  Standing const& standing = standings_[m];
  if (standing.stage == Stage::taking) {
    auto const& lock = measure.what.locks_in;
    bool const is_locked = lock && life.now - standing.since < lock->lasts;
    multiply(life, measure, (is_locked ? measure.locks : measure.effects_of)[life.state], 0);
    return is_locked && lock->lasts < unbounded ? standing.since + lock->lasts : distant_future;
  }
  if (standing.ended == distant_past || measure.steps == 1) return distant_future;
  std::int64_t const months = (life.now - standing.ended).minutes / minutes_per_month;
  auto const step = static_cast<std::size_t>(months) + 1;
  if (step >= measure.steps) return distant_future;
  multiply(life, measure, measure.effects_of[life.state], step);
  return standing.ended + Duration{(months + 1) * minutes_per_month};
}

}  // namespace utvei
