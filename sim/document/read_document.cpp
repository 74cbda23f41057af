// SPDX-License-Identifier: Apache-2.0
#include "overrides.hpp"
#include "parse.hpp"
#include "places.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/document/value.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view extends_key = "extends";
constexpr std::string_view item_name = "name";
constexpr std::string_view label_key = "label";

auto find_member(Value& map, std::string_view key) {
  return std::find_if(map.members.begin(), map.members.end(), [&](Member const& m) { return m.key == key; });
}

/// Whether items of a list can be addressed by name, as --set does.
bool has_names(Value const& list) {
  return std::ranges::any_of(list.items, [](Value const& item) {
    Value const* name = item.find(item_name);
    return name != nullptr && name->is_scalar();
  });
}

void merge_into(Value& base, Value&& over, Diagnostics& diagnostics);

/// A label says what the name names: what has another name is not called as the old one was.
void drop_label(Value& value) {
  if (auto const label = find_member(value, label_key); label != value.members.end()) value.members.erase(label);
}

/// A map laid over a list of items with names changes single items.
void merge_items(Value& list, Value&& over, Diagnostics& diagnostics) {
  for (auto& member : over.members) {
    auto const found = std::ranges::find_if(list.items, [&](Value const& item) {
      Value const* name = item.find(item_name);
      return name != nullptr && name->is_scalar() && name->scalar == member.key;
    });
    if (found != list.items.end() && member.value.is_null()) {
      list.items.erase(found);
    } else if (found != list.items.end()) {
      merge_into(*found, std::move(member.value), diagnostics);
    } else if (!member.value.is_null()) {
      list.items.push_back(named_item(std::move(member)));
    } else {
      std::vector<std::string> names;
      for (Value const& item : list.items)
        if (Value const* name = item.find(item_name)) names.push_back(name->scalar);
      diagnostics.error(member.key_place, fmt::format("nothing named `{}` is there to be removed", member.key),
                        "an empty value removes what the file that is extended has", did_you_mean(member.key, names));
    }
  }
}

/// Maps merge by key, lists and scalars replace, null removes; a map over a list merges with its items by their names.
void merge_into(Value& base, Value&& over, Diagnostics& diagnostics) {
  if (base.is_list() && over.is_map() && has_names(base)) {
    merge_items(base, std::move(over), diagnostics);
    return;
  }
  if (!base.is_map() || !over.is_map()) {
    base = std::move(over);
    return;
  }
  base.place = over.place;
  for (auto& member : over.members) {
    auto const found = find_member(base, member.key);
    if (found == base.members.end()) {
      base.members.push_back(std::move(member));
    } else if (member.value.is_null()) {
      base.members.erase(found);
    } else {
      found->key_place = member.key_place;
      found->key_quoted = member.key_quoted;
      merge_into(found->value, std::move(member.value), diagnostics);
    }
  }
}

std::string canonical(std::string const& path) {
  std::error_code error;
  auto const found = std::filesystem::weakly_canonical(path, error);
  return error ? path : found.string();
}

/// Reads a file and what it extends. A value without a source is what could not be read, and has been diagnosed.
class ChainReader {
 public:
  explicit ChainReader(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}

  Value read(std::string const& path, Request const& request) {
    auto const source = read_text_file(path, request, diagnostics_);
    if (!source) return {};
    auto value = parse_source(source, 0, Fault::file, diagnostics_);
    if (!value.place.source || !check_root(value)) return {};
    auto const extends = find_member(value, extends_key);
    if (extends == value.members.end()) return value;
    auto const parent_path = std::move(extends->value);
    value.members.erase(extends);
    if (parent_path.is_null()) return value;
    return extend(path, parent_path, std::move(value));
  }

 private:
  struct Link {
    std::string path;
    std::string shown;
  };

  bool check_root(Value const& value) {
    if (value.is_map()) return true;
    if (value.is_null()) {
      diagnostics_.error(whole_of(value.place.source), "the file is empty", "",
                         "`utvei new` writes a commented example");
    } else if (value.is_list()) {
      diagnostics_.error(value.place, "a list stands where the keys of the file should be", "",
                         "write keys at the start of the line: `name: …`");
    } else {
      diagnostics_.error(value.place, "this is text, not keys with values", "a key ends in a colon and a blank",
                         "write `key: value`");
    }
    return false;
  }

  Value extend(std::string const& path, Value const& parent_path, Value value) {
    if (!parent_path.is_scalar() || parent_path.scalar.empty()) {
      diagnostics_.error(parent_path.place, "`extends` must be the path of one file", "",
                         "extend one file, which may itself extend another");
      return {};
    }
    chain_.push_back({canonical(path), path});
    auto const parent = path_beside(parent_path);
    if (auto const cycle = cycle_through(parent); !cycle.empty()) {
      diagnostics_.error(parent_path.place, "files extend each other in a circle", cycle, "take one `extends` away");
      return {};
    }
    auto base = read(parent, Request{parent_path.place});
    if (!base.place.source || !check_kinds(base, value, parent_path)) return {};
    if (value.find(item_name) != nullptr && value.find(label_key) == nullptr) drop_label(base);
    merge_into(base, std::move(value), diagnostics_);
    return base;
  }

  [[nodiscard]] std::string cycle_through(std::string const& parent) const {
    auto const target = canonical(parent);
    auto const first =
        std::find_if(chain_.begin(), chain_.end(), [&](Link const& link) { return link.path == target; });
    if (first == chain_.end()) return {};
    std::string shown;
    for (auto link = first; link != chain_.end(); ++link) shown += link->shown + " → ";
    return shown + parent;
  }

  bool check_kinds(Value const& base, Value const& value, Value const& parent_path) {
    auto const* theirs = base.find("utvei");
    auto const* ours = value.find("utvei");
    if (theirs == nullptr || ours == nullptr || theirs->scalar == ours->scalar) return true;
    diagnostics_.error(parent_path.place, "a file can only extend a file of its own kind",
                       fmt::format("this file is `{}`, `{}` is `{}`", ours->scalar, parent_path.scalar, theirs->scalar),
                       "extend another file");
    return false;
  }

  Diagnostics& diagnostics_;
  std::vector<Link> chain_;
};

}  // namespace

Value read_document(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                    Diagnostics& diagnostics) {
  auto value = ChainReader{diagnostics}.read(path, request);
  if (!value.place.source) return value;
  auto const sets = [&](std::string_view key) {
    return std::ranges::any_of(overrides, [&](Override const& one) {
      return one.path == key || one.path.starts_with(std::string{key} + ".");
    });
  };
  if (sets(item_name) && !sets(label_key)) drop_label(value);
  for (auto const& override : overrides) apply_override(value, override, diagnostics);
  return value;
}

}  // namespace utvei
