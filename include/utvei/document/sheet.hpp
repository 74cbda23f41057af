// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Which lines of a spreadsheet saved as text are the table.
struct SheetForm {
  std::size_t skip_lines{0};         ///< before the header: titles
  std::optional<std::string> until;  ///< starts the line after the table; "": an empty line
};

/// A table that people read, saved as delimited text: titles above it, notes below it, lines of nothing but separators
/// in it. Separators, encodings and quotes as for DelimitedFile; the text of a cell has no blanks around it.
class Sheet {
 public:
  /// Diagnoses, as the `fault`'s, text that is binary, has no header after the lines to skip, no line that starts with
  /// `until`, or lines of another length than the header; nullopt then.
  static std::optional<Sheet> parse(std::shared_ptr<SourceText const> source, SheetForm const& form, Fault fault,
                                    Diagnostics& diagnostics);

  /// As the header has them; some may be empty, or stand twice.
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
  [[nodiscard]] std::string_view at(std::size_t row, std::size_t column) const;
  [[nodiscard]] Place place(std::size_t row, std::size_t column) const;
  [[nodiscard]] Place header_place(std::size_t column) const { return place_of(header_[column]); }
  [[nodiscard]] char separator() const { return separator_; }

 private:
  friend class SheetReader;
  Sheet() = default;
  [[nodiscard]] Place place_of(std::string_view cell) const;

  std::shared_ptr<SourceText const> source_;
  std::vector<std::size_t> line_starts_;
  char separator_{','};
  std::vector<std::string> columns_;
  std::vector<std::string_view> header_;                    ///< as written
  std::vector<std::string_view> cells_;                     ///< as written, row by row
  std::unordered_map<std::size_t, std::string> unescaped_;  ///< cells that hold doubled quotes
};

}  // namespace utvei
