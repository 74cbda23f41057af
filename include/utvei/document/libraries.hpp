// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/libraries.hpp>

#include <vector>

namespace utvei {

/// yaml-cpp, OpenSSL and zlib (of the running library).
std::vector<LibraryVersion> document_libraries();

}  // namespace utvei
