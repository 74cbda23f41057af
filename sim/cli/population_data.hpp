// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/population/fit_population.hpp>
#include <utvei/population/recipe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A population's file with all that it needs to be made.
struct PreparedPeople {
  PopulationRecipe recipe;           ///< of the strictest class of all that it reads
  std::optional<Population> donors;  ///< the people of its register
  PopulationFit fit;
};

/// Reads the file, its tables and its register, and fits the cells, so that everything that is wrong is said at once.
/// Use the result only without errors.
PreparedPeople prepare_people(std::string const& path, std::vector<Override> const& overrides,
                              Diagnostics& diagnostics);

}  // namespace utvei
