// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <utvei/core/libraries.hpp>

namespace utvei {

/// HDF5 (of the running library).
std::vector<LibraryVersion> output_libraries();

}  // namespace utvei
