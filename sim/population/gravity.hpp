// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/population/demography.hpp>

#include <string>
#include <vector>

namespace utvei {

/// `{gravity: {mass: population, distance: distances.csv, mass_power: 1, distance_power: 2}}`: people go from i to j in
/// proportion to mass_j^a / distance_ij^b (Zipf 1946; the origin's mass is in the rate of leaving). The mass is a
/// column of the regions file; distances are lines `from;to;distance`, each good for both ways, or are computed from
/// two columns of the regions file: `distance: {x: east, y: north}`. Pairs without a distance have no moves.
Column<RegionId, std::vector<Moves::Destination>> destinations_by_gravity(Value const& value, Model const& model,
                                                                          std::vector<std::string>& inputs,
                                                                          Diagnostics& diagnostics);

}  // namespace utvei
