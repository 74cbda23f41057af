// SPDX-License-Identifier: Apache-2.0
#include <utvei/studio/libraries.hpp>

#include <httplib.h>

namespace utvei {

std::vector<LibraryVersion> studio_libraries() {
  return {{"cpp-httplib", CPPHTTPLIB_VERSION}};
}

}  // namespace utvei
