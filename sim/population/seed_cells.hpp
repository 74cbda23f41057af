// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/cells.hpp>
#include <utvei/population/population.hpp>
#include <utvei/population/recipe.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// By cell: rows of people who are in it at `date`. `left_out`: how many are in none.
std::vector<std::vector<std::uint32_t>> people_by_cell(Cells const& cells, Population const& people, Model const& model,
                                                       Instant date, std::size_t& left_out);

/// The seed by cell: counts of the seed table, spread evenly over the cells of a row; or the numbers of donors; or 1. A
/// cell without donors has 0 where there are donors at all, and so has one that the recipe's `structural_zeros` name.
/// A seed table that leaves out cells is diagnosed.
std::vector<double> seed_of_cells(PopulationRecipe const& recipe, Cells const& cells,
                                  std::vector<std::vector<std::uint32_t>> const& donors, Diagnostics& diagnostics);

}  // namespace utvei
