// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/cells.hpp>
#include <utvei/population/population.hpp>
#include <utvei/population/raking.hpp>
#include <utvei/population/recipe.hpp>
#include <utvei/population/time_in_state.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// A margin on the cells of a population.
struct CellMargin {
  Margin margin;                                   ///< with targets on which the margins agree
  std::vector<double> written;                     ///< by part: the target as the table has it
  std::vector<std::vector<std::uint32_t>> groups;  ///< by part, then column of the table
  std::vector<Place> places;                       ///< by part: its row; without a source: no row has it, so it is 0
};

/// How many people are in each cell, not whole yet.
struct PopulationFit {
  Cells cells;
  std::vector<std::uint64_t> names;  ///< of the cells
  std::vector<double> weights;       ///< by cell
  std::vector<CellMargin> margins;   ///< as in the recipe
  std::vector<MarginConflict> conflicts;
  std::vector<std::vector<std::uint32_t>> donors;  ///< by cell: rows of the register's people; empty without a register
  std::size_t donors_left_out{0};                  ///< people of the register who are in no cell
  TimesInState times;                              ///< of the recipe's `time_in_state`; empty without
  RakingFit raking;                                ///< without its weights
};

/// Fits the cells of a recipe to its margins: settles what they disagree on, and rakes the seed (the seed table, the
/// people of the register, or all cells alike) to them. `donors`: the people of the register as they were at its date,
/// where the recipe names one. Diagnosed as errors: traits and states of which no table speaks, people whom no cell may
/// hold, cells of which no margin speaks; as warnings: margins that disagree, or cannot all be met.
PopulationFit fit_population(PopulationRecipe const& recipe, Population const* donors, Diagnostics& diagnostics);

}  // namespace utvei
