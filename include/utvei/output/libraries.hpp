// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/libraries.hpp>

#include <vector>

namespace utvei {

/// HDF5 (of the running library).
std::vector<LibraryVersion> output_libraries();

}  // namespace utvei
