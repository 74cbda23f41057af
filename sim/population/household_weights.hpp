// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/raking.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace utvei {

/// How many adults and children a household has, or a region.
using AdultsAndChildren = std::array<double, 2>;

/// Factors exp(a · x) for numbers of households by type, so that together they have `wanted` people and are as near as
/// can be, in Kullback-Leibler divergence, to what they were. A kind of people that no type has, or of which 0 are
/// wanted, is left as it is.
std::vector<double> tilted(std::vector<double> households, std::vector<AdultsAndChildren> const& types,
                           AdultsAndChildren const& wanted);

/// Adults and children in all.
AdultsAndChildren people_in(std::vector<double> const& households, std::vector<AdultsAndChildren> const& types);

/// By region and type: 1, and 0 where no margin speaks of such households.
std::vector<double> household_seed(std::vector<Margin> const& margins, std::size_t cells);

/// Households by region and type (types run faster) that meet the margins and hold the people of each region.
std::vector<double> household_weights(std::vector<Margin> const& margins, std::vector<AdultsAndChildren> const& types,
                                      std::vector<AdultsAndChildren> const& people_of_region);

}  // namespace utvei
