// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "paired.hpp"

#include <utvei/results/compare.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// What errors are told of a difference.
struct ErrorsToTell {
  double weight{1};
  bool has_draws{false};
  std::optional<Better> direction{};  ///< none: no probability of better
  bool is_assumed{false};             ///< the main effect is: no probability either
};

/// Fills the errors of a row whose difference is there; what a reader must know of them is added to the notes.
void fill_errors(ComparisonRow& row, PairedEstimate const& estimate, ErrorsToTell const& told,
                 std::vector<ComparisonNote>& notes);

/// The probability that a normal of this mean is above 0; half where nothing differs.
double chance_above(double mean, double sd);
/// Parameters and Monte Carlo together: what is not known of a mean over draws.
double sd_of_mean(PairedEstimate const& estimate);

}  // namespace utvei
