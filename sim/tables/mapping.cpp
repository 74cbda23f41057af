// SPDX-License-Identifier: Apache-2.0
#include "mapping.hpp"

#include "column_mapping.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

/// SSB, Standardtegn i tabeller, with the signs of before 2021.
std::map<std::string, Sign, std::less<>> usual_signs() {
  return {
      {".", Sign::not_possible}, {"..", Sign::missing}, {"...", Sign::not_yet}, {":", Sign::hidden}, {"-", Sign::none}};
}

/// The keys of one map, one after another.
class MappingReader {
 public:
  MappingReader(Value const& value, MappingForm form, Diagnostics& diagnostics)
      : keys_{value, form == MappingForm::file ? "the mapping" : "a table", diagnostics}, diagnostics_{diagnostics} {
    if (form == MappingForm::file || value.find("utvei") != nullptr)
      is_good_ = check_format(keys_, "mapping", diagnostics);
    mapping_.place = value.place;
    mapping_.signs = usual_signs();
  }

  Mapping read() {
    if (!is_good_) return std::move(mapping_);
    read_file();
    read_sheet_form();
    read_columns();
    read_signs();
    if (auto const* small = keys_.optional("small")) mapping_.small = read_small(*small);
    if (auto const* recode = keys_.optional("recode")) mapping_.recode = read_recoding(*recode);
    keys_.finish();
    return std::move(mapping_);
  }

 private:
  void read_file() {
    if (auto const* file = keys_.required("file")) {
      if (as_text(*file, "file", diagnostics_)) mapping_.file = {path_beside(*file), file->place};
    }
    if (auto const* model = keys_.optional("model"))
      if (as_text(*model, "model", diagnostics_)) mapping_.model = {path_beside(*model), model->place};
    if (auto const* published = keys_.optional("published")) read_published(*published);
    if (auto const* kind = keys_.optional("kind")) {
      auto const chosen = as_choice(*kind, {"json-stat", "csv"}, "kind", diagnostics_);
      if (chosen) mapping_.kind = *chosen == 0 ? TableKind::json_stat : TableKind::csv;
    }
    mapping_.dataset = word("dataset", mapping_.only_json);
  }

  void read_published(Value const& value) {
    MapReader map{value, "`published`", diagnostics_};
    auto const text = [&](std::string_view key) {
      auto const* found = map.required(key);
      return found == nullptr ? std::string{} : as_text(*found, key, diagnostics_).value_or("");
    };
    mapping_.published = {text("name"), text("address"), text("save_as")};
    map.finish();
  }

  /// A key of one kind of file.
  Value const* key_of(std::string_view name, std::vector<MappedWord>& only) {
    auto const* value = keys_.optional(name);
    if (value != nullptr) only.push_back({std::string{name}, value->place});
    return value;
  }

  std::optional<MappedWord> word(std::string_view name, std::vector<MappedWord>& only) {
    auto const* value = key_of(name, only);
    auto const text = value == nullptr ? std::nullopt : as_code(*value, name, diagnostics_);
    return text ? std::optional{MappedWord{*text, value->place}} : std::nullopt;
  }

