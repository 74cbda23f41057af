// SPDX-License-Identifier: Apache-2.0
#include "text_hash.hpp"

#include <utvei/core/random.hpp>
#include <utvei/population/cells.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_cells = 5e7;
constexpr std::size_t most_regions_named = 5;

std::vector<GroupColumn const*> columns_of(std::vector<GroupTable const*> const& tables, CellDimension dimension) {
  std::vector<GroupColumn const*> found;
  for (GroupTable const* table : tables)
    for (GroupColumn const& column : table->columns)
      if (column.dimension == dimension) found.push_back(&column);
  return found;
}

/// Regions that are named, and below which none is.
std::vector<PeopleGroup> bottom_regions(std::vector<GroupColumn const*> const& columns, Regions const& regions) {
  std::map<std::uint32_t, PeopleGroup const*> named;
  for (GroupColumn const* column : columns)
    for (PeopleGroup const& group : column->groups) named.emplace(group.region.value(), &group);
  std::set<std::uint32_t> above;
  for (auto const& [number, _] : named)
    for (auto parent = regions[RegionId{number}].parent; parent; parent = regions[*parent].parent)
      above.insert(parent->value());
  std::vector<PeopleGroup> bottom;
  for (auto const& [number, group] : named)
    if (!above.contains(number)) bottom.push_back(*group);
  return bottom;
}

bool is_covered(Span cell, std::vector<GroupColumn const*> const& columns) {
  return std::ranges::any_of(columns, [&](GroupColumn const* column) {
    return std::ranges::any_of(column->groups, [&](PeopleGroup const& group) { return lies_inside(cell, group.age); });
  });
}

std::vector<PeopleGroup> age_levels(std::vector<GroupColumn const*> const& naming,
                                    std::vector<GroupColumn const*> const& cutting) {
  std::set<std::int64_t> ends;
  for (auto const* columns : {&naming, &cutting})
    for (GroupColumn const* column : *columns)
      for (PeopleGroup const& group : column->groups) ends.insert({group.age.from, group.age.to});
  std::vector<PeopleGroup> levels;
  for (auto from = ends.begin(); from != ends.end(); ++from) {
    auto const to = std::next(from);
    if (to == ends.end()) break;
    Span const band{*from, *to};
    if (is_covered(band, naming)) levels.push_back({label_of(band), naming.front()->groups.front().place, {}, band, 0});
  }
  return levels;
}

std::vector<PeopleGroup> named_levels(std::vector<GroupColumn const*> const& columns) {
  std::map<std::uint32_t, PeopleGroup const*> named;
  for (GroupColumn const* column : columns)
    for (PeopleGroup const& group : column->groups) {
      if (group.parts.empty()) named.emplace(group.level, &group);
      for (PeopleGroup const& part : group.parts) named.emplace(part.level, &part);
    }
  std::vector<PeopleGroup> levels;
  for (auto const& [_, group] : named) levels.push_back(*group);
  return levels;
}

/// A region stands for all below it, so people of one that no table names would all be put into its neighbours.
void warn_of_regions_left_out(std::vector<GroupColumn const*> const& columns, PeopleAxis const& axis,
                              Regions const& regions, Diagnostics& diagnostics) {
  std::vector<RegionId> unnamed;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    bool const is_named = std::ranges::any_of(axis.levels, [&](PeopleGroup const& level) {
      return regions.is_within(RegionId{r}, level.region) || regions.is_within(level.region, RegionId{r});
    });
    if (!is_named) unnamed.emplace_back(r);
  }
  std::set<std::uint32_t> told;
  for (GroupColumn const* column : columns) {
    for (PeopleGroup const& group : column->groups) {
      std::vector<std::string> left_out;
      for (RegionId const region : unnamed)
        if (regions.is_within(region, group.region)) left_out.push_back(regions[region].code);
      if (left_out.empty() || !told.insert(group.region.value()).second) continue;
      std::size_t const more = left_out.size() - std::min(left_out.size(), most_regions_named);
      left_out.resize(left_out.size() - more);
      diagnostics.warning(group.place,
                          fmt::format("region {} has parts that no table names: {}{}", group.label,
                                      fmt::join(left_out, ", "), more > 0 ? fmt::format(" and {} more", more) : ""),
                          "its people are all put into the parts that are named",
                          "name them, with 0 people if that is so");
    }
  }
}

