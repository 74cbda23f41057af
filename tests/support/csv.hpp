// SPDX-License-Identifier: Apache-2.0
// Small tables for tests, as maps from column to text: #include "support/csv.hpp".
#pragma once

#include "support/files.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace utvei::support {

using CsvRow = std::map<std::string, std::string, std::less<>>;

inline std::vector<std::string> split_csv_line(std::string_view line, char separator) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (auto const c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

/// Comma or semicolon (whichever the header has more of), a header, no line breaks within fields.
inline std::vector<CsvRow> parse_csv(std::string const& text) {
  std::istringstream in{text};
  std::string line;
  std::vector<std::string> columns;
  std::vector<CsvRow> rows;
  char separator = ',';
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    if (columns.empty()) {
      separator = std::ranges::count(line, ';') > std::ranges::count(line, ',') ? ';' : ',';
      columns = split_csv_line(line, separator);
      continue;
    }
    auto const fields = split_csv_line(line, separator);
    if (fields.size() != columns.size()) throw std::runtime_error{"another number of fields: " + line};
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = fields[i];
  }
  return rows;
}

inline std::vector<CsvRow> read_csv(std::filesystem::path const& path) {
  return parse_csv(read_file(path));
}

/// A cell as a number; throws if the column is missing or holds something else.
inline double number(CsvRow const& row, std::string_view column) {
  auto const cell = row.find(column);
  if (cell == row.end()) throw std::runtime_error{"no column " + std::string{column}};
  std::size_t used = 0;
  auto const value = std::stod(cell->second, &used);
  if (used != cell->second.size()) throw std::runtime_error{"no number: " + cell->second};
  return value;
}

}  // namespace utvei::support
