// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lever_world.hpp"

#include <vector>

namespace utvei {

/// What a month more of each limit and age end does, and one per cent of those who come to a limit who stay and did
/// not: central differences of the equations, or of simulations that share their luck.
std::vector<RuleLever> find_rule_levers(LeverWorld const& world);

}  // namespace utvei
