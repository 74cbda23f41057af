// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/poisson_regression.hpp>

#include <functional>
#include <vector>

namespace utvei {

/// Residuals in units of their standard deviation, and their derivatives: [residual][parameter].
struct Residuals {
  std::vector<double> value;
  std::vector<std::vector<double>> derivative;
  /// What the objective has besides half their squares, where a residual is not that of a normal error: gradient and
  /// Hessian of the objective are still J'r and J'J.
  double besides{0};
};

struct GaussNewtonOptions {
  int most_iterations{50};
  double tolerance{1e-6};  ///< of the largest step, in units of the prior's standard deviation
  double farthest{5};      ///< no parameter goes farther from 0: a rate times 148, for the log of a ratio
};

/// Where the sum of squares is least, residuals and parameters over their prior standard deviations together: the mode
/// of the posterior under normal errors. The covariance is that of the linearised problem there (Tarantola 2005,
/// Inverse Problem Theory, section 3.4.4).
struct GaussNewtonFit {
  std::vector<double> parameters;
  SquareMatrix covariance;
  double objective{0};  ///< half the sum of squares, and what is besides
  int iterations{0};
  bool converged{false};
};

/// Steps from zero by Gauss-Newton; a step that does not lower the objective is halved. `prior_sd`: above 0, by
/// parameter.
GaussNewtonFit fit_least_squares(std::function<Residuals(std::vector<double> const&)> const& residuals_at,
                                 std::vector<double> const& prior_sd, GaussNewtonOptions const& options);

}  // namespace utvei
