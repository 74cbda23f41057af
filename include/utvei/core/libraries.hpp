// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace utvei {

/// An outside library and its version; each room tells those that it uses.
struct LibraryVersion {
  std::string name;
  std::string version;
};

/// oneTBB (of the running library), fmt.
std::vector<LibraryVersion> core_libraries();

}  // namespace utvei
