// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// Scenarios by each outcome that was asked for, with the chances of their ranks. Empty where none was.
std::string rankings_text(Comparison const& comparison, std::string_view language);

/// Differences of differences of a scenario: where they were asked for, over all years, or of the last one.
std::string contrasts_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
