// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What to write in place of a label that an axis does not have: of regions by their names, too.
std::string advice_for_label(RunResult const& result, Dimension const& axis, std::string_view text);

/// By what one may ask for a part of some table: `state`, `region`, `year` and the dimensions that there are.
std::vector<std::string> dimensions_to_ask_for(RunResult const& result);

}  // namespace utvei
