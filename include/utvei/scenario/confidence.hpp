// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/scenario/measure.hpp>

namespace utvei {

/// Evidence of confidence L: a judgement, another group, no control group. What rests on it is taken for granted.
inline bool has_low_confidence(Measure const& measure) {
  return measure.evidence && measure.evidence->confidence == "L";
}

}  // namespace utvei
