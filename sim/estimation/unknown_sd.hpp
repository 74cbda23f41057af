// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "laplace.hpp"

#include <Eigen/Core>

namespace utvei {

/// Mean squared errors and products of coefficients and region effects about their estimates (`at`, `best`), over what
/// the data and the prior leave open of the sds. The mixing of bym2 stays at its estimate. Needs a proper prior.
Eigen::MatrixXd covariance_over_sds(MixedProblem const& problem, Eigen::VectorXd const& at, Laplace const& best);

/// Covariance of coefficients and effects, given the sds.
Eigen::MatrixXd covariance_given_sds(MixedProblem const& problem, Laplace const& laplace);

}  // namespace utvei
