// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/tables/read_table.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_rows_shown = 20;
constexpr std::size_t most_labels_shown = 6;

/// Characters of UTF-8.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & '\xc0') != '\x80'; }));
}

std::string number_text(double number) {
  return fmt::format("{}", number);
}

/// `12`, `0 to 2`, `:`.
std::string text_of(Published const& value) {
  if (value.is_missing()) return std::string{text_of(value.sign)};
  return value.is_known() ? number_text(value.low)
                          : fmt::format("{} to {}", number_text(value.low), number_text(value.high));
}

std::string labels_text(TableColumn const& column) {
  auto const shown = std::min(column.labels.size(), most_labels_shown);
  auto text = fmt::format(
      "{}", fmt::join(column.labels.begin(), column.labels.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < column.labels.size()) text += fmt::format(", … {}", column.labels.back());
  return text;
}

/// What the numbers are worth: known, between bounds, or a sign.
std::string counts_text(PublicTable const& table) {
  std::size_t known = 0;
  std::size_t bounded = 0;
  std::map<std::string_view, std::size_t> signs;
  for (auto const& value : table.values) {
    if (value.is_missing()) {
      ++signs[text_of(value.sign)];
    } else {
      ++(value.is_known() ? known : bounded);
    }
  }
  auto text = fmt::format("{} rows: {} known", table.rows(), known);
  if (bounded > 0) text += fmt::format(", {} between bounds", bounded);
  for (auto const& [sign, count] : signs) text += fmt::format(", {} times `{}`", count, sign);
  return text;
}

std::string aligned(std::vector<std::vector<std::string>> const& lines) {
  std::vector<std::size_t> widths(lines.front().size());
  for (auto const& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width_of(line[i]));
  std::string text;
  for (auto const& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::string const blanks(widths[i] - width_of(line[i]), ' ');
      auto const is_last = i + 1 == line.size();
      text += is_last ? blanks + line[i] + "\n" : line[i] + blanks + "  ";
    }
  }
  return text;
}

}  // namespace

std::string to_csv(PublicTable const& table) {
  std::string text;
  for (auto const& column : table.columns) text += csv_field(column.name) + ",";
  text += "count,low,high,sign\n";
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) text += csv_field(table.label(row, i)) + ",";
    auto const& value = table.values[row];
    if (value.is_missing()) {
      text += fmt::format(",,,{}\n", text_of(value.sign));
    } else {
      text += fmt::format("{},{},{},\n", value.is_known() ? number_text(value.low) : "", number_text(value.low),
                          number_text(value.high));
    }
  }
  return text;
}

std::string to_text(PublicTable const& table) {
  auto text = table.title.empty() ? "" : table.title + "\n";
  text += fmt::format("{}\n{}\n\n", table.source, counts_text(table));
  std::vector<std::vector<std::string>> lines(1);
  for (auto const& column : table.columns) {
    text += fmt::format("{}: {} ({})\n", column.name, labels_text(column), column.labels.size());
    lines.front().push_back(column.name);
  }
  lines.front().emplace_back("count");
  for (std::size_t row = 0; row < std::min(table.rows(), most_rows_shown); ++row) {
    auto& line = lines.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i) line.push_back(table.label(row, i));
    line.push_back(text_of(table.values[row]));
  }
  text += "\n" + aligned(lines);
  if (table.rows() > most_rows_shown)
    text += fmt::format("… {} more rows: --format csv\n", table.rows() - most_rows_shown);
  return text;
}

}  // namespace utvei
