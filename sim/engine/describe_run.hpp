// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// The regions that tables tell apart: those at the bottom of the tree, and others in which somebody lives. A county's
/// people are its municipalities'.
std::vector<bool> shown_regions(Regions const& regions, Population const& people);

/// A result without tables: what its labels mean, and what scenario and inputs say of the run.
RunResult described(Scenario const& scenario, Rates const& rates, Population const& people,
                    std::vector<bool> const& shown, std::size_t threads);

}  // namespace utvei
