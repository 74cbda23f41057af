// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/libraries.hpp>

#include <fmt/format.h>
#ifndef UTVEI_STD_THREADS
#include <oneapi/tbb/version.h>
#endif

namespace utvei {

std::vector<LibraryVersion> core_libraries() {
  std::vector<LibraryVersion> libraries;
#ifndef UTVEI_STD_THREADS
  libraries.push_back({"oneTBB", TBB_runtime_version()});
#endif
  libraries.push_back(
      {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)});
  return libraries;
}

}  // namespace utvei
