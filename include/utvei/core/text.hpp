// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// Without the blanks around it.
inline std::string_view trimmed(std::string_view text, std::string_view blanks = " \t") {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Text as a field of a file with separators: in quotes where it holds what would end it (RFC 4180).
inline std::string csv_field(std::string_view text, std::string_view separators = ",") {
  auto const ends_it = [&](char letter) {
    return letter == '"' || letter == '\r' || letter == '\n' || separators.find(letter) != std::string_view::npos;
  };
  std::string field;
  bool quoted = false;
  for (char const letter : text) {
    quoted = quoted || ends_it(letter);
    field += letter;
    if (letter == '"') field += '"';
  }
  return quoted ? '"' + field + '"' : field;
}

}  // namespace utvei
