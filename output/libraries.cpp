// SPDX-License-Identifier: Apache-2.0
#include <utvei/output/libraries.hpp>

#include <fmt/format.h>
#include <hdf5.h>

namespace utvei {

std::vector<LibraryVersion> output_libraries() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  if (H5get_libversion(&major, &minor, &release) < 0) return {{"HDF5", "unknown"}};
  return {{"HDF5", fmt::format("{}.{}.{}", major, minor, release)}};
}

}  // namespace utvei
