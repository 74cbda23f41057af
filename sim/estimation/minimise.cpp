// SPDX-License-Identifier: Apache-2.0
#include "minimise.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Powell's damping: the approximation stays positive definite whatever the curvature along the step.
void update_curvature(MatrixXd& approximation, VectorXd const& step, VectorXd change) {
  VectorXd const image = approximation * step;
  double const curvature = step.dot(image);
  double const seen = step.dot(change);
  if (seen < 0.2 * curvature) {
    double const share = 0.8 * curvature / (curvature - seen);
    change = share * change + (1 - share) * image;
  }
  approximation += change * change.transpose() / step.dot(change) - image * image.transpose() / curvature;
}

VectorXd bounded(VectorXd const& step, double longest) {
  double const size = step.cwiseAbs().maxCoeff();
  return size > longest ? VectorXd{step * (longest / size)} : step;
}

}  // namespace

Minimum minimise(Objective const& objective, VectorXd const& start, MinimiseOptions const& options) {
  constexpr double sufficient = 1e-4;
  constexpr int most_shorter = 40;
  Minimum best{start, objective(start), 0, false};
  UTVEI_EXPECT(std::isfinite(best.evaluation.value));
  // Scaled so that the first step is as long as the gradient says at most.
  MatrixXd approximation =
      MatrixXd::Identity(start.size(), start.size()) * std::max(1.0, best.evaluation.gradient.norm());
  int flat = 0;
  while (best.iterations < options.most_iterations) {
    VectorXd const& gradient = best.evaluation.gradient;
    if (gradient.cwiseAbs().maxCoeff() < options.gradient_tolerance || flat == 2) {
      best.converged = true;
      break;
    }
    ++best.iterations;
    VectorXd const direction = bounded(-approximation.llt().solve(gradient), options.longest_step);
    double const slope = gradient.dot(direction);
    double length = 1;
    Evaluation next = objective(best.at + direction);
    for (int i = 0; i < most_shorter && !(next.value <= best.evaluation.value + sufficient * length * slope); ++i) {
      length /= 2;
      next = objective(best.at + length * direction);
    }
    double const decrease = best.evaluation.value - next.value;
    if (!(decrease >= 0)) break;  // rounding is all that is left, or the gradient is wrong
    flat = decrease <= options.decrease_tolerance * (1 + std::abs(next.value)) ? flat + 1 : 0;
    VectorXd const step = length * direction;
    if (step.squaredNorm() > 0) update_curvature(approximation, step, next.gradient - gradient);
    best.at += step;
    best.evaluation = std::move(next);
  }
  return best;
}

MatrixXd hessian(Objective const& objective, VectorXd const& at) {
  constexpr double width = 1e-4;  // parameters are logarithms: of order one
  MatrixXd second(at.size(), at.size());
  for (Index i = 0; i < at.size(); ++i) {
    VectorXd const shift = VectorXd::Unit(at.size(), i) * width;
    second.col(i) = (objective(at + shift).gradient - objective(at - shift).gradient) / (2 * width);
  }
  return (second + second.transpose()) / 2;
}

}  // namespace utvei
