// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What old codes of regions are called today.
class Crosswalk {
 public:
  Crosswalk() = default;
  /// Reads its file.
  Crosswalk(Recoding const& recoding, Diagnostics& diagnostics);
  /// None for a code that the file lacks: it is as it was. Several where a region was divided.
  [[nodiscard]] std::vector<std::string> successors(std::string_view code) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> successors_;
};

}  // namespace utvei
