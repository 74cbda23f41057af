// SPDX-License-Identifier: Apache-2.0
#include "cube.hpp"
#include "json_dataset.hpp"
#include "unplaced.hpp"
#include "words.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/json.hpp>
#include <utvei/document/sheet.hpp>
#include <utvei/tables/read_table.hpp>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

#include <fmt/format.h>

namespace utvei {
namespace {

/// More values than these are for a person to type.
constexpr std::size_t most_values_drafted = 40;

std::string in_yaml_quotes(std::string_view text) {
  std::string inside;
  for (char const letter : text) {
    if (letter == '"' || letter == '\\') inside += '\\';
    if (letter == '\n') {
      inside += "\\n";
    } else {
      inside += letter;
    }
  }
  return '"' + inside + '"';
}

/// As a comment has it: on one line.
std::string in_a_comment(std::string text) {
  std::ranges::replace_if(
      text, [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
  return text;
}

/// Whether all categories that are no total are what `parse` reads.
template <class Parse>
bool are_all(CubeDimension const& dimension, Parse const& parse) {
  auto const is_one = [&](Category const& each) {
    return looks_like_a_total(each.code, each.label) || parse(each.label) || parse(each.code);
  };
  return std::ranges::all_of(dimension.categories, is_one);
}

/// Whether its code or its name is, or holds, one of these words.
bool is_named(CubeDimension const& dimension, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return dimension.name.find(word) != std::string::npos || dimension.label.find(word) != std::string::npos;
  });
}

std::string totals_of(CubeDimension const& dimension) {
  std::string list;
  for (auto const& category : dimension.categories)
    if (looks_like_a_total(category.code, category.label))
      list += fmt::format("{}{}", list.empty() ? "" : ", ", in_yaml_quotes(category.code));
  return list.empty() ? "" : fmt::format("    total: [{}]\n", list);
}

std::string values_of(CubeDimension const& dimension) {
  if (dimension.categories.size() > most_values_drafted) return {};
  auto text = std::string{"    values:\n"};
  for (auto const& category : dimension.categories)
    if (!looks_like_a_total(category.code, category.label))
      text += fmt::format("      {}: {}\n", in_yaml_quotes(category.code), in_yaml_quotes(category.label));
  return text;
}

std::string draft_of(CubeDimension const& dimension) {
  auto const name = dimension.label == dimension.name ? std::string{} : dimension.label + ", ";
  auto const count = dimension.categories.size();
  auto text = fmt::format("  {}:  # {}{} value{}: {}\n", in_yaml_quotes(dimension.name), in_a_comment(name), count,
                          count == 1 ? "" : "s", in_a_comment(list_of(dimension)));
  auto const is_period = [](std::string_view word) { return parse_period(word).has_value(); };
  auto const is_age = [](std::string_view word) { return parse_age(word).has_value(); };
  auto const is_time =
      dimension.name == "Tid" || dimension.name == "år" || is_named(dimension, {"year", "kvartal", "måned"});
  if (is_time && are_all(dimension, is_period)) return text + "    as: year\n";
  if (is_named(dimension, {"egion", "ommune", "ylke"})) return text + "    as: region\n" + totals_of(dimension);
  if (is_named(dimension, {"lder", "age"}) && are_all(dimension, is_age))
    return text + "    as: age\n" + totals_of(dimension);
  if (count == 1 || dimension.measured == Measured::contents)
    return text + fmt::format("    keep: {}\n", in_yaml_quotes(dimension.categories.front().code));
  return text + fmt::format("    as: {}\n", in_yaml_quotes(dimension.name)) + totals_of(dimension) +
         values_of(dimension);
}

/// One that takes every sign.
Mapping lenient_mapping() {
  Mapping mapping;
  for (auto const* const sign : {".", "..", "...", ":", "-", "", "*"}) mapping.signs.emplace(sign, Sign::missing);
  return mapping;
}

/// The last column holds the numbers.
std::optional<Cube> cube_of_sheet(std::shared_ptr<SourceText const> const& source, Fault fault,
                                  Diagnostics& diagnostics) {
  auto const sheet = Sheet::parse(source, {}, fault, diagnostics);
  if (!sheet) return std::nullopt;
  auto mapping = lenient_mapping();
  for (std::size_t i = 0; i + 1 < sheet->columns().size(); ++i) {
    ColumnMapping column;
    column.column = sheet->columns()[i].empty() ? fmt::format("#{}", i + 1) : sheet->columns()[i];
    column.blanks = BlankLabels::as_above;
    mapping.columns.push_back(std::move(column));
  }
  return read_csv_cube(source, mapping, fault, diagnostics);
}

}  // namespace

std::string draft_mapping(std::string const& table, Request const& request, Diagnostics& diagnostics) {
  auto const source = read_text_file(table, request, diagnostics);
  if (!source) return {};
  auto const fault = request.from.source ? Fault::file : Fault::data;
  if (source->text.find("utvei: mapping/") != std::string_view::npos) {
    diagnostics.add({Severity::error, fault, Place{source}, "this is a mapping already", "a draft is made of a table",
                     "name the table, or leave --draft out"});
    return {};
  }
  auto const first = source->text.find_first_not_of(" \t\r\n");
  std::optional<Cube> cube;
  if (first != std::string_view::npos && source->text[first] == '{') {
    auto const root = parse_json(source, fault, diagnostics);
    if (root.place.source) cube = read_json_stat(root, lenient_mapping(), fault, diagnostics);
  } else {
    cube = cube_of_sheet(source, fault, diagnostics);
  }
  if (!cube) return {};
  auto text = fmt::format("{}{}utvei: mapping/1\nfile: {}\ncolumns:\n", cube->title.empty() ? "" : "# ",
                          cube->title.empty() ? "" : in_a_comment(cube->title) + "\n",
                          in_yaml_quotes(std::filesystem::path{table}.filename().string()));
  for (auto const& dimension : cube->dimensions) text += draft_of(dimension);
  return text;
}

}  // namespace utvei
