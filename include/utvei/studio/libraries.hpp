// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/libraries.hpp>

#include <vector>

namespace utvei {

/// cpp-httplib.
std::vector<LibraryVersion> studio_libraries();

}  // namespace utvei
