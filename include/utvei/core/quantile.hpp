// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace utvei {

/// The quantile of a sample in ascending order, by linear interpolation between its order statistics (Hyndman & Fan
/// 1996, type 7). The sample is not empty.
inline double quantile_of_sorted(std::vector<double> const& sorted, double probability) {
  double const at = probability * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(at);
  std::size_t const above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// The same of a sample in any order.
inline double quantile_of(std::vector<double> values, double probability) {
  std::ranges::sort(values);
  return quantile_of_sorted(values, probability);
}

}  // namespace utvei
