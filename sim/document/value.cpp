// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/value.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

namespace utvei {

Value const* Value::find(std::string_view key) const {
  auto const found =
      std::find_if(members.begin(), members.end(), [&](Member const& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

Value named_item(Member member) {
  Value item = std::move(member.value);
  if (!item.is_map() || item.find("name") != nullptr) return item;
  Value name;
  name.kind = Value::Kind::scalar;
  name.scalar = std::move(member.key);
  name.quoted = member.key_quoted;
  name.place = member.key_place;
  item.members.insert(item.members.begin(), {"name", member.key_place, std::move(name), false});
  return item;
}

Value named_items(Value const& value) {
  auto const is_item = [](Member const& member) { return member.value.is_map() || member.value.is_null(); };
  if (!value.is_map() || !std::ranges::all_of(value.members, is_item)) return value;
  Value list;
  list.kind = Value::Kind::list;
  list.place = value.place;
  for (Member const& member : value.members)
    if (!member.value.is_null()) list.items.push_back(named_item(member));
  return list;
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
