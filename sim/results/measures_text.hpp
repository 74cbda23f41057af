// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// What became of the measures of a scenario, a line each, and below it that of the baseline where this has the measure
/// as well; empty if neither has measures. `scenario`: place in the comparison; `period`: what the numbers are of.
std::string measures_text(Comparison const& comparison, std::size_t scenario, std::string const& period,
                          std::string_view language);

}  // namespace utvei
