// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/trials.hpp>
#include <utvei/scenario/scenario.hpp>

#include <string>
#include <vector>

namespace utvei {

/// What the effects of a scenario's measures rest on, in lines: trials, and what they say of times that were kept out;
/// assumptions; other evidence.
std::vector<std::string> notes_of_measures(Scenario const& scenario, std::vector<TrialEffect> const& trials);

}  // namespace utvei
