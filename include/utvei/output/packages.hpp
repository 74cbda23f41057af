// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/output/released_table.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <string>
#include <vector>

namespace utvei {

// Files that say what other files of a folder are.

/// A CSV file of a folder.
struct PackagedTable {
  std::string file;    ///< its name in the folder
  std::string sha256;  ///< of its bytes
  std::size_t bytes{0};
  ReleasedTable table;  ///< without values; of life courses the name alone
};
/// datapackage.json (Data Package 1): columns with their types, labels and units, how lines are written, where the
/// numbers come from.
std::string data_package_of(Release const& release, std::vector<PackagedTable> const& tables,
                            CsvDialect const& dialect);

/// What somebody may do with a folder of results.
struct Licence {
  std::string text;  ///< a URL, or words; empty: nobody has said
};
struct ResearchCrate {
  std::string json;
  bool holds_register{false};  ///< a result of the folder is made from a register
};
/// ro-crate-metadata.json (RO-Crate 1.1) for a folder: its files with their SHA-256, the runs that made its results,
/// the program, and the inputs. It holds no number of a result. The date is that of the newest file. Throws InputError
/// (data) where a file cannot be read, or there is no result.
ResearchCrate research_crate_of(std::string const& folder, Licence const& licence);

inline constexpr auto data_package_name = "datapackage.json";
inline constexpr auto research_crate_name = "ro-crate-metadata.json";

}  // namespace utvei
