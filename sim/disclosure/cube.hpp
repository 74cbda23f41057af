// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "table_index.hpp"

#include <compare>
#include <cstddef>
#include <vector>

namespace utvei {

/// What is known while cells are being hidden.
struct HidingState {
  LinkedTables const& tables;
  DisclosureRules const& rules;
  std::vector<TableIndex> index;            ///< of each table
  std::vector<std::vector<bool>> hidden;    ///< of each table
  std::vector<bool> withheld;               ///< tables of which nothing leaves, so that also 0 is hidden
  std::vector<std::vector<double>> bits{};  ///< of each table: log2(1 + people)

  [[nodiscard]] double lowest(std::size_t table, std::size_t cell) const {
    LinkedTable const& of = tables.tables[table];
    return of.lowest.empty() ? of.people[cell] : of.lowest[cell];
  }
};

/// A number of few people, and where it stands.
struct SmallCell {
  std::size_t table{0}, cell{0};
  friend auto operator<=>(SmallCell const&, SmallCell const&) = default;
};

/// How hard to look, and whether sums that may be known from elsewhere bind.
struct CubeSearch {
  enum class Corners { likely, all } corners{Corners::likely};
  enum class Totals { known, unknown } totals{Totals::known};
};

/// Hides what makes a number safe. False, and nothing hidden, where that cannot be.
bool hide_corners(HidingState& state, SmallCell const& small, CubeSearch search);

}  // namespace utvei
