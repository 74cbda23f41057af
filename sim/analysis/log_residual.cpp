// SPDX-License-Identifier: Apache-2.0
#include "log_residual.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace utvei {
namespace {

/// Beyond this the upper tail of a normal is nearly nothing, and its series has settled.
constexpr double far_in_the_tail = 25;
/// In standard deviations: bounds as narrow as this are a figure, and differences of tails have few digits left.
constexpr double as_narrow_as_a_figure = 0.01;
/// Below this a second derivative says nothing any more: the bounds hold the model's figure for certain.
constexpr double least_curvature = 1e-30;

constexpr double log_root_two_pi = 0.9189385332046727;

double log_density(double z) {
  return -z * z / 2 - log_root_two_pi;
}

/// log P(Z > z) for a z of 0 or more (Abramowitz and Stegun 1964, 26.2.12).
double log_upper_tail(double z) {
  if (z < far_in_the_tail) return std::log(std::erfc(z / std::numbers::sqrt2) / 2);
  double const square = z * z;
  return log_density(z) - std::log(z) + std::log1p((-1 + (3 - (15 - 105 / square) / square) / square) / square);
}

/// The bounds seen from the model's figure, in standard deviations.
struct SeenBounds {
  double low, high;
};

/// log P(low < Z < high).
double log_probability(SeenBounds const& seen) {
  if (seen.low > 0) return log_probability({-seen.high, -seen.low});
  if (seen.high < 0) {
    double const nearer = log_upper_tail(-seen.high);
    return std::isinf(seen.low) ? nearer : nearer + std::log1p(-std::exp(log_upper_tail(-seen.low) - nearer));
  }
  double const below = std::isinf(seen.low) ? 0 : std::exp(log_upper_tail(-seen.low));
  return std::log1p(-below - std::exp(log_upper_tail(seen.high)));
}

/// The residual of a log that lies at 0, with a standard deviation of 1.
LogResidual residual_within(SeenBounds const& seen) {
  double const log_inside = log_probability(seen);
  auto const density = [&](double z) { return std::isinf(z) ? 0 : std::exp(log_density(z) - log_inside); };
  double const at_low = density(seen.low);
  double const at_high = density(seen.high);
  double const gradient = at_high - at_low;
  double const towards_low = std::isinf(seen.low) ? 0 : seen.low * at_low;
  double const curvature = seen.high * at_high - towards_low + gradient * gradient;
  double const half_width = (seen.high - seen.low) / 2;
  double const largest = std::isinf(half_width) ? 0 : log_probability({-half_width, half_width});
  double const lost = std::max(0.0, largest - log_inside);
  if (!(curvature > least_curvature)) return {0, 0, lost};
  double const slope = std::sqrt(curvature);
  double const value = gradient / slope;
  return {value, slope, lost - value * value / 2};
}

}  // namespace

double Target::log_distance(double log_figure) const {
  if (!bounds) return log_figure - std::log(value);
  if (log_figure > std::log(bounds->high)) return log_figure - std::log(bounds->high);
  return bounds->low > 0 ? std::min(0.0, log_figure - std::log(bounds->low)) : 0;
}

LogResidual log_residual(Target const& target, double log_figure, double sd) {
  if (!target.bounds) return {target.log_distance(log_figure) / sd, 1 / sd, 0};
  auto const [low, high] = *target.bounds;
  double const log_high = std::log(high);
  double const log_low = low > 0 ? std::log(low) : -std::numeric_limits<double>::infinity();
  if (log_high - log_low < as_narrow_as_a_figure * sd) return {(log_figure - (log_low + log_high) / 2) / sd, 1 / sd, 0};
  LogResidual found = residual_within({(log_low - log_figure) / sd, (log_high - log_figure) / sd});
  found.slope /= sd;
  return found;
}

}  // namespace utvei
