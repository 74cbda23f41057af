// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace utvei {

/// The section on money of one scenario; "" where none was counted. Ledgers, when it is earned back, what a year in
/// work costs, what one assumption changes, what has no price, and what nobody has verified.
std::string money_text(Comparison const& comparison, std::size_t scenario, std::string_view language);

}  // namespace utvei
