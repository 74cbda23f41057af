// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace utvei {

/// Pairs of neighbours, as places among the regions; those with a region that is not among them are left out.
std::vector<std::pair<std::uint32_t, std::uint32_t>> edges_among(std::vector<RegionId> const& regions,
                                                                 EstimateOptions const& options);

/// How regions that borrow vary together, as the options ask for. `graph`: of spatial regions.
RegionEffects region_effects_of(CellAxis const& regions, Model const& model, EstimateOptions const& options,
                                ScaledGraph const& graph);

}  // namespace utvei
