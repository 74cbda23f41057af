// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/memory.hpp>

#include <fstream>
#include <limits>
#include <string>

#include <unistd.h>

namespace utvei {

std::uint64_t physical_memory() {
  long const pages = sysconf(_SC_PHYS_PAGES);
  long const bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || bytes <= 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes);
}

std::uint64_t peak_memory() {
  // Not by getrusage(), which counts what the process was before it became this program.
  constexpr std::uint64_t kilobyte = 1024;
  std::ifstream status{"/proc/self/status"};
  std::string word;
  std::uint64_t number = 0;
  while (status >> word)
    if (word == "VmHWM:" && status >> number) return number * kilobyte;
  return 0;
}

}  // namespace utvei
