// SPDX-License-Identifier: Apache-2.0
#include "column_mapping.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

std::optional<MappedWord> optional_word(MapReader& map, std::string_view key, Diagnostics& diagnostics) {
  auto const* value = map.optional(key);
  auto const text = value == nullptr ? std::nullopt : as_code(*value, key, diagnostics);
  return text ? std::optional{MappedWord{*text, value->place}} : std::nullopt;
}

std::vector<MappedWord> optional_words(MapReader& map, std::string_view key, Diagnostics& diagnostics) {
  std::vector<MappedWord> words;
  auto const* value = map.optional(key);
  if (value == nullptr) return words;
  for (auto& [text, place] : as_codes(*value, key, diagnostics)) words.push_back({std::move(text), std::move(place)});
  if (words.empty() && value->is_list() && value->items.empty())
    diagnostics.error(value->place, fmt::format("`{}` is an empty list", key), "", "name values, or leave it out");
  return words;
}

void read_values(Value const& values, ColumnMapping& column, Diagnostics& diagnostics) {
  MapReader const map{values, "`values`", diagnostics};
  for (auto const& member : values.members) {
    auto const code = as_code(member, "values", diagnostics);
    auto const to = as_code(member.value, fmt::format("value `{}`", member.key), diagnostics);
    if (code && to) column.values.emplace(*code, MappedWord{*to, member.value.place});
  }
}

/// A value that is to be kept and left out at the same time.
void check_lists(ColumnMapping const& column, Diagnostics& diagnostics) {
  auto const has = [](std::vector<MappedWord> const& words, std::string const& text) {
    return std::ranges::find(words, text, &MappedWord::text) != words.end();
  };
  auto const check = [&](std::vector<MappedWord> const& left_out, std::string_view key) {
    for (auto const& word : left_out)
      if (has(column.keep, word.text) || column.values.contains(word.text))
        diagnostics.error(
            word.place, fmt::format("`{}` is taken and left out", word.text),
            fmt::format("it stands in `{}`, and in `{}`", has(column.keep, word.text) ? "keep" : "values", key),
            "take one of them away");
  };
  check(column.drop, "drop");
  check(column.total, "total");
}

void read_keys(MapReader& map, ColumnMapping& column, Diagnostics& diagnostics) {
  column.as = optional_word(map, "as", diagnostics);
  if (auto const* values = map.optional("values")) read_values(*values, column, diagnostics);
  column.keep = optional_words(map, "keep", diagnostics);
  column.drop = optional_words(map, "drop", diagnostics);
  column.total = optional_words(map, "total", diagnostics);
  column.level = optional_word(map, "level", diagnostics);
  if (auto const* others = map.optional("others")) {
    auto const chosen = as_choice(*others, {"error", "drop"}, "others", diagnostics);
    column.others = chosen == std::size_t{1} ? OtherValues::dropped : OtherValues::refused;
  }
  check_lists(column, diagnostics);
  auto const is_region = column.as && column.as->text == "region";
  if (column.level && !is_region)
    diagnostics.error(column.level->place, "`level` is of regions", "it chooses counties or municipalities",
                      "leave it out, or write `as: region`");
  if (!column.as && !column.values.empty())
    diagnostics.error(column.place, fmt::format("`{}` has `values` but no `as`", column.column),
                      "the words would be those of no column", "write `as: state`, `as: sex` or another name");
  if (!column.as && column.keep.empty() && map.map().is_map())
    diagnostics.error(column.place, fmt::format("nothing says what to do with `{}`", column.column), "",
                      "`as` says what it is; `keep` alone takes one value, and the dimension disappears");
}

}  // namespace

ColumnMapping read_column_mapping(Member const& member, Diagnostics& diagnostics) {
  ColumnMapping column;
  column.column = member.key;
  column.place = member.key_place;
  if (member.value.is_scalar()) {
    if (auto const as = as_code(member.value, member.key, diagnostics)) column.as = {*as, member.value.place};
    return column;
  }
  MapReader map{member.value, fmt::format("column `{}`", member.key), diagnostics};
  read_keys(map, column, diagnostics);
  if (auto const* blanks = map.optional("blanks")) {
    auto const chosen = as_choice(*blanks, {"error", "as_above"}, "blanks", diagnostics);
    column.blanks_place = blanks->place;
    column.blanks = chosen == std::size_t{1} ? BlankLabels::as_above : BlankLabels::refused;
  }
  map.finish();
  return column;
}

WideMapping read_wide_mapping(Value const& value, Diagnostics& diagnostics) {
  WideMapping wide;
  wide.mapping.column = "wide";
  wide.mapping.place = value.place;
  MapReader map{value, "`wide`", diagnostics};
  wide.columns = optional_words(map, "columns", diagnostics);
  read_keys(map, wide.mapping, diagnostics);
  map.finish();
  return wide;
}

}  // namespace utvei
