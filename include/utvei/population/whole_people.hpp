// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/population/raking.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// Whole people for weights: each cell holds as many as its weight has ones, and one more with the chance of what is
/// left (truncate, replicate, sample: Lovelace & Ballas 2013). The chances are not drawn one by one, but so that the
/// sums of all margins stay:
/// - with one or two margins along cycles of their parts (controlled rounding: Causey, Cox & Ernst 1985). Each part
/// gets
///   its sum of weights, or one of its two neighbours where that is not whole; the expectation of a cell is its weight;
/// - with more, first along cycles that keep them all, then by the cube method (Deville & Tillé 2004). Whole people
/// need
///   not exist for three margins; then the sums of later margins are let go first, the largest first, by as little as
///   possible.
/// `names`: of the cells, for the random numbers to hang on; empty: their places.
std::vector<std::int64_t> whole_people(std::vector<double> const& weights, std::vector<Margin> const& margins,
                                       RandomKey const& key, std::vector<std::uint64_t> const& names = {});

}  // namespace utvei
