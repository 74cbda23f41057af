// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "axis.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Positions of labels, one for each column.
using RowKey = std::u32string;

/// A published total, to be held against the sum of its parts.
struct PublishedTotal {
  std::size_t dimension{0};  ///< whose total it is
  std::size_t column{0};     ///< of the table
  RowKey key;                ///< with 0 for that column
  Published value;
  Place place;
};

/// A table whose rows are sums of cells, and the totals that the file had for them.
struct Folded {
  PublicTable table;
  std::vector<PublishedTotal> totals;
};

/// Adds up the cells that mean the same, in the order of the file. Numbers that the rule for small counts rules out are
/// diagnosed.
Folded fold(Cube const& cube, std::vector<TableAxis> const& axes, SmallCounts const& small, Fault fault,
            Diagnostics& diagnostics);

/// Warns where parts and totals do not agree: once for each dimension. A dimension of which something was left out on
/// purpose is not looked at.
void check_totals(Folded const& folded, Cube const& cube, std::vector<TableAxis> const& axes, Diagnostics& diagnostics);

}  // namespace utvei
