// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/tables/public_table.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A value that a column must have: an entry of `where`.
struct TableCondition {
  std::string column, value;
  Place place;
};
/// The key `where`: `{year: 2022}`.
std::vector<TableCondition> read_where(Value const& value, Diagnostics& diagnostics);

/// What `where` takes of a table.
struct TablePart {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;  ///< that `where` does not name, without times: what tells the rows apart
};
/// A time tells nobody apart, so there is one, or `where` says which. Diagnoses that, columns that `where` names and
/// the table lacks, and conditions that no row meets. `place`: where the table is asked for.
std::optional<TablePart> part_of(PublicTable const& table, std::vector<TableCondition> const& where, Place const& place,
                                 Diagnostics& diagnostics);

}  // namespace utvei
