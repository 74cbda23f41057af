// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>

#include <cstddef>

namespace utvei {

/// Months begun since people were followed, or came to a step; what happens at once is in month 0.
inline std::size_t months_begun(Duration since) {
  return static_cast<std::size_t>((since.minutes + minutes_per_month - 1) / minutes_per_month);
}

}  // namespace utvei
