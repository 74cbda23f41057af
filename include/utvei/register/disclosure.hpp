// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

enum class Audience {
  inside,  ///< `--inside`: the file stays where the register is
  outside,
};

/// Throws InputError (wrong usage) if a file made from a register would be written without `--inside`: cells may hold
/// few people. `path`: the file to be written.
void require_disclosure_cleared(std::string_view data_class, Audience audience, std::string_view path);

/// Numbers from here on, and 0, may leave the place of the register; those between stay inside.
inline constexpr double least_shown = 5;
inline bool may_be_shown(double number) {
  return number == 0 || number >= least_shown;
}

/// Permissions of a new file: 0600 for what was made from a register, else 0644.
unsigned file_mode(std::string_view data_class);

}  // namespace utvei
