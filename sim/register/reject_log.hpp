// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/register/rejects.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Where the rejected rows of all files are kept account of.
struct RejectAccount {
  std::vector<RejectCount>& counts;
  std::vector<RejectedRow>* all;  ///< nullptr: they are only counted
};

/// Reads the rows of one data file and keeps account of those that cannot be used: each is counted once, under the
/// first reason that is found. The first of each reason are kept for messages; a register can have a million of one.
class RejectLog {
 public:
  /// `notes_all`: every rejected row is noted, not only counted.
  RejectLog(DelimitedFile const& file, bool notes_all) : file_{file}, notes_all_{notes_all} {}

  using Row = DelimitedFile::Row;
  /// Visits the rows in their order; lines that are no rows are rejected.
  void for_each_row(DelimitedFile::Stretch const& stretch, std::function<void(Row const&)> const& visit);
  /// Adds what is noted of rows that stand further on in the file.
  void append(RejectLog&& later);

  void reject(std::string_view name, Row const& row, std::size_t column, std::string problem, std::string why,
              std::string suggestion);
  /// The row is as it should be, but follows one that is rejected: not a mistake of its own.
  void follow(std::string_view name, Row const& row, std::size_t column);
  [[nodiscard]] bool rejected(Row const& row) const { return row.line() == last_line_; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] bool notes_all() const { return notes_all_; }

  /// Adds to the account; too large a share of mistakes is an error that shows the first of each reason, a smaller one
  /// a warning.
  void close(double at_most, RejectAccount const& account, Diagnostics& diagnostics);

 private:
  struct Reason {
    std::string name;
    std::int64_t rows{0};
    bool is_mistake{true};
    std::vector<Diagnostic> first;
  };
  Reason& reason(std::string_view name);
  void add(std::string_view name, Place place, std::string problem, std::string why, std::string suggestion);
  void note(std::string_view name, Row const& row, std::size_t column);
  [[nodiscard]] std::string describe() const;

  DelimitedFile const& file_;
  bool notes_all_;
  std::vector<RejectedRow> noted_;
  std::vector<Reason> reasons_;
  std::optional<Diagnostic> lost_;  ///< a quote that swallows the rest of the file
  std::int64_t rows_{0};
  std::int64_t mistakes_{0};
  int last_line_{0};
};

}  // namespace utvei
