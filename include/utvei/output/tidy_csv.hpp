// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/output/released_table.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// How lines are written.
struct CsvDialect {
  char separator{','};
  char decimal{'.'};
  bool byte_order_mark{false};  ///< which tells Excel that the text is UTF-8
  bool labels{false};           ///< beside a column of codes one of labels

  [[nodiscard]] std::string_view start() const { return byte_order_mark ? "\xEF\xBB\xBF" : ""; }
  [[nodiscard]] std::string field(std::string_view text) const;
  [[nodiscard]] std::string number(std::string digits) const;
};
/// What programs with Norwegian settings open by a double click.
inline constexpr CsvDialect norwegian_csv{';', ',', true, false};

/// One line a cell: `table`, a column for every dimension that any table has, `value`. A cell of a dimension that the
/// table lacks is empty, and so is a value that is held back; returns how many are. `names` selects tables or
/// quantities; empty: all.
std::size_t write_tidy_csv(Release const& release, std::vector<std::string> const& names, std::ostream& out,
                           CsvDialect const& dialect = {});

/// The same of one table.
void write_csv_table(ReleasedTable const& table, std::ostream& out, CsvDialect const& dialect = {});

/// One line an event: `person,time,from,to,cause`, times as dates. Throws InputError (data) if the result has none.
void write_life_courses_csv(RunResult const& result, std::ostream& out, CsvDialect const& dialect = {});

}  // namespace utvei
