// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/fit_population.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The parts of a margin's cells: its rows in their order, then combinations of its labels that no row has, with 0
/// people. Of rows whose count is not known, and of levels that it has no label for, it says nothing. A combination
/// that stands twice is diagnosed.
CellMargin margin_on_cells(MarginTable const& table, Cells const& cells, Regions const& regions,
                           Diagnostics& diagnostics);

/// `region 9901, sex female`.
std::string describe_part(CellMargin const& margin, MarginTable const& table, std::size_t part, Model const& model);

/// Diagnoses, as errors, parts that have people and no cell that may hold them; cells that no margin speaks of, unless
/// the recipe has people or counts for them; and that there is nobody at all.
void check_margins(PopulationRecipe const& recipe, PopulationFit const& fit, std::vector<double> const& seed,
                   Diagnostics& diagnostics);

/// Warns of what was settled, and of margins that cannot all be met.
void warn_of_misfits(PopulationRecipe const& recipe, PopulationFit const& fit, Diagnostics& diagnostics);

}  // namespace utvei
