// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/memory.hpp>

#include <limits>

#include <unistd.h>

namespace utvei {

std::uint64_t physical_memory() {
  long const pages = sysconf(_SC_PHYS_PAGES);
  long const bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || bytes <= 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes);
}

}  // namespace utvei
