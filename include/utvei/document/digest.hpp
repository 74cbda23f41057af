// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::string_view bytes);
/// Of a file's bytes; "" if it cannot be read.
std::string sha256_of_file(std::string const& path);

}  // namespace utvei
