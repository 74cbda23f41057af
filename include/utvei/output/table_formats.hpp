// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/output/released_table.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// Files of other programs (docs/exports.md). None of them tells when it was written: the same result gives the same
// bytes.

/// A JSON-stat 2.0 dataset as Statistics Norway's PxWeb gives it: roles, labels, units, and `:` for what is held back.
std::string json_stat_of(Release const& release, ReleasedTable const& table);

/// A Stata file (format 118, for Stata 14 and later): labels of values, years as years, `.h` for what is held back.
std::string stata_of(Release const& release, ReleasedTable const& table);
/// The life courses, with times as Stata's. Throws InputError (data) if the result has none.
std::string stata_life_courses(Release const& release);

/// An Excel workbook with a front sheet and a sheet for each table; what is held back is an empty cell. Returns how
/// many are. Throws InputError (data) where a table has more lines than a sheet, before anything is written.
std::size_t write_workbook(Release const& release, std::vector<Table const*> const& tables, std::string const& path,
                           unsigned mode);

/// A name that Stata takes: letters, digits and _, 32 of them at most, and none of its reserved words.
std::string stata_name(std::string_view name);
/// Names of sheets for names of tables: 31 letters at most, none of those that Excel refuses, none twice. `front` is
/// taken.
std::vector<std::string> sheet_names(std::vector<std::string> const& names, std::string const& front);

}  // namespace utvei
