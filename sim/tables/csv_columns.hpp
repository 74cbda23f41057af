// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping.hpp"

#include <utvei/document/sheet.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Which columns of a sheet are dimensions, and which hold numbers.
struct CsvColumns {
  std::vector<std::size_t> labels;   ///< one for each dimension that has a column of its own
  std::vector<std::size_t> numbers;  ///< one, or those of a dimension that lies in the header
};

/// `alder`, or `#2` for a column without a name.
std::string column_name(Sheet const& sheet, std::size_t column);

/// Diagnoses columns that the sheet lacks or has twice, and numbers that nobody can tell from labels.
std::optional<CsvColumns> find_csv_columns(Sheet const& sheet, Mapping const& mapping, Diagnostics& diagnostics);

}  // namespace utvei
