// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace utvei {

/// People of a register that one thread reads at a time; sums of whole numbers do not depend on it.
inline constexpr std::size_t persons_per_block = 1024;

}  // namespace utvei
