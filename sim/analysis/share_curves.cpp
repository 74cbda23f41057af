// SPDX-License-Identifier: Apache-2.0
#include "share_curves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace utvei {
namespace {

constexpr int steps_of_two = 2;  ///< of a grid, in each doubling

double logit(double share) {
  return std::log(share / (1 - share));
}

/// At the ends of a grid nobody, or everybody, may have the outcome.
bool has_logit(double share) {
  return share > 0 && share < 1;
}

}  // namespace

ShareCurves::ShareCurves(int doublings, At at)
    : at_{std::move(at)}, middle_{static_cast<std::size_t>(doublings * steps_of_two)}, shares_(2 * middle_ + 1) {}

double ShareCurves::log_at(std::size_t point) const {
  return (static_cast<double>(point) - static_cast<double>(middle_)) * std::numbers::ln2 / steps_of_two;
}

double ShareCurves::share_at(std::size_t point, std::size_t time) {
  if (shares_[point].empty()) shares_[point] = at_(log_at(point));
  return shares_[point][time];
}

std::optional<std::size_t> ShareCurves::point_below(double share) {
  std::size_t point = middle_;
  while (point + 1 < shares_.size() && share_at(point, 0) <= share) ++point;
  while (point > 0 && share_at(point, 0) > share) --point;
  if (point + 1 == shares_.size()) return share == share_at(point, 0) ? std::optional{point - 1} : std::nullopt;
  return share_at(point, 0) <= share ? std::optional{point} : std::nullopt;
}

bool ShareCurves::reaches(double share) {
  auto const below = point_below(share);
  return below && has_logit(share_at(*below, 0)) && has_logit(share_at(*below + 1, 0));
}

double ShareCurves::log_of(double share) {
  auto const found = point_below(share);
  if (!found) return log_at(share < share_at(0, 0) ? 0 : shares_.size() - 1);
  std::size_t const below = *found;
  double const low = share_at(below, 0), high = share_at(below + 1, 0);
  if (!has_logit(low)) return log_at(below + 1);
  if (!has_logit(high)) return log_at(below);
  return log_at(below) + (logit(share) - logit(low)) / (logit(high) - logit(low)) * (log_at(below + 1) - log_at(below));
}

double ShareCurves::share_of(double log_multiplier, std::size_t time) {
  double const last = log_at(shares_.size() - 1);
  double const at = (std::clamp(log_multiplier, -last, last) + last) / (log_at(1) - log_at(0));
  std::size_t const below = std::min(static_cast<std::size_t>(at), shares_.size() - 2);
  double const low = share_at(below, time), high = share_at(below + 1, time);
  if (!has_logit(low)) return high;
  if (!has_logit(high)) return low;
  return 1 / (1 + std::exp(-std::lerp(logit(low), logit(high), at - static_cast<double>(below))));
}

std::pair<double, double> ShareCurves::range() {
  double lowest = 1, highest = 0;
  for (std::size_t point = 0; point < shares_.size(); ++point) {
    lowest = std::min(lowest, share_at(point, 0));
    highest = std::max(highest, share_at(point, 0));
  }
  return {lowest, highest};
}

}  // namespace utvei
