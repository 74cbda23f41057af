// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

namespace utvei {

/// What a figure of the model adds to what is minimised, Q = −log likelihood, in the form that Gauss-Newton steps take:
/// Q = value² / 2 + besides, and in the log of the model's figure dQ = value · slope, d²Q = slope².
struct LogResidual {
  double value{0};
  double slope{0};
  double besides{0};
};

/// Of a published figure: the log of their ratio in standard deviations; nothing besides. Of bounds: the probability
/// that a figure with this discrepancy lies within them, over the largest that it can be (interval regression:
/// Stewart 1983, Review of Economic Studies 50, 737-753). docs/methods/calibration.md says why.
LogResidual log_residual(Target const& target, double log_figure, double sd);

}  // namespace utvei
