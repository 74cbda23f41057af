// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/linked_tables.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// A place along each axis of the linked tables; a table reads those of its own axes.
using LinkedPlace = std::vector<std::size_t>;

/// Finds the cells of one of the linked tables.
class TableIndex {
 public:
  TableIndex(LinkedTables const& all, LinkedTable const& table) : table_{&table}, strides_(all.axes.size(), 0) {
    std::size_t stride = 1;
    for (std::size_t i = table.axes.size(); i-- > 0;) {
      strides_[table.axes[i]] = stride;
      stride *= all.axes[table.axes[i]].length;
    }
  }

  [[nodiscard]] bool has(std::size_t axis) const { return strides_[axis] != 0; }
  [[nodiscard]] std::size_t cell(LinkedPlace const& place) const {
    std::size_t at = 0;
    for (std::size_t const axis : table_->axes) at += place[axis] * strides_[axis];
    return at;
  }
  /// Sets the places along the axes of the table, and leaves the others.
  void set_place(std::size_t cell, LinkedPlace& place) const {
    for (std::size_t const axis : table_->axes) {
      place[axis] = cell / strides_[axis];
      cell %= strides_[axis];
    }
  }
  [[nodiscard]] std::size_t stride(std::size_t axis) const { return strides_[axis]; }

 private:
  LinkedTable const* table_;
  std::vector<std::size_t> strides_;  ///< 0: the table lacks the axis
};

}  // namespace utvei
