// SPDX-License-Identifier: Apache-2.0
#include "effect_ends.hpp"

#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

double sign_of(EffectAt end) {
  return end == EffectAt::lower ? -1 : 1;
}

}  // namespace

void put_effects_at(EffectAt end, Measure& measure) {
  if (end == EffectAt::point) return;
  for (MeasureEffect& effect : measure.effects)
    if (!effect.trial && effect.ratio.log_sd)
      effect.ratio.mean = effect.ratio.median * std::exp(sign_of(end) * normal_975 * *effect.ratio.log_sd);
}

void put_effects_at(EffectAt end, Score& score) {
  if (end == EffectAt::point) return;
  for (Score::OfMeasure& of : score.measures)
    if (of.shift.by.sd) of.shift.by.mean = of.shift.by.middle + sign_of(end) * normal_975 * *of.shift.by.sd;
}

namespace {

/// How the measure moves the score that is the outcome; nothing: it does not, or the outcome is no score.
Score::OfMeasure const* shift_of(StudyDesign const& design, Scenario const& scenario) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  auto const score = std::ranges::find(scenario.scores, design.score, &Score::name);
  if (design.outcome != StudyOutcome::score || score == scenario.scores.end()) return nullptr;
  auto const place = static_cast<std::size_t>(measure - scenario.measures.begin());
  auto const of = std::ranges::find(score->measures, place, &Score::OfMeasure::measure);
  return of == score->measures.end() ? nullptr : &*of;
}

}  // namespace

bool is_shift_known(StudyDesign const& design, Scenario const& scenario) {
  auto const* const of = shift_of(design, scenario);
  return of != nullptr && !of->shift.by.sd;
}

bool has_uncertain_effect(StudyDesign const& design, Scenario const& scenario) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  if (measure == scenario.measures.end()) return false;
  if (std::ranges::any_of(measure->effects, [](auto const& effect) { return !effect.trial && effect.ratio.log_sd; }))
    return true;
  auto const* const of = shift_of(design, scenario);
  return of != nullptr && of->shift.by.sd;
}

}  // namespace utvei