void refuse_too_many(Cells const& cells, Place const& place, Diagnostics& diagnostics) {
  double size = 1;
  std::string factors;
  for (PeopleAxis const& axis : cells.axes) {
    size *= static_cast<double>(axis.levels.size());
    factors += fmt::format("{}{} of {}", factors.empty() ? "" : " × ", axis.levels.size(), axis.name);
  }
  if (size <= most_cells) return;
  diagnostics.error(place, fmt::format("{:.0f} cells are too many", size),
                    fmt::format("the tables tell apart {}; {:.0f} are the most", factors, most_cells),
                    "use coarser bands of age, or fewer traits");
}

}  // namespace

std::size_t Cells::size() const {
  std::size_t size = 1;
  for (PeopleAxis const& axis : axes) size *= axis.levels.size();
  return size;
}

std::vector<std::size_t> Cells::levels_of(std::size_t cell) const {
  std::vector<std::size_t> levels(axes.size());
  for (std::size_t axis = axes.size(); axis-- > 0; cell /= axes[axis].levels.size())
    levels[axis] = cell % axes[axis].levels.size();
  return levels;
}

PeopleAxis const* Cells::axis(CellDimension dimension) const {
  auto const found = std::ranges::find(axes, dimension, &PeopleAxis::dimension);
  return found == axes.end() ? nullptr : &*found;
}

Cells make_cells(std::vector<GroupTable const*> const& naming, GroupTable const* zeros, Model const& model,
                 Place const& place, Diagnostics& diagnostics) {
  std::set<CellDimension> dimensions;
  for (GroupTable const* table : naming)
    for (GroupColumn const& column : table->columns) dimensions.insert(column.dimension);
  Cells cells;
  for (CellDimension const dimension : dimensions) {
    auto const columns = columns_of(naming, dimension);
    auto const cutting = zeros ? columns_of({zeros}, dimension) : std::vector<GroupColumn const*>{};
    PeopleAxis axis{dimension, name_of(dimension, model), {}};
    if (dimension.kind == CellDimension::Kind::region) {
      axis.levels = bottom_regions(columns, model.regions);
      warn_of_regions_left_out(columns, axis, model.regions, diagnostics);
    } else {
      axis.levels = dimension.kind == CellDimension::Kind::age ? age_levels(columns, cutting) : named_levels(columns);
    }
    cells.axes.push_back(std::move(axis));
  }
  refuse_too_many(cells, place, diagnostics);
  return cells;
}

std::vector<std::uint32_t> groups_on(PeopleAxis const& axis, GroupColumn const& column, Regions const& regions) {
  auto const lies_in = [&](PeopleGroup const& level, PeopleGroup const& group) {
    switch (axis.dimension.kind) {
      case CellDimension::Kind::region:
        return regions.is_within(level.region, group.region);
      case CellDimension::Kind::age:
        return lies_inside(level.age, group.age);
      default:
        return group.has_level(level.level);
    }
  };
  std::vector<std::uint32_t> groups;
  for (PeopleGroup const& level : axis.levels) {
    auto const found =
        std::ranges::find_if(column.groups, [&](PeopleGroup const& group) { return lies_in(level, group); });
    groups.push_back(found == column.groups.end() ? any_group
                                                  : static_cast<std::uint32_t>(found - column.groups.begin()));
  }
  return groups;
}

std::vector<std::uint64_t> names_of_cells(Cells const& cells, std::string_view population) {
  std::vector<std::vector<std::uint64_t>> marks;
  for (PeopleAxis const& axis : cells.axes) {
    auto& of_axis = marks.emplace_back();
    for (PeopleGroup const& level : axis.levels) {
      bool const is_age = axis.dimension.kind == CellDimension::Kind::age;
      std::string const label = is_age ? fmt::format("{}-{}", level.age.from, level.age.to) : level.label;
      of_axis.push_back(text_hash(fmt::format("{}={}", axis.name, label)));
    }
  }
  std::vector<std::uint64_t> names(cells.size());
  std::uint64_t const first = mix64(text_hash(population));
  for_each_cell(cells, [&](std::size_t cell, std::vector<std::size_t> const& levels) {
    std::uint64_t name = first;
    for (std::size_t axis = 0; axis < levels.size(); ++axis) name = mix64(name ^ marks[axis][levels[axis]]);
    names[cell] = name;
  });
  return names;
}

std::string describe_cell(Cells const& cells, std::size_t cell) {
  std::string text;
  auto const levels = cells.levels_of(cell);
  for (std::size_t axis = 0; axis < levels.size(); ++axis)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cells.axes[axis].name,
                        cells.axes[axis].levels[levels[axis]].label);
  return text.empty() ? "everybody" : text;
}

}  // namespace utvei
