// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace utvei {

/// Bytes of memory that this machine has; the largest number if the system does not say.
std::uint64_t physical_memory();

/// The most bytes of memory that this process has had at a time; 0 if the system does not say.
std::uint64_t peak_memory();

}  // namespace utvei
