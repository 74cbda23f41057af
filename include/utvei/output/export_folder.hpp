// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/output/released_table.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// Formats in which each table is a file of its own.
enum class FileFormatOfTable : std::uint8_t { csv, stata, json_stat };
/// `.csv`, `.dta`, `.json`.
std::string extension_of(FileFormatOfTable format);
/// The bytes of the file of one table.
std::string bytes_of(Release const& release, ReleasedTable const& table, FileFormatOfTable format,
                     CsvDialect const& dialect);

struct ExportedFiles {
  std::vector<std::string> paths;
  std::size_t held_back{0};
};
/// A file a table, and life courses where the result and the format have them, in a folder that exists; with CSV files
/// datapackage.json, which says what they are. Each file appears complete or not at all, and what is made from a
/// register can be read by its owner alone. Throws InputError (wrong usage) if life courses of a register would be
/// written for `outside`.
ExportedFiles export_folder(Release const& release, std::string const& folder, FileFormatOfTable format,
                            CsvDialect const& dialect, Audience audience);

}  // namespace utvei
