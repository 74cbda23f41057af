// SPDX-License-Identifier: Apache-2.0
#include "seed_cells.hpp"

#include "combinations.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Finds the cell of a person.
class CellOfPerson {
 public:
  CellOfPerson(Cells const& cells, Population const& people, Model const& model, Instant date)
      : cells_{cells}, people_{people}, date_{date} {
    for (PeopleAxis const& axis : cells.axes) {
      if (axis.dimension.kind != CellDimension::Kind::region) continue;
      for (std::size_t r = 0; r < model.regions.size(); ++r) {
        auto const found = std::ranges::find_if(
            axis.levels, [&](PeopleGroup const& level) { return model.regions.is_within(RegionId{r}, level.region); });
        level_of_region_.push_back(found - axis.levels.begin());
      }
    }
  }

  [[nodiscard]] std::optional<std::size_t> find(PersonRow person) const {
    std::size_t cell = 0;
    for (PeopleAxis const& axis : cells_.axes) {
      std::size_t const level = level_on(axis, person);
      if (level >= axis.levels.size()) return std::nullopt;
      cell = cell * axis.levels.size() + level;
    }
    return cell;
  }

 private:
  [[nodiscard]] std::size_t level_on(PeopleAxis const& axis, PersonRow person) const {
    auto const place_of = [&](auto const& holds) {
      return static_cast<std::size_t>(std::ranges::find_if(axis.levels, holds) - axis.levels.begin());
    };
    switch (axis.dimension.kind) {
      case CellDimension::Kind::region:
        return static_cast<std::size_t>(level_of_region_[people_.region[person].value()]);
      case CellDimension::Kind::age: {
        std::int64_t const age = (date_ - people_.birth[person]).minutes;
        return place_of([&](PeopleGroup const& level) { return level.age.from <= age && age < level.age.to; });
      }
      case CellDimension::Kind::state:
        return place_of([&](PeopleGroup const& level) { return level.level == people_.state[person].value(); });
      case CellDimension::Kind::trait:
        break;
    }
    std::uint16_t const own = people_.traits[axis.dimension.trait.value()][person];
    return place_of([&](PeopleGroup const& level) { return level.level == own; });
  }

  Cells const& cells_;
  Population const& people_;
  Instant date_;
  std::vector<std::ptrdiff_t> level_of_region_;  ///< by region of the model
};

std::vector<double> seed_of_table(GroupTable const& seed, Cells const& cells, Regions const& regions,
                                  Diagnostics& diagnostics) {
  Combinations const combinations{seed, cells, regions};
  std::unordered_map<Combination, std::size_t> row_of;
  for (std::size_t row = 0; row < seed.table.rows(); ++row) {
    if (!seed.table.count[row])
      diagnostics.error(seed.table.row_places[row], "a count of the seed table is not known", {}, "write a number");
    auto const [found, is_new] = row_of.try_emplace(combinations.of_row(row), row);
    if (!is_new)
      diagnostics.error(seed.table.row_places[row], "this combination stands twice",
                        fmt::format("it stands on line {} already", seed.table.row_places[found->second].line),
                        "add the counts up, or choose rows with `where`");
  }
  constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  std::vector<std::size_t> row_of_cell(cells.size(), nowhere);
  std::vector<double> cells_of_row(seed.table.rows());
  std::optional<std::size_t> left_out;
  for_each_cell(cells, [&](std::size_t cell, std::vector<std::size_t> const& levels) {
    auto const combination = combinations.of_cell(levels);
    if (!combination && !left_out) left_out = cell;
    auto const found = combination ? row_of.find(*combination) : row_of.end();
    if (found == row_of.end()) return;
    row_of_cell[cell] = found->second;
    cells_of_row[found->second] += 1;
  });
  if (left_out)
    diagnostics.error(seed.table.place,
                      fmt::format("the seed table says nothing of {}", describe_cell(cells, *left_out)),
                      "a margin has people there", "add rows for them; what is not in a row of known labels is 0");
  std::vector<double> weights(cells.size());
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    if (row_of_cell[cell] != nowhere)
      weights[cell] = seed.table.count[row_of_cell[cell]].value_or(0) / cells_of_row[row_of_cell[cell]];
  return weights;
}

/// Whether a level lies in a group of a row.
bool lies_in_group(PeopleGroup const& level, PeopleGroup const& group, CellDimension::Kind kind,
                   Regions const& regions) {
  if (kind == CellDimension::Kind::region) return regions.is_within(level.region, group.region);
  return kind == CellDimension::Kind::age ? lies_inside(level.age, group.age) : group.has_level(level.level);
}

/// Empties the cells of each row.
void empty_zeros(GroupTable const& zeros, Cells const& cells, Regions const& regions, std::vector<double>& weights) {
  for (std::size_t row = 0; row < zeros.table.rows(); ++row) {
    std::vector<std::vector<std::size_t>> chosen(cells.axes.size());
    for (std::size_t a = 0; a < cells.axes.size(); ++a) {
      PeopleAxis const& axis = cells.axes[a];
      auto const column = std::ranges::find(zeros.columns, axis.dimension, &GroupColumn::dimension);
      bool const is_any = column == zeros.columns.end() || column->group_of[row] == any_group;
      for (std::size_t level = 0; level < axis.levels.size(); ++level)
        if (is_any ||
            lies_in_group(axis.levels[level], column->groups[column->group_of[row]], axis.dimension.kind, regions))
          chosen[a].push_back(level);
    }
    std::vector<std::size_t> found{0};
    for (std::size_t a = 0; a < chosen.size(); ++a) {
      std::vector<std::size_t> further;
      for (std::size_t const cell : found)
        for (std::size_t const level : chosen[a]) further.push_back(cell * cells.axes[a].levels.size() + level);
      found = std::move(further);
    }
    for (std::size_t const cell : found) weights[cell] = 0;
  }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> people_by_cell(Cells const& cells, Population const& people, Model const& model,
                                                       Instant date, std::size_t& left_out) {
  std::vector<std::vector<std::uint32_t>> rows(cells.size());
  CellOfPerson const cell_of{cells, people, model, date};
  for (PersonRow const person : ids_of(people.key)) {
    if (auto const cell = cell_of.find(person)) {
      rows[*cell].push_back(person.value());
    } else {
      ++left_out;
    }
  }
  return rows;
}

std::vector<double> seed_of_cells(PopulationRecipe const& recipe, Cells const& cells,
                                  std::vector<std::vector<std::uint32_t>> const& donors, Diagnostics& diagnostics) {
  Regions const& regions = recipe.model.regions;
  std::vector<double> weights(cells.size(), 1);
  if (recipe.seed_table) weights = seed_of_table(*recipe.seed_table, cells, regions, diagnostics);
  for (std::size_t cell = 0; cell < donors.size(); ++cell)
    weights[cell] = donors[cell].empty() ? 0
                    : recipe.seed_table  ? weights[cell]
                                         : static_cast<double>(donors[cell].size());
  if (recipe.zeros) empty_zeros(*recipe.zeros, cells, regions, weights);
  return weights;
}

}  // namespace utvei
