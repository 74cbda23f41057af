// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lever_world.hpp"

#include <vector>

namespace utvei {

/// Derivatives of outcomes in the log of rates, from one run of simulated lives.
struct ScoredLevers {
  std::size_t ages{1}, regions{1}, transitions{0}, outcomes{0};
  /// Of all cells of a transition together, then by cell: [transition][1 + region * ages + age][outcome].
  std::vector<LeverAmount> slope, se;
  std::vector<double> events;                  ///< [transition][1 + cell]
  std::vector<std::vector<LeverAmount>> base;  ///< [outcome][region, then elsewhere]
  [[nodiscard]] std::size_t rows() const { return 1 + regions * ages; }
  [[nodiscard]] std::size_t at(std::size_t transition, std::size_t row) const { return transition * rows() + row; }
};

/// The likelihood-ratio method: E[Y S], with S the score of a life. docs/methods/levers.md.
ScoredLevers scored_levers(LeverWorld const& world, RunPlan const& plan);

}  // namespace utvei
