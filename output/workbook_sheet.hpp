// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace utvei {

/// A workbook in the making. Sheets are written from top to bottom: a row that is done is on disk.
class Workbook {
 public:
  /// Writes to `path`; what does not fit in memory lies in files in `folder` that have no name, since what is made from
  /// a register must not lie elsewhere. `title`, `subject`: properties that a file manager shows.
  Workbook(std::string path, std::string folder, std::string const& title, std::string const& subject);
  Workbook(Workbook const&) = delete;
  Workbook& operator=(Workbook const&) = delete;
  Workbook(Workbook&&) = delete;
  Workbook& operator=(Workbook&&) = delete;
  ~Workbook();

  /// One of the sheets, which has the columns so wide.
  class Sheet {
   public:
    void text(std::size_t row, std::size_t column, std::string const& text);
    void heading(std::size_t row, std::size_t column, std::string const& text);
    void number(std::size_t row, std::size_t column, double value);
    void link(std::size_t row, std::size_t column, std::string const& sheet, std::string const& text);
    /// Keeps the first row in sight and lets the rows be chosen by it.
    void head_of_table(std::size_t rows, std::size_t columns);

   private:
    friend class Workbook;
    Sheet(lxw_worksheet* sheet, Workbook const& book) : sheet_{sheet}, book_{book} {}
    lxw_worksheet* sheet_;
    Workbook const& book_;
  };
  Sheet add_sheet(std::string const& name, std::vector<std::size_t> const& widths);
  /// Completes the file. Throws InputError (data) where it cannot be written.
  void close();

 private:
  std::string path_, folder_;
  lxw_workbook* book_{nullptr};
  lxw_format *bold_{nullptr}, *link_{nullptr};
};

inline constexpr std::size_t most_rows_of_sheet = 1'048'576;

}  // namespace utvei
