// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace utvei {

/// The shares with an outcome, at one time or more, as functions of a log multiplier: simulated at the points of a
/// grid, and straight between them on the scales of logit and log, where they bend so little that a ratio is right to a
/// quarter of a per cent. Only the points that are asked for are simulated, and each once: a share rises with the
/// multiplier, so the two that lie about a share are found by walking from the middle.
class ShareCurves {
 public:
  /// Shares by time, for a log multiplier.
  using At = std::function<std::vector<double>(double)>;

  /// From 2^-doublings to 2^doublings.
  ShareCurves(int doublings, At at);

  /// Whether some multiplier gives this share at the first time.
  [[nodiscard]] bool reaches(double share);
  /// The log multiplier that gives a share at the first time. Shares beyond those of the grid count as the last of
  /// them.
  [[nodiscard]] double log_of(double share);
  [[nodiscard]] double share_of(double log_multiplier, std::size_t time);
  /// The least and the greatest share of the grid at the first time; simulates all of it.
  [[nodiscard]] std::pair<double, double> range();

 private:
  /// The first point of the two about a share; none if the share lies beyond the grid.
  [[nodiscard]] std::optional<std::size_t> point_below(double share);
  [[nodiscard]] double share_at(std::size_t point, std::size_t time);
  [[nodiscard]] double log_at(std::size_t point) const;

  At at_;
  std::size_t middle_;
  std::vector<std::vector<double>> shares_;  ///< by point and time; empty where nobody has asked
};

}  // namespace utvei
