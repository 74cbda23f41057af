// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// Scores over time and events of histories, of one scenario and the baseline; empty where nobody is followed.
std::string follow_up_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
