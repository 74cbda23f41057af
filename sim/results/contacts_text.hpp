// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace utvei {

/// The section on needs and how services work together, of one scenario; "" where nobody has needs.
std::string contacts_text(Comparison const& comparison, std::size_t scenario, std::string const& period,
                          std::string_view language);

}  // namespace utvei
