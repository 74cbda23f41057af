// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The assumed effects of a result as the text of its attribute `assumed_effects` (JSON), and back.
std::string assumed_text(std::vector<AssumedEffect> const& assumed);
std::vector<AssumedEffect> read_assumed(std::string const& text);

}  // namespace utvei
