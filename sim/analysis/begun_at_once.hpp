// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/scenario/measure.hpp>

#include <vector>

namespace utvei {

/// The measure as the treated of a study have it: all begin at once, nobody asks who qualifies, and places are enough.
/// `starts`: by StateId, where the people of the study start.
Measure begun_at_once(Measure const& measure, std::vector<bool> const& starts);

}  // namespace utvei
