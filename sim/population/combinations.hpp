// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/cells.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// A combination of groups, one of each column of a table, as one number.
using Combination = std::uint64_t;

/// How the rows of a table meet the cells. Each column of the table must be of an axis.
class Combinations {
 public:
  Combinations(GroupTable const& table, Cells const& cells, Regions const& regions);
  [[nodiscard]] Combination of_row(std::size_t row) const;
  /// None: the table has no group for one of the levels.
  [[nodiscard]] std::optional<Combination> of_cell(std::vector<std::size_t> const& levels) const;
  /// By column.
  [[nodiscard]] std::vector<std::uint32_t> groups_of(Combination combination) const;

 private:
  struct Column {
    GroupColumn const* column;
    std::size_t axis;
    std::uint64_t stride;
    std::vector<std::uint32_t> group_of_level;
  };
  std::vector<Column> columns_;
};

}  // namespace utvei
