// SPDX-License-Identifier: Apache-2.0
#include "cube.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

bool is_called(Category const& category, std::string_view text) {
  if (text == category.code || text == category.label) return true;
  std::string_view const code = category.code;
  auto const first = code.substr(0, code.find(' '));
  return text == first && first.size() < code.size() && first.find_first_of("0123456789") != std::string_view::npos;
}

std::string shown(Category const& category) {
  if (category.label.empty() || category.label == category.code) return fmt::format("`{}`", category.code);
  return fmt::format("`{}` ({})", category.code, category.label);
}

}  // namespace utvei
