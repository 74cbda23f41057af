// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace utvei {

/// A file to begin with, right as it is.
struct Template {
  std::string_view
      kind;  ///< model | scenario | study | population | income | money | batch | persons | spells | margin
  std::string_view text;
};
std::span<Template const> templates();

}  // namespace utvei
