// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// How sure the main differences of a scenario are: 50, 80 and 95 % intervals, and the three parts of what is not
/// known. Empty where no error is known.
std::string uncertainty_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

/// What must be true for the differences of a scenario to hold, where its main effect is assumed; and which what-ifs it
/// asks. Empty where it has neither.
std::string assumptions_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
