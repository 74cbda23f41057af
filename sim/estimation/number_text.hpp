// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <fmt/format.h>

namespace utvei {

/// In the tables of estimates: the shortest text that is read back as the same number.
inline std::string number_text(double value) {
  return fmt::format("{}", value);
}

}  // namespace utvei
