// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/tables/table_part.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A column of labels: what the rows of a table are of.
struct CountColumn {
  std::string name;
  Place place;                          ///< of the name
  std::vector<std::string> labels;      ///< each once, in the order of the rows
  std::vector<Place> label_places;      ///< where each stands first
  std::vector<std::uint32_t> label_of;  ///< by row
  [[nodiscard]] std::string const& at(std::size_t row) const { return labels[label_of[row]]; }
};

/// A table of counts as it was written, wherever it came from: labels, whose meaning is not known yet, and a count.
struct CountTable {
  std::string file;
  Place place;
  char separator{','};  ///< of numbers in labels: a decimal comma is read where it is a semicolon
  std::vector<CountColumn> columns;
  std::vector<std::optional<double>> count;  ///< by row, 0 or more; none: not known
  std::vector<Place> row_places;
  [[nodiscard]] std::size_t rows() const { return row_places.size(); }
  [[nodiscard]] CountColumn const* column(std::string_view name) const;
};

/// What a file's columns are, and which rows are wanted.
struct CountRequest {
  std::string count;  ///< the column of counts; "": the table has none
  Place count_place;
  std::vector<TableCondition> where;  ///< rows that hold these values; their columns are not columns of labels
};

/// Reads a delimited file. A count that is empty, `:` (hidden) or `..` (missing) is not known. Diagnoses counts that
/// are no numbers of people, columns that are missing, and conditions that no row meets.
std::optional<CountTable> read_count_table(std::string const& path, CountRequest const& request, Place const& from,
                                           Diagnostics& diagnostics);

}  // namespace utvei
