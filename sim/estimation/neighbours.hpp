// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>

namespace utvei {

/// Reads a file with the columns region and neighbour: a pair of codes a line, each pair once or in both directions.
/// Unknown codes and regions beside themselves are diagnosed.
std::vector<std::pair<RegionId, RegionId>> read_neighbours(Value const& file, Model const& model,
                                                           Diagnostics& diagnostics);

}  // namespace utvei
