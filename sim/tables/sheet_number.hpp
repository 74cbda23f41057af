// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace utvei {

/// How a sheet writes numbers: `decimal` 0 is a point, or a comma where the separator is none; thousands stand apart by
/// blanks, or by `thousands`.
struct NumberForm {
  char decimal{0};
  char thousands{0};
  char separator{','};
};

/// `5 550 203`, `1.234,5`; nullopt if it is something else, or its thousands are not groups of three.
std::optional<double> parse_sheet_number(std::string_view text, NumberForm const& form);

}  // namespace utvei
