// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study_people.hpp"

#include <utvei/scenario/measure.hpp>
#include <utvei/scenario/score.hpp>

namespace utvei {

/// Puts hazard ratios of a measure at an end of their intervals, or leaves them where they are. Ratios from trials
/// stay: their draws come from arms, and are no interval.
void put_effects_at(EffectAt end, Measure& measure);
/// Likewise how a measure moves scores, if it is their only one. More of a score counts as more, better or not.
void put_effects_at(EffectAt end, Score& score);

}  // namespace utvei
