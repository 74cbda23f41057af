// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/files.hpp>

#include <algorithm>

namespace utvei {

void collect_files(Value const& value, std::vector<std::string>& files) {
  if (value.place.source && value.place.source->name != "--set" &&
      std::ranges::find(files, value.place.source->name) == files.end()) {
    files.push_back(value.place.source->name);
  }
  for (Value const& item : value.items) collect_files(item, files);
  for (Member const& member : value.members) collect_files(member.value, files);
}

}  // namespace utvei
