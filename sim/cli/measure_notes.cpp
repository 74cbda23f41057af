// SPDX-License-Identifier: Apache-2.0
#include "measure_notes.hpp"

#include <utvei/scenario/patterns.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string against_published(TrialEffect::Share const& share) {
  std::string text = fmt::format("{:.3f} ({:.3f} to {:.3f}", share.model, share.low_95, share.high_95);
  if (share.published) {
    bool const is_inside = *share.published >= share.low_95 && *share.published <= share.high_95;
    text += fmt::format("; published {:.3f}{}", *share.published, is_inside ? "" : ", outside");
  }
  return text + ")";
}

void add_trial(TrialEffect const& effect, std::vector<std::string>& notes) {
  notes.push_back(fmt::format(
      "{}: hazard ratio {:.2f} ({:.2f} to {:.2f}) on {}, solved from a trial; in its control "
      "arm the model's intensities are multiplied by {:.2f}",
      effect.measure, effect.hazard_ratio, effect.low_95, effect.high_95, effect.transitions, effect.control_ratio));
  for (TrialEffect::Prediction const& one : effect.predictions)
    notes.push_back(
        fmt::format("{}: kept out, after {}: control {}, treated {}, as arms of that size would show; difference {}",
                    effect.measure, format(one.at), against_published(one.control), against_published(one.treated),
                    against_published(one.difference)));
}

}  // namespace

std::vector<std::string> notes_of_measures(Scenario const& scenario, std::vector<TrialEffect> const& trials) {
  std::vector<std::string> notes;
  for (TrialEffect const& trial : trials) add_trial(trial, notes);
  for (Measure const& measure : scenario.measures) {
    if (measure.evidence && !measure.effects.empty())
      notes.push_back(fmt::format("{}: evidence of confidence {}: {}", measure.name, measure.evidence->confidence,
                                  measure.evidence->source));
    for (MeasureEffect const& effect : measure.effects) {
      if (effect.is_assumed)
        notes.push_back(fmt::format("{}: the effect on {} is assumed, no study is behind it", measure.name,
                                    names_of(effect.transitions, scenario.model)));
      if (effect.half_life)
        notes.push_back(fmt::format("{}: that it fades by half in {} after the end is an assumption", measure.name,
                                    format(*effect.half_life)));
    }
  }
  return notes;
}

}  // namespace utvei
