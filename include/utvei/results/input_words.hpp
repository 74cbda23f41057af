// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What the words of a planner are made of.
struct InputLabels {
  std::vector<StateInfo> states, measures;
};

/// The name of an uncertain input or a transition in the words of a planner: `job_coach: unemployed -> work` as
/// `Jobbveileder: arbeidsledig → arbeid`. What has no label stays as it is.
std::string input_words(std::string const& name, InputLabels const& labels, std::string_view language);

}  // namespace utvei
