// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/fit_population.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// How a margin came out.
struct MarginResult {
  std::string name;
  std::size_t parts{0};    ///< of which the count is known
  double target{0};        ///< all parts, as written
  std::int64_t people{0};  ///< who are in them
  std::size_t missed{0};   ///< parts that did not get their target, rounded
  std::uint32_t worst{0};  ///< the part that is furthest from its target as written
  std::string worst_name;  ///< `region 9901, sex female`
  double worst_target{0};
  std::int64_t worst_people{0};
};

/// Whole people, and how they meet the margins.
struct Synthesis {
  Population people;
  std::vector<std::int64_t> by_cell;               ///< people
  std::vector<std::vector<std::int64_t>> by_part;  ///< by margin, then part: people
  std::vector<MarginResult> margins;
  Households households;  ///< none without `households` in the recipe
};

/// Makes whole people of fitted cells. A person's key is a hash of the population's name, the names of the cell's
/// levels and the person's place in the cell: other cells change nobody. With donors, person i of a cell is a copy of
/// donor i, in an order of their own, beginning anew after the last. Without them, ages are spread over the band of the
/// cell, and times in the state over the shares of the recipe's `time_in_state`, by Kronecker sequences that begin
/// anywhere in each cell; nobody is longer in a state than alive. The same people for any number of threads.
Synthesis synthesize(PopulationRecipe const& recipe, PopulationFit const& fit, Population const* donors,
                     Diagnostics& diagnostics, std::size_t threads);

/// `margin`, a column for each dimension of any margin, `target`, `settled`, `result`, `difference`: every part of
/// every margin. `settled` is the target after margins that disagree were settled; the difference is from the target.
std::string check_csv(PopulationRecipe const& recipe, PopulationFit const& fit, Synthesis const& made);

/// What to look at first, for people.
std::string describe(PopulationRecipe const& recipe, PopulationFit const& fit, Synthesis const& made);

}  // namespace utvei
