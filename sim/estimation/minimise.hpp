// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include <Eigen/Core>

namespace utvei {

struct Evaluation {
  double value{0};  ///< may be infinite
  Eigen::VectorXd gradient;
};
using Objective = std::function<Evaluation(Eigen::VectorXd const&)>;

struct MinimiseOptions {
  std::size_t most_iterations{500};
  double gradient_tolerance{1e-6};   ///< largest component
  double decrease_tolerance{1e-12};  ///< of the value relative to its size, twice in a row: a flat direction
  double longest_step{2};            ///< largest component of one step
};

struct Minimum {
  Eigen::VectorXd at;
  Evaluation evaluation;
  std::size_t iterations{0};
  bool converged{false};
};

/// Minimises by BFGS with Powell's damping and backtracking to a sufficient decrease (Nocedal & Wright 2006, algorithms
/// 3.1 and 6.1, procedure 18.2). The value at `start` must be finite.
Minimum minimise(Objective const& objective, Eigen::VectorXd const& start, MinimiseOptions const& options = {});

/// Second derivatives by central differences of the gradient, made symmetric.
Eigen::MatrixXd hessian(Objective const& objective, Eigen::VectorXd const& at);

}  // namespace utvei
