// SPDX-License-Identifier: Apache-2.0
#include "value_path.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The item of a list that a step names, or whose place it is.
std::size_t item_at(Value const& list, std::string const& step) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Value const* const name = list.items[i].find("name");
    if (name != nullptr && name->scalar == step) return i;
  }
  std::size_t place = list.items.size();
  auto const [end, error] = std::from_chars(step.data(), step.data() + step.size(), place);
  bool const is_place = error == std::errc{} && end == step.data() + step.size();
  return is_place ? std::min(place, list.items.size()) : list.items.size();
}

Member const* member_of(Value const& map, std::string const& key) {
  auto const found = std::ranges::find(map.members, key, &Member::key);
  return found == map.members.end() ? nullptr : &*found;
}

/// The people of a trial are a file beside the one that names them.
void move_paths(Value& value, std::string const& folder) {
  for (Value& item : value.items) move_paths(item, folder);
  for (Member& member : value.members) {
    bool const is_trial = member.key == "from_trial";
    for (Member& inner : member.value.members) {
      if (!is_trial || inner.key != "population" || !inner.value.is_scalar()) continue;
      std::filesystem::path const path{path_beside(inner.value)};
      inner.value.scalar = folder.empty() ? path.string() : std::filesystem::proximate(path, folder).string();
    }
    move_paths(member.value, folder);
  }
}

/// The member of a map that is written, made where it is not there.
Value& written_at(Value& map, std::string const& key, bool is_quoted) {
  map.kind = Value::Kind::map;
  auto const found = std::ranges::find(map.members, key, &Member::key);
  if (found != map.members.end()) return found->value;
  map.members.push_back({key, {}, {}, is_quoted});
  return map.members.back().value;
}

}  // namespace

std::string text_of(ValuePath const& path) {
  return fmt::format("{}", fmt::join(path, "."));
}

bool has_names(Value const& list) {
  return std::ranges::all_of(list.items, [](Value const& item) {
    Value const* const name = item.find("name");
    return name != nullptr && name->is_scalar();
  });
}

Value const* value_at(Value const& document, ValuePath const& path) {
  Value const* at = &document;
  for (std::string const& step : path) {
    if (at->is_list()) {
      std::size_t const item = item_at(*at, step);
      if (item == at->items.size()) return nullptr;
      at = &at->items[item];
    } else {
      at = at->find(step);
      if (at == nullptr) return nullptr;
    }
  }
  return at;
}

Value* value_at(Value& document, ValuePath const& path) {
  Value* at = &document;
  for (std::string const& step : path) {
    if (at->is_list()) {
      std::size_t const item = item_at(*at, step);
      if (item == at->items.size()) return nullptr;
      at = &at->items[item];
    } else {
      auto const found = std::ranges::find(at->members, step, &Member::key);
      if (found == at->members.end()) return nullptr;
      at = &found->value;
    }
  }
  return at;
}

Value laid_over(Value const& document, std::vector<ValuePath> const& paths, std::string const& folder) {
  Value result;
  result.kind = Value::Kind::map;
  for (ValuePath const& path : paths) {
    Value const* from = &document;
    Value* to = &result;
    for (std::string const& step : path) {
      if (from->is_list() && !has_names(*from)) break;
      Member const* const member = from->is_list() ? nullptr : member_of(*from, step);
      to = &written_at(*to, step, member != nullptr && member->key_quoted);
      from = member != nullptr ? &member->value : &from->items[item_at(*from, step)];
    }
    *to = *from;
    move_paths(*to, folder);
  }
  return result;
}

}  // namespace utvei
