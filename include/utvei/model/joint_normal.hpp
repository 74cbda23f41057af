// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// L z for a parameter draw: how far each of jointly normal numbers is from its estimate. `factor`: lower triangular L,
/// row by row, L L' is their covariance. A pure function of seed, draw, name and place.
std::vector<double> joint_deviations(std::vector<double> const& factor, std::size_t count, RandomKey const& key,
                                     StreamId stream);

}  // namespace utvei
