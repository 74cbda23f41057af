// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/libraries.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// As CMake has it: `0.1.0`.
std::string_view program_version();
/// Of the commit that was built, with `+` where the checkout had changes; `unknown` outside git.
std::string_view git_hash();
/// Name and version of the compiler, and the kind of build.
std::string_view compiler_text();
/// The libraries that the program was built with or runs on, as their rooms tell.
std::vector<LibraryVersion> libraries();
/// Version, git hash, compiler and libraries, one a line.
std::string version_text();

}  // namespace utvei
