// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace utvei {

/// A folder of this process's own among the temporary files, readable by its user alone; gone with this.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(ScratchFolder const&) = delete;
  ScratchFolder& operator=(ScratchFolder const&) = delete;
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  std::string path_;
};

/// 32 hexadecimal digits of the system's randomness.
std::string random_token();

/// Takes as long for texts of a length, whatever is in them.
bool is_same_secret(std::string const& a, std::string const& b);

}  // namespace utvei