  void read_sheet_form() {
    auto& only = mapping_.only_csv;
    if (auto const* lines = key_of("skip_lines", only)) {
      auto const count = as_integer(*lines, 0, 100'000, "skip_lines", diagnostics_);
      mapping_.skip_lines = static_cast<std::size_t>(count.value_or(0));
    }
    if (auto const* until = key_of("until", only)) mapping_.until = as_text(*until, "until", diagnostics_);
    static std::vector<std::string> const marks{",", ".", " "};
    auto const mark = [&](std::string_view name, std::size_t most) -> char {
      auto const* value = key_of(name, only);
      if (value == nullptr) return 0;
      auto const chosen =
          as_choice(*value, {marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(most)}, name, diagnostics_);
      return chosen ? marks[*chosen].front() : char{0};
    };
    mapping_.decimal = mark("decimal", 2);
    mapping_.thousands = mark("thousands", 3);
    if (mapping_.decimal != 0 && mapping_.decimal == mapping_.thousands)
      diagnostics_.error(only.back().place, "`decimal` and `thousands` are the same mark",
                         "1.234 would be one and a bit, or more than a thousand", "write another one, or leave it out");
    mapping_.value = word("value", only);
  }

  void read_columns() {
    if (auto const* wide = key_of("wide", mapping_.only_csv)) mapping_.wide = read_wide_mapping(*wide, diagnostics_);
    auto const* columns = keys_.required("columns");
    if (columns == nullptr) return;
    MapReader const map{*columns, "`columns`", diagnostics_};
    for (auto const& member : columns->members) {
      mapping_.columns.push_back(read_column_mapping(member, diagnostics_));
    }
    check_names();
  }

  /// Two columns of one name would be told apart by nobody.
  void check_names() {
    std::map<std::string, Place> seen;
    auto const check = [&](ColumnMapping const& column) {
      if (!column.as) return;
      auto const [first, is_new] = seen.emplace(column.as->text, column.as->place);
      if (!is_new)
        diagnostics_.error(column.as->place, fmt::format("two columns are read as `{}`", column.as->text),
                           fmt::format("line {} has the other", first->second.line),
                           "give one of them another name, such as `from` and `to`, or take `as` away");
    };
    std::ranges::for_each(mapping_.columns, check);
    if (mapping_.wide) check(mapping_.wide->mapping);
    if (seen.empty() && !diagnostics_.has_errors())
      diagnostics_.error(mapping_.place, "no column is read as anything", "the table would be a single number",
                         "write for example `Region: {as: region}`");
  }

  void read_signs() {
    auto const* signs = keys_.optional("signs");
    if (signs == nullptr) return;
    MapReader const map{*signs, "`signs`", diagnostics_};
    static constexpr std::array kinds{Sign::none, Sign::not_possible, Sign::missing, Sign::not_yet, Sign::hidden};
    for (auto const& member : signs->members) {
      auto const chosen = as_choice(member.value, {"zero", "not_possible", "missing", "not_yet", "hidden"},
                                    fmt::format("sign `{}`", member.key), diagnostics_);
      if (chosen) mapping_.signs[member.key] = kinds[*chosen];
    }
  }

  SmallCounts read_small(Value const& value) {
    SmallCounts small;
    small.place = value.place;
    if (value.is_scalar()) {
      auto const chosen = as_choice(value, {"none", "zero_or_three"}, "small", diagnostics_);
      if (chosen == std::size_t{1}) small.rule = SmallCounts::Rule::zero_or_three;
      return small;
    }
    MapReader map{value, "`small`", diagnostics_};
    auto const* hidden = map.optional("hidden_below");
    auto const* rounded = map.optional("round_to");
    if (value.is_map() && (hidden == nullptr) == (rounded == nullptr))
      diagnostics_.error(value.place, "`small` is one rule", "",
                         "write none, zero_or_three, {hidden_below: 4} or {round_to: 5}");
    if (auto const* number = hidden != nullptr ? hidden : rounded) {
      small.rule = hidden != nullptr ? SmallCounts::Rule::hidden_below : SmallCounts::Rule::rounded;
      auto const what = hidden != nullptr ? "hidden_below" : "round_to";
      small.number = static_cast<int>(as_integer(*number, 2, 1'000, what, diagnostics_).value_or(2));
    }
    if (hidden != nullptr)
      if (auto const* least = map.optional("least"))
        small.least = static_cast<int>(as_integer(*least, 0, small.number - 1, "least", diagnostics_).value_or(0));
    map.finish();
    return small;
  }

  std::optional<Recoding> read_recoding(Value const& value) {
    MapReader map{value, "`recode`", diagnostics_};
    auto const take = [&](std::string_view key) -> std::optional<MappedWord> {
      auto const* found = map.required(key);
      auto const text = found == nullptr ? std::nullopt : as_text(*found, key, diagnostics_);
      if (!text) return std::nullopt;
      return MappedWord{key == "file" ? path_beside(*found) : *text, found->place};
    };
    auto file = take("file");
    auto from = take("from");
    auto to = take("to");
    map.finish();
    if (!file || !from || !to) return std::nullopt;
    return Recoding{std::move(*file), std::move(*from), std::move(*to)};
  }

  MapReader keys_;
  Diagnostics& diagnostics_;
  Mapping mapping_;
  bool is_good_{true};
};

}  // namespace

ColumnMapping const* Mapping::find(std::string_view column) const {
  auto const found = std::ranges::find(columns, column, &ColumnMapping::column);
  return found == columns.end() ? nullptr : &*found;
}

Mapping read_mapping(Value const& value, MappingForm form, Diagnostics& diagnostics) {
  return MappingReader{value, form, diagnostics}.read();
}

}  // namespace utvei
