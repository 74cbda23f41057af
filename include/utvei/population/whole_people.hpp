// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/population/raking.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// Whole people for weights: each cell holds as many as its weight has ones, and one more with the chance of what is
/// left (truncate, replicate, sample: Lovelace & Ballas 2013). The chances are not drawn one by one but along cycles of
/// the two margins (controlled rounding: Causey, Cox & Ernst 1985), so that each part of both gets its sum of weights,
/// or one of its two neighbours where the sum is not whole. The expectation of each cell is its weight.
std::vector<std::int64_t> whole_people(std::vector<double> const& weights, Margin const& rows, Margin const& columns,
                                       RandomKey const& key);

}  // namespace utvei
