// SPDX-License-Identifier: Apache-2.0
#include <utvei/output/libraries.hpp>

#include <fmt/format.h>
#include <hdf5.h>
#include <xlsxwriter.h>

namespace utvei {

std::vector<LibraryVersion> output_libraries() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  bool const is_known = H5get_libversion(&major, &minor, &release) >= 0;
  return {{"HDF5", is_known ? fmt::format("{}.{}.{}", major, minor, release) : "unknown"},
          {"libxlsxwriter", lxw_version()},
          {"ReadStat", UTVEI_READSTAT_VERSION}};
}

}  // namespace utvei
