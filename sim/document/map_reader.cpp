// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

MapReader::MapReader(Value const& map, std::string what, Diagnostics& diagnostics)
    : map_{map}, what_{std::move(what)}, diagnostics_{diagnostics} {
  // A value without a source is what could not be read; that has been said.
  if (map.is_map() || !map.place.source) return;
  auto const* kind = map.is_list() ? "a list" : map.is_null() ? "empty" : "a single value";
  diagnostics_.error(map.place, fmt::format("{} must be a map of keys", what_), fmt::format("this is {}", kind),
                     "write `key: value` on lines of their own, or {key: value}");
}

Value const* MapReader::optional(std::string_view key) {
  asked_.emplace_back(key);
  auto const* value = map_.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

Value const* MapReader::required(std::string_view key) {
  auto const* value = optional(key);
  if (value != nullptr || !map_.is_map()) return value;
  auto const* empty = map_.find(key);
  diagnostics_.error(
      empty == nullptr ? map_.place : empty->place, fmt::format("{} has no `{}`", what_, key), "",
      empty == nullptr ? fmt::format("add `{}: …`", key) : fmt::format("write a value after `{}:`", key));
  return nullptr;
}

bool MapReader::has_unknown() const {
  return std::ranges::any_of(
      map_.members, [&](Member const& member) { return std::ranges::find(asked_, member.key) == asked_.end(); });
}

void MapReader::finish() {
  for (auto const& member : map_.members) {
    if (std::find(asked_.begin(), asked_.end(), member.key) != asked_.end()) continue;
    bool const is_decimals = !member.key.empty() && std::ranges::all_of(member.key, is_digit) && member.value.is_null();
    diagnostics_.error(member.key_place, fmt::format("{} has no key `{}`", what_, member.key),
                       is_decimals ? "within braces a comma begins another key" : "",
                       is_decimals ? "write a decimal point: 1.3, not 1,3" : did_you_mean(member.key, asked_));
  }
}

namespace {

struct Format {
  std::string_view kind;
  std::string_view version;
};

Format split(std::string_view text) {
  auto const slash = std::min(text.find('/'), text.size());
  return {text.substr(0, slash), text.substr(std::min(slash + 1, text.size()))};
}

}  // namespace

bool check_format(MapReader& reader, std::string_view kind, Diagnostics& diagnostics) {
  auto const expected = fmt::format("utvei: {}/1", kind);
  auto const* value = reader.optional("utvei");
  if (!reader.map().is_map()) return false;
  if (value == nullptr) {
    diagnostics.error(reader.map().place, "the file does not say what it is",
                      fmt::format("a {} file starts with `{}`", kind, expected), fmt::format("add `{}`", expected));
    return false;
  }
  if (!value->is_scalar()) {
    diagnostics.error(value->place, "`utvei` must name a kind of file and its version", "",
                      fmt::format("write `{}`", expected));
    return false;
  }
  auto const found = split(value->scalar);
  static constexpr std::array<std::string_view, 14> kinds{"model",  "scenario", "study",      "batch",       "plan",
                                                          "mix",    "regions",  "population", "calibration", "mapping",
                                                          "income", "trial",    "money",      "power"};
  auto const is_known = std::find(kinds.begin(), kinds.end(), found.kind) != kinds.end();
  if (found.kind != kind) {
    auto const with_article = [](std::string_view noun) {
      return fmt::format("{} {}", noun == "income" ? "an" : "a", noun);
    };
    auto const problem =
        is_known ? fmt::format("this is {} file, {} file was expected", with_article(found.kind), with_article(kind))
                 : fmt::format("`{}` is no kind of file", value->scalar);
    // A file that another one extends may be what says it; the one that was named is at fault.
    Place const& own = reader.map().place;
    bool const is_inherited = own.source && value->place.source && own.source->name != value->place.source->name;
    std::string const why =
        is_inherited ? fmt::format("it extends `{}`, which says `utvei: {}`", value->place.source->name, value->scalar)
                     : std::string{};
    diagnostics.error(is_inherited ? own : value->place, problem, why,
                      is_known ? fmt::format("name {} file", with_article(kind)) : fmt::format("write `{}`", expected));
    return false;
  }
  if (found.version == "1") return true;
  diagnostics.error(value->place, fmt::format("`{}` is a version that this program does not read", value->scalar),
                    fmt::format("it reads {}/1", kind), fmt::format("write `{}`, or use a newer utvei", expected));
  return false;
}

}  // namespace utvei
