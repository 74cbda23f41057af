// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/value.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace utvei {

Value const* Value::find(std::string_view key) const {
  auto const found =
      std::find_if(members.begin(), members.end(), [&](Member const& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

std::string path_beside(Value const& value) {
  // A SourceText that is no file (`--set`) has no folder: its paths are seen from where the program runs.
  auto const folder =
      value.place.source ? std::filesystem::path{value.place.source->name}.parent_path() : std::filesystem::path{};
  auto const written = std::filesystem::path{value.scalar};
  if (folder.empty() || written.is_absolute()) return value.scalar;
  return (folder / written).string();
}

}  // namespace utvei
