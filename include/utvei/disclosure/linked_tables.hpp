// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// A dimension of tables that are given together.
struct LinkedAxis {
  std::size_t length{1};
  bool adds_up{true};       ///< sums over it mean something, and may be among the tables
  bool total_known{false};  ///< who reads a table may know its sums over this dimension from elsewhere
};

/// A table, row-major over its axes (the last runs fastest). Tables that lack an axis hold sums over it.
struct LinkedTable {
  std::vector<std::size_t> axes;  ///< numbers of axes, rising
  std::vector<double> people;     ///< what is held against the limit
  /// Where one number stands for several, as draws: the least of them, which bounds how much less it might be. Empty:
  /// `people`.
  std::vector<double> lowest;
  /// How much of it one person may have: of time over several years, as many years.
  double most_of_one{1};
};

struct LinkedTables {
  std::vector<LinkedAxis> axes;
  std::vector<LinkedTable> tables;
};

/// Which cells of each table stay inside, and how many of what kind.
struct HiddenCells {
  std::vector<std::vector<bool>> hidden;
  std::size_t small{0};        ///< cells with too few people
  std::size_t complements{0};  ///< others, which would give them away
  std::size_t withheld{0};     ///< tables of which nothing may leave, as their cells cannot be protected one by one
};

/// Hides numbers of few people, and what they could be had from: sums and differences within and between the tables.
/// Each hidden number of few people can be at least `least`, and lies in an interval at least `least - 1` wide, for all
/// that the cells that are shown say together, even to who knows that no hidden cell is 0. `before`: hidden already, as
/// many tables with as many cells, or none.
HiddenCells protect(LinkedTables const& tables, DisclosureRules const& rules,
                    std::vector<std::vector<bool>> const& before = {});

}  // namespace utvei
