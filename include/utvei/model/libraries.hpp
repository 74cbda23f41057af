// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <utvei/core/libraries.hpp>

namespace utvei {

/// Boost.
std::vector<LibraryVersion> model_libraries();

}  // namespace utvei
