// SPDX-License-Identifier: Apache-2.0
// Ranks of regions with their uncertainty (Laird & Louis 1989; Goldstein & Spiegelhalter 1996).
#pragma once

#include <utvei/estimation/poisson_regression.hpp>
#include <utvei/results/compare.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// Of one region, over draws of what all regions' ratios may be; rank 1 is the best.
struct PosteriorRank {
  double expected_rank{0};
  double low_95{0}, high_95{0};  ///< ranks that 95 in 100 draws lie between
  double in_best_tenth{0};       ///< probability
  double in_worst_tenth{0};
  double better{0};  ///< probability that the ratio is on the better side of 1
};

struct RankOptions {
  Better better{Better::more};
  std::uint32_t draws{4000};
  std::uint32_t seed{1};
};
/// Log ratios are drawn from the normal distribution of these means and covariance. A tenth of the regions is rounded
/// up: one at least.
std::vector<PosteriorRank> posterior_ranks(std::vector<double> const& log_ratio, SquareMatrix const& covariance,
                                           RankOptions const& options);

/// How many regions a tenth is.
std::size_t tenth_of(std::size_t regions);

}  // namespace utvei
