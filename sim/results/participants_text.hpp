// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace utvei {

/// Who began the measures of one scenario of a comparison, and where they were some time later. Empty where nobody
/// began.
std::string participants_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
