// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace utvei {

/// Which ways people take in one scenario of a comparison, and in the baseline. Empty where nobody asks.
std::string pathway_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
