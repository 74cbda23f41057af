// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/normal.hpp>
#include <utvei/results/compare.hpp>

#include <optional>

namespace utvei {

/// Half of the 95 % interval that is shown: parameters and chance together where there are draws, else luck alone.
inline std::optional<double> half_width(ComparisonRow const& row) {
  if ((row.low_95 || row.parameters_hidden) && row.count_low_95 && row.count_high_95)
    return (*row.count_high_95 - *row.count_low_95) / 2;
  if (row.mc_se) return normal_975 * *row.mc_se;
  return std::nullopt;
}

}  // namespace utvei
