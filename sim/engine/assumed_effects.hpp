// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// The effects of a scenario that no study stands behind, and its what-ifs, as far as they change an intensity.
std::vector<AssumedEffect> assumed_effects(Scenario const& scenario);

}  // namespace utvei
