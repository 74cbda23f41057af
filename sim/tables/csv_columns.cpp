// SPDX-License-Identifier: Apache-2.0
#include "csv_columns.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace utvei {
namespace {

bool holds_nothing(Sheet const& sheet, std::size_t column) {
  for (std::size_t row = 0; row < sheet.rows(); ++row)
    if (!sheet.at(row, column).empty()) return false;
  return true;
}

/// `#2`.
std::optional<std::size_t> numbered_column(std::string_view name, std::size_t count) {
  std::size_t number = 0;
  if (!name.starts_with('#')) return std::nullopt;
  auto const [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size() || number == 0 || number > count) return std::nullopt;
  return number - 1;
}

class CsvColumnFinder {
 public:
  CsvColumnFinder(Sheet const& sheet, Mapping const& mapping, Diagnostics& diagnostics)
      : sheet_{sheet}, mapping_{mapping}, diagnostics_{diagnostics}, taken_(sheet.columns().size()) {}

  std::optional<CsvColumns> find() {
    for (auto const& column : mapping_.columns) take(column.column, column.place, found_.labels);
    if (mapping_.value) take(mapping_.value->text, mapping_.value->place, found_.numbers);
    if (mapping_.wide)
      for (auto const& word : mapping_.wide->columns) take(word.text, word.place, found_.numbers);
    if (!is_good_) return std::nullopt;
    if (mapping_.value && mapping_.wide) {
      diagnostics_.error(mapping_.value->place, "`value` and `wide` exclude each other",
                         "the numbers stand in one column, or side by side", "take one of them away");
      return std::nullopt;
    }
    take_the_rest();
    return is_good_ ? std::optional{std::move(found_)} : std::nullopt;
  }

 private:
  void take(std::string const& name, Place const& place, std::vector<std::size_t>& into) {
    auto const& columns = sheet_.columns();
    auto const named = std::ranges::find(columns, name);
    auto const number = numbered_column(name, columns.size());
    if (named == columns.end() && !number) {
      std::vector<std::string> known;
      for (std::size_t i = 0; i < columns.size(); ++i) known.push_back(column_name(sheet_, i));
      refuse(place, fmt::format("the table has no column `{}`", name), "", did_you_mean(name, known));
      return;
    }
    auto const at = named == columns.end() ? *number : static_cast<std::size_t>(named - columns.begin());
    if (named != columns.end() && std::find(named + 1, columns.end(), name) != columns.end()) {
      refuse(place, fmt::format("the table has the column `{}` twice", name), "",
             fmt::format("say which by its number: `#{}`", at + 1));
    } else if (taken_[at]) {
      refuse(place, fmt::format("the column `{}` is used twice", name), "", "name it once");
    } else {
      taken_[at] = true;
      into.push_back(at);
    }
  }

  /// Columns that the mapping does not name: those of `wide`, the one that holds the numbers, or labels.
  void take_the_rest() {
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < taken_.size(); ++i)
      if (!taken_[i] && !(sheet_.columns()[i].empty() && holds_nothing(sheet_, i))) rest.push_back(i);
    if (!found_.numbers.empty()) {
      found_.labels.insert(found_.labels.end(), rest.begin(), rest.end());
    } else if (!rest.empty() && (mapping_.wide || rest.size() == 1)) {
      found_.numbers = rest;
    } else {
      refuse_rest(rest);
    }
  }

  void refuse_rest(std::vector<std::size_t> const& rest) {
    if (rest.empty()) {
      refuse(mapping_.file.place, "no column is left that could hold the numbers",
             "every column of the table stands in `columns`", "take the one with the numbers out of `columns`");
      return;
    }
    std::vector<std::string> names;
    for (auto const column : rest) names.push_back(fmt::format("`{}`", column_name(sheet_, column)));
    refuse(mapping_.file.place, "it cannot be told which column holds the numbers",
           fmt::format("the mapping says nothing of {}", fmt::join(names, ", ")),
           fmt::format("`value: \"{}\"` if it is one; `wide: {{as: year}}` if they stand side by side",
                       column_name(sheet_, rest.back())));
  }

  void refuse(Place const& place, std::string problem, std::string why, std::string suggestion) {
    diagnostics_.error(place, std::move(problem), std::move(why), std::move(suggestion));
    is_good_ = false;
  }

  Sheet const& sheet_;
  Mapping const& mapping_;
  Diagnostics& diagnostics_;
  std::vector<bool> taken_;
  CsvColumns found_;
  bool is_good_{true};
};

}  // namespace

std::string column_name(Sheet const& sheet, std::size_t column) {
  auto const& name = sheet.columns()[column];
  return name.empty() ? fmt::format("#{}", column + 1) : name;
}

std::optional<CsvColumns> find_csv_columns(Sheet const& sheet, Mapping const& mapping, Diagnostics& diagnostics) {
  return CsvColumnFinder{sheet, mapping, diagnostics}.find();
}

}  // namespace utvei
