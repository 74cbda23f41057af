// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/files.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace utvei {

inline std::filesystem::path input_errors_folder() {
  return std::filesystem::path{UTVEI_SOURCE_DIR} / "tests" / "input_errors";
}

/// A fresh folder with a model, scenarios and a study without mistakes.
class GoodFolder : public support::TempFolder {
 public:
  GoodFolder() { lay_over(input_errors_folder() / "good"); }
  void lay_over(std::filesystem::path const& files) const {
    constexpr auto how = std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy(files, path(), how);
  }
};

/// What stands in a folder, sorted.
inline std::vector<std::string> names_in(std::filesystem::path const& folder) {
  std::vector<std::string> names;
  for (auto const& entry : std::filesystem::directory_iterator{folder})
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace utvei
