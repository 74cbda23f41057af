// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cube.hpp"

#include <string>
#include <vector>

namespace utvei {

/// A category that the mapping does not place.
struct Unplaced {
  Category const* category;
  std::string reason;
  std::string advice;
};

/// One diagnostic for all categories of a dimension that have one reason: totals among them are pointed out.
void report_unplaced(std::vector<Unplaced> const& unplaced, CubeDimension const& dimension, ColumnMapping const& mapped,
                     Diagnostics& diagnostics);

/// Its first values, as a message shows them.
std::string list_of(CubeDimension const& dimension);

}  // namespace utvei
