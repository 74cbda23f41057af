// SPDX-License-Identifier: Apache-2.0
#include "shipped.hpp"

#include <utvei/core/diagnostics.hpp>

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {

std::string shipped_folder(std::string const& name) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path const program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (char const* way : {"../share/utvei", "../../scenarios"}) {
    fs::path const folder = (program / way / name).lexically_normal();
    if (fs::is_regular_file(folder / "model.yaml", error)) return folder.string();
  }
  throw InputError{Fault::data, Place{}, fmt::format("the scenarios of `{}` are not beside the program", name),
                   fmt::format("looked for share/utvei/{} next to the folder of {}", name, program.string()),
                   "install the program with `cmake --install`, which puts them there"};
}

}  // namespace utvei
