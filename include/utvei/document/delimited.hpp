// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace utvei {

class RowScanner;

/// Files without a header: what they would have in it.
struct PlainForm {
  std::vector<std::string> columns;
  char separator{';'};
  /// `identifier;measure;start;stop`
  [[nodiscard]] std::string text() const;
};

/// A delimited text file with a header: comma or semicolon (found from the header line), UTF-8 with or without BOM or
/// Latin-1 (converted), gzip or not, quoted fields with doubled quotes, LF or CRLF, trailing separator allowed in all
/// lines alike. The file is held in memory as one text; rows are views into it, and stay valid as long as the file
/// does.
class DelimitedFile {
 public:
  /// Diagnoses files that are missing, directories, binary, empty, without a header, or with a column twice; rows with
  /// another number of fields than the header are diagnosed by for_each_row. `request` as for read_document.
  static std::optional<DelimitedFile> open(std::string const& path, Request const& request, Diagnostics& diagnostics);

  /// The same for a file without a header, where every line is a row.
  static std::optional<DelimitedFile> open(std::string const& path, PlainForm const& form, Request const& request,
                                           Diagnostics& diagnostics);

  [[nodiscard]] std::string const& path() const { return source_->name; }
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  /// Diagnoses absence ("no column `x`", did you mean …) at `from` (or at the header if it has no source).
  std::optional<std::size_t> require_column(std::string_view name, Place const& from, Diagnostics& diagnostics) const;
  [[nodiscard]] Place header_place() const { return {source_, header_line_, 1, 1}; }
  /// Where a column's name was written.
  [[nodiscard]] Place header_place(std::size_t column) const;
  [[nodiscard]] char separator() const { return separator_; }
  /// Of a file without a header the fields of its first line, where somebody may have put one.
  [[nodiscard]] std::vector<std::string> first_fields() const;

  class Row {
   public:
    [[nodiscard]] std::string_view operator[](std::size_t column) const { return fields_[column]; }
    [[nodiscard]] int line() const { return line_; }
    /// Where a field was written; computed on demand.
    [[nodiscard]] Place place(std::size_t column) const;
    [[nodiscard]] Place place() const;
    /// The row as it stands in the file, without its line end.
    [[nodiscard]] std::string_view text() const;

   private:
    friend class DelimitedFile;
    [[nodiscard]] Place place_at(std::size_t offset) const;
    [[nodiscard]] std::string_view as_written(std::size_t column) const;
    DelimitedFile const* file_{nullptr};
    std::span<std::string_view const> fields_;
    std::size_t offset_{0};
    int line_{0};
  };
  /// Rows that follow each other.
  struct Stretch {
    std::size_t first{0}, last{0};  ///< offsets of the first row and of the end of the last
    int line{0};                    ///< of the first row
    std::size_t lines{0};           ///< as many rows, or fewer
  };
  /// All rows, in stretches of about equal length that can be read at the same time on so many threads.
  [[nodiscard]] std::vector<Stretch> stretches(std::size_t threads) const;

  /// In the order of the file; empty lines are passed over. Rows with another number of fields than the header are
  /// diagnosed (the first 20, and how many more) and not visited.
  void for_each_row(Diagnostics& diagnostics, std::function<void(Row const&)> const& visit) const;

  /// Lines that are no row of the file.
  struct BrokenRow {
    Place place;
    std::string_view text;
    std::string_view reason;  ///< the same for all lines that are broken in the same way
    std::string problem, why, suggestion;
    bool rest_is_lost{false};  ///< nothing after it can be read
  };
  /// The same, with broken rows given to `broken`.
  void for_each_row(std::function<void(Row const&)> const& visit,
                    std::function<void(BrokenRow const&)> const& broken) const;
  void for_each_row(Stretch const& stretch, std::function<void(Row const&)> const& visit,
                    std::function<void(BrokenRow const&)> const& broken) const;

 private:
  DelimitedFile() = default;
  static std::optional<DelimitedFile> open_text(std::string const& path, Request const& request,
                                                Diagnostics& diagnostics);
  bool find_first_line(std::string const& advice, Diagnostics& diagnostics);
  bool read_header(Diagnostics& diagnostics);
  bool check_columns(Diagnostics& diagnostics) const;
  void keep_unescaped();
  [[nodiscard]] BrokenRow broken(Row const& row, RowScanner const& scanner, std::size_t end) const;
  [[nodiscard]] Stretch all_rows() const;  ///< lines are not counted
  [[nodiscard]] bool ends_at_rows(std::vector<Stretch> const& stretches, std::size_t threads) const;
  void error(Place place, std::string problem, std::string why, std::string suggestion, Diagnostics& diagnostics) const;

  std::shared_ptr<SourceText const> source_;
  Fault fault_{Fault::data};
  std::vector<std::string> columns_;
  char separator_{','};
  bool trailing_separator_{false};
  bool has_quotes_{false};
  bool has_header_{true};
  int header_line_{1};
  std::size_t header_{0};  ///< offset of the header
  std::size_t body_{0};    ///< offset of the first row
  /// Fields with doubled quotes, unescaped, by offset: made once, so that rows stay views.
  std::shared_ptr<std::unordered_map<std::size_t, std::string> const> unescaped_;
};

// Fields of data files (not YAML): plain text to values; nullopt if the text is something else. Surrounding blanks are
// ignored. A decimal comma is read when the separator is a semicolon.
std::optional<double> parse_number(std::string_view field, char separator = ',');
std::optional<std::int64_t> parse_integer(std::string_view field);

/// Reads a whole file, unpacked if it is gzip, or diagnoses why not (missing, directory, unreadable, damaged).
std::shared_ptr<SourceText const> read_text_file(std::string const& path, Request const& request,
                                                 Diagnostics& diagnostics);

}  // namespace utvei
