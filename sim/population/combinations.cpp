// SPDX-License-Identifier: Apache-2.0
#include "combinations.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>

namespace utvei {

Combinations::Combinations(GroupTable const& table, Cells const& cells, Regions const& regions) {
  std::uint64_t stride = 1;
  for (GroupColumn const& column : table.columns) {
    auto const axis = std::ranges::find(cells.axes, column.dimension, &PeopleAxis::dimension);
    UTVEI_EXPECT(axis != cells.axes.end());
    columns_.push_back(
        {&column, static_cast<std::size_t>(axis - cells.axes.begin()), stride, groups_on(*axis, column, regions)});
    stride *= column.groups.size();
  }
}

Combination Combinations::of_row(std::size_t row) const {
  Combination combination = 0;
  for (Column const& each : columns_) combination += each.stride * each.column->group_of[row];
  return combination;
}

std::optional<Combination> Combinations::of_cell(std::vector<std::size_t> const& levels) const {
  Combination combination = 0;
  for (Column const& each : columns_) {
    std::uint32_t const group = each.group_of_level[levels[each.axis]];
    if (group == any_group) return std::nullopt;
    combination += each.stride * group;
  }
  return combination;
}

std::vector<std::uint32_t> Combinations::groups_of(Combination combination) const {
  std::vector<std::uint32_t> groups;
  for (Column const& each : columns_)
    groups.push_back(static_cast<std::uint32_t>(combination / each.stride % each.column->groups.size()));
  return groups;
}

}  // namespace utvei
