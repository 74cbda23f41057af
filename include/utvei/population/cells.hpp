// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/people_groups.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What cells are told apart by, and its levels: groups that do not overlap.
struct PeopleAxis {
  CellDimension dimension;
  std::string name;
  std::vector<PeopleGroup> levels;
};

/// A table of cells: the product of its axes, the last of which runs fastest.
struct Cells {
  std::vector<PeopleAxis> axes;
  [[nodiscard]] std::size_t size() const;
  /// Places of a cell on all axes.
  [[nodiscard]] std::vector<std::size_t> levels_of(std::size_t cell) const;
  [[nodiscard]] PeopleAxis const* axis(CellDimension dimension) const;
};

/// The cells that tables can tell apart: bands of age are cut at all ends of bands, a region stands for those below it
/// that are named, and of traits and states there are the levels that `naming` has. `zeros` may cut further, but adds
/// no people. Too many cells, and regions that no table names although one above them is named, are diagnosed.
Cells make_cells(std::vector<GroupTable const*> const& naming, GroupTable const* zeros, Model const& model,
                 Place const& place, Diagnostics& diagnostics);

/// By level of an axis: the group of a column in which it lies, or any_group.
std::vector<std::uint32_t> groups_on(PeopleAxis const& axis, GroupColumn const& column, Regions const& regions);

/// By cell: a hash of the names of its levels and of `population`, which does not hang on other cells.
std::vector<std::uint64_t> names_of_cells(Cells const& cells, std::string_view population);

/// `region 9901, age 16-19, sex female, state work`.
std::string describe_cell(Cells const& cells, std::size_t cell);

/// Calls `visit(cell, levels)` for each cell in turn; `levels`: its places on the axes.
template <class Visit>
void for_each_cell(Cells const& cells, Visit const& visit) {
  std::vector<std::size_t> levels(cells.axes.size());
  std::size_t const size = cells.size();
  for (std::size_t cell = 0; cell < size; ++cell) {
    visit(cell, levels);
    for (std::size_t axis = levels.size(); axis-- > 0;) {
      if (++levels[axis] < cells.axes[axis].levels.size()) break;
      levels[axis] = 0;
    }
  }
}

}  // namespace utvei
