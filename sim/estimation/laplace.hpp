// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "design.hpp"
#include "region_effects.hpp"

#include <Eigen/Core>

namespace utvei {

/// Events by region.
Eigen::VectorXd sums_by_region(PoissonCells const& cells);

/// What the marginal likelihood is of. `ridge`: precision of a normal prior of each coefficient.
struct MixedProblem {
  PoissonCells const& cells;
  RegionEffects const& effects;
  SdPrior prior;
  Eigen::VectorXd ridge;
  RowPatterns patterns{patterns_of(cells)};
  Eigen::VectorXd events_by_region{sums_by_region(cells)};
  [[nodiscard]] Eigen::Index terms() const { return static_cast<Eigen::Index>(cells.terms); }
  [[nodiscard]] Eigen::Index sds() const { return static_cast<Eigen::Index>(number_of_sds(effects)); }
  [[nodiscard]] Eigen::Index size() const { return terms() + static_cast<Eigen::Index>(number_of_parameters(effects)); }
};

/// The approximation at one point of coefficients, log sds and mixing.
struct Laplace {
  double value{0};              ///< approximate log-likelihood plus log priors
  double log_likelihood{0};     ///< approximate, without priors
  Eigen::VectorXd gradient;     ///< of value
  Eigen::VectorXd mode;         ///< of region effects
  RegionMatrix posterior;       ///< their covariance at the mode, given the parameters
  Eigen::VectorXd weight;       ///< expected events by region at the mode
  Eigen::VectorXd expected;     ///< expected events by row at the mode
  Eigen::MatrixXd mode_by;      ///< regions × parameters: derivative of the mode
  Eigen::MatrixXd information;  ///< terms × terms: that of the coefficients with the effects profiled out
  bool inner_converged{true};
};
Laplace laplace_at(MixedProblem const& problem, Eigen::VectorXd const& at);

}  // namespace utvei
