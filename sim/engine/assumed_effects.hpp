// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// What a scenario takes for granted, as far as it changes an intensity.
std::vector<AssumedEffect> assumed_effects(Scenario const& scenario);

}  // namespace utvei
