// SPDX-License-Identifier: Apache-2.0
// Folders and files of tests: #include "support/files.hpp".
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace utvei::support {

inline std::string read_file(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) throw std::runtime_error{"cannot read " + path.string()};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Makes the folders above the file as well.
inline void write_file(std::filesystem::path const& path, std::string_view text) {
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
  std::ofstream out{path, std::ios::binary};
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out.flush()) throw std::runtime_error{"cannot write " + path.string()};
}

/// A fresh folder that is removed with everything in it at the end of the scope.
class TempFolder {
 public:
  TempFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "utvei-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"cannot make " + pattern};
    path_ = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(TempFolder const&) = delete;
  TempFolder& operator=(TempFolder const&) = delete;
  TempFolder(TempFolder&&) = delete;
  TempFolder& operator=(TempFolder&&) = delete;

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }
  /// folder / "model.yaml"
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// Writes a file in the folder and gives its path as text, for the functions that read files.
  std::string write(std::string_view name, std::string_view text) const {
    auto const path = path_ / name;
    write_file(path, text);
    return path.string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace utvei::support
