// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/libraries.hpp>

#include <vector>

namespace utvei {

/// Boost.
std::vector<LibraryVersion> model_libraries();

}  // namespace utvei
