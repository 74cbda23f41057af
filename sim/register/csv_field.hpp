// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// Text as a field of a file with commas: in quotes where it holds what would end it.
inline std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string field = "\"";
  for (char const letter : text) {
    field += letter;
    if (letter == '"') field += '"';
  }
  return field + '"';
}

}  // namespace utvei
