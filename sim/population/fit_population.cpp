// SPDX-License-Identifier: Apache-2.0
#include "cell_margins.hpp"
#include "seed_cells.hpp"

#include <utvei/population/fit_population.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

// People are whole, so the misfit of a part is to be far below one person.
constexpr RakingOptions raking_options{1e-11, 5000};

std::vector<GroupTable const*> naming_tables(PopulationRecipe const& recipe) {
  std::vector<GroupTable const*> tables;
  for (MarginTable const& margin : recipe.margins) tables.push_back(&margin.groups);
  if (recipe.seed_table) tables.push_back(&*recipe.seed_table);
  return tables;
}

/// A table that only says something of cells must be of their axes.
void check_axes(GroupTable const& table, Cells const& cells, Model const& model, Diagnostics& diagnostics) {
  for (GroupColumn const& column : table.columns) {
    PeopleAxis const* const axis = cells.axis(column.dimension);
    std::string const name = name_of(column.dimension, model);
    if (axis == nullptr) {
      CountColumn const* const written = table.table.column(name);
      diagnostics.error(written ? written->place : table.table.place,
                        fmt::format("no margin tells people apart by {}", name), "the table has nothing to act on",
                        fmt::format("add a margin with {}, or leave the column out", name));
      continue;
    }
    for (PeopleGroup const& group : column.groups) {
      bool const is_cut = std::ranges::any_of(axis->levels, [&](PeopleGroup const& level) {
        if (column.dimension.kind == CellDimension::Kind::age)
          return overlap(level.age, group.age) && !lies_inside(level.age, group.age);
        return column.dimension.kind == CellDimension::Kind::region && level.region != group.region &&
               model.regions.is_within(group.region, level.region);
      });
      if (is_cut)
        diagnostics.error(group.place, fmt::format("{} {} is a part of a cell", name, group.label),
                          "the margins do not tell its people from others",
                          fmt::format("write the {} of the margins, or add a margin with these", name));
    }
  }
}

/// Each trait and the state of everybody must come from somewhere.
void check_all_known(PopulationRecipe const& recipe, Cells const& cells, Population const* donors,
                     Diagnostics& diagnostics) {
  auto const missing = [&](std::string const& what, CellDimension dimension, std::size_t levels, bool is_of_donors) {
    if (levels <= 1 || is_of_donors || cells.axis(dimension) != nullptr) return;
    diagnostics.error(recipe.place, fmt::format("no margin says which {} people have", what),
                      fmt::format("the model has {} to choose from", levels),
                      fmt::format("add a margin with the column `{}`", name_of(dimension, recipe.model)));
  };
  missing("state", {CellDimension::Kind::state, {}}, recipe.model.states.size(), donors != nullptr);
  for (TraitId const trait : ids_of(recipe.model.traits)) {
    Trait const& each = recipe.model.traits[trait];
    if (each.numeric || each.is_hidden) continue;
    bool const is_of_donors = donors != nullptr && !donors->traits[trait.value()].empty();
    missing(fmt::format("`{}`", each.name), {CellDimension::Kind::trait, trait}, each.levels.size(), is_of_donors);
  }
}

/// Donors must have what the margins tell people apart by.
void check_donors(PopulationRecipe const& recipe, Cells const& cells, Population const& donors,
                  Diagnostics& diagnostics) {
  for (PeopleAxis const& axis : cells.axes) {
    bool const is_missing = axis.dimension.kind == CellDimension::Kind::age      ? donors.birth.empty()
                            : axis.dimension.kind == CellDimension::Kind::region ? donors.region.empty()
                            : axis.dimension.kind == CellDimension::Kind::trait
                                ? donors.traits[axis.dimension.trait.value()].empty()
                                : false;
    if (is_missing && donors.size() > 0)
      diagnostics.error(recipe.source->place, fmt::format("the register does not know the {} of people", axis.name),
                        "a margin tells people apart by it", "leave the register out, or make it with this in it");
  }
  if (donors.size() == 0)
    diagnostics.error(recipe.source->place, fmt::format("the register has nobody at {}", format(recipe.source->date)),
                      "its window does not hold the date, or what is known of people is not enough",
                      "write a `date` within the window of its study");
}

}  // namespace

PopulationFit fit_population(PopulationRecipe const& recipe, Population const* donors, Diagnostics& diagnostics) {
  PopulationFit fit;
  std::size_t const before = diagnostics.error_count();
  auto const failed = [&] { return diagnostics.error_count() != before; };
  fit.cells = make_cells(naming_tables(recipe), recipe.zeros ? &*recipe.zeros : nullptr, recipe.model, recipe.place,
                         diagnostics);
  check_all_known(recipe, fit.cells, donors, diagnostics);
  if (recipe.zeros) check_axes(*recipe.zeros, fit.cells, recipe.model, diagnostics);
  if (recipe.time_in_state) check_axes(*recipe.time_in_state, fit.cells, recipe.model, diagnostics);
  if (recipe.households) {
    KnownOfPeople const known{
        fit.cells.axis({CellDimension::Kind::age, {}}) != nullptr || (donors && !donors->birth.empty()),
        fit.cells.axis({CellDimension::Kind::region, {}}) != nullptr || (donors && !donors->region.empty())};
    check_households(*recipe.households, known, diagnostics);
  }
  if (donors) check_donors(recipe, fit.cells, *donors, diagnostics);
  if (failed()) return fit;

  fit.names = names_of_cells(fit.cells, recipe.name);
  if (donors) fit.donors = people_by_cell(fit.cells, *donors, recipe.model, recipe.source->date, fit.donors_left_out);
  std::vector<double> const seed = seed_of_cells(recipe, fit.cells, fit.donors, diagnostics);
  std::vector<Margin> margins;
  for (MarginTable const& table : recipe.margins) {
    fit.margins.push_back(margin_on_cells(table, fit.cells, recipe.model.regions, diagnostics));
    margins.push_back(fit.margins.back().margin);
  }
  if (recipe.time_in_state) fit.times = read_times(*recipe.time_in_state, fit.cells, recipe.model.regions, diagnostics);
  check_margins(recipe, fit, seed, diagnostics);
  if (failed()) return fit;

  fit.conflicts = settle_margins(seed, margins);
  for (std::size_t m = 0; m < margins.size(); ++m) fit.margins[m].margin.target = margins[m].target;
  fit.raking = rake(seed, margins, raking_options);
  fit.weights = std::move(fit.raking.weights);
  warn_of_misfits(recipe, fit, diagnostics);
  return fit;
}

}  // namespace utvei
