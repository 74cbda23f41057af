// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A delimited text file with a header: comma or semicolon (found from the header line), UTF-8 with or without BOM or
/// Latin-1 (converted), quoted fields with doubled quotes, LF or CRLF, trailing separator allowed in all lines alike.
/// The file is held in memory as one text; rows are views into it.
class DelimitedFile {
 public:
  /// Diagnoses files that are missing, directories, binary, empty, without a header, or with a column twice; rows with
  /// another number of fields than the header are diagnosed by for_each_row. `request` as for read_document.
  static std::optional<DelimitedFile> open(std::string const& path, Request const& request, Diagnostics& diagnostics);

  [[nodiscard]] std::string const& path() const { return source_->name; }
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  /// Diagnoses absence ("no column `x`", did you mean …) at `from` (or at the header if it has no source).
  std::optional<std::size_t> require_column(std::string_view name, Place const& from, Diagnostics& diagnostics) const;
  [[nodiscard]] Place header_place() const { return {source_, 1, 1, 1}; }
  [[nodiscard]] char separator() const { return separator_; }

  class Row {
   public:
    [[nodiscard]] std::string_view operator[](std::size_t column) const { return fields_[column]; }
    [[nodiscard]] int line() const { return line_; }
    /// Where a field was written; computed on demand.
    [[nodiscard]] Place place(std::size_t column) const;
    [[nodiscard]] Place place() const;

   private:
    friend class DelimitedFile;
    DelimitedFile const* file_{nullptr};
    std::span<std::string_view const> fields_;
    std::size_t offset_{0};
    int line_{0};
  };
  /// In the order of the file; empty lines are passed over.
  void for_each_row(Diagnostics& diagnostics, std::function<void(Row const&)> const& visit) const;

 private:
  std::shared_ptr<SourceText const> source_;
  std::vector<std::string> columns_;
  char separator_{','};
  std::size_t body_{0};  ///< offset of the first row
};

// Fields of data files (not YAML): plain text to values; nullopt if the text is something else. Surrounding blanks are
// ignored. A decimal comma is read when the separator is a semicolon.
std::optional<double> parse_number(std::string_view field, char separator = ',');
std::optional<std::int64_t> parse_integer(std::string_view field);

/// Reads a whole file or diagnoses why not (missing, directory, unreadable).
std::shared_ptr<SourceText const> read_text_file(std::string const& path, Request const& request,
                                                 Diagnostics& diagnostics);

}  // namespace utvei
