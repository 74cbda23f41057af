// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

/// What is printed of a register outside of its place has no count of people or events below this one, but none.
std::int64_t least_told(std::string_view data_class, Audience audience);

/// Permissions of a new file: 0600 for what was made from a register, else 0644.
unsigned file_mode(std::string_view data_class);

}  // namespace utvei
