// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/normal.hpp>
#include <utvei/results/compare.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace utvei {

/// Levels beside 95 %, and the quantiles of the normal that go with them.
struct Level {
  int per_cent;
  double quantile;
};
inline constexpr std::array<Level, 2> further_levels{{{50, 0.6744897501960817}, {80, 1.2815515655446004}}};

using DifferenceInterval = std::optional<std::pair<double, double>>;

/// The interval of another level about the middle of one of 95 %: both are normal.
inline DifferenceInterval at_level(std::optional<double> const& low_95, std::optional<double> const& high_95,
                                   double quantile) {
  if (!low_95 || !high_95) return std::nullopt;
  double const middle = (*low_95 + *high_95) / 2;
  double const half = (*high_95 - *low_95) / 2 * quantile / normal_975;
  return std::pair{middle - half, middle + half};
}

/// The three parts of what is not known of a difference, as standard deviations.
struct UncertaintyParts {
  std::optional<double> parameters;  ///< none: no draws, or luck hides it
  std::optional<double> chance;      ///< in one population of the size that the run stands for
  std::optional<double> monte_carlo;
};

inline UncertaintyParts parts_of(ComparisonRow const& row) {
  UncertaintyParts parts;
  parts.monte_carlo = row.mc_se;
  if (row.low_95 && row.high_95) parts.parameters = (*row.high_95 - *row.low_95) / (2 * normal_975);
  if (row.count_low_95 && row.count_high_95) {
    double const count = (*row.count_high_95 - *row.count_low_95) / (2 * normal_975);
    double const parameters = parts.parameters.value_or(0);
    parts.chance = std::sqrt(std::max(0.0, count * count - parameters * parameters));
  }
  return parts;
}

/// Whether the 95 % interval of parameters and Monte Carlo together leaves 0 out; none: it is not known.
inline std::optional<bool> can_be_told_from_zero(ComparisonRow const& row) {
  if (!row.mc_se) return std::nullopt;
  auto const parts = parts_of(row);
  // Where luck hides the parameters, what is realised is the wider interval, and holds what they do.
  double const sd =
      row.parameters_hidden ? parts.chance.value_or(0) : std::hypot(parts.parameters.value_or(0), *row.mc_se);
  return row.difference != 0 && std::abs(row.difference) > normal_975 * sd;
}

}  // namespace utvei
