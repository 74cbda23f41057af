// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/gauss_newton.hpp>

#include <cmath>

#include <Eigen/Dense>

namespace utvei {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_halvings = 8;

/// The problem where it was last looked at.
struct Linearised {
  VectorXd residuals;
  MatrixXd jacobian;
  double objective{0};
};

class Problem {
 public:
  Problem(std::function<Residuals(std::vector<double> const&)> const& residuals_at, std::vector<double> const& prior_sd)
      : residuals_at_{residuals_at},
        precision_{
            VectorXd::Map(prior_sd.data(), static_cast<Eigen::Index>(prior_sd.size())).cwiseAbs2().cwiseInverse()} {}

  [[nodiscard]] Linearised at(VectorXd const& x) const {
    Residuals const found = residuals_at_(std::vector<double>(x.begin(), x.end()));
    auto const rows = static_cast<Eigen::Index>(found.value.size());
    Linearised here{VectorXd::Map(found.value.data(), rows), MatrixXd::Zero(rows, x.size()), 0};
    for (Eigen::Index i = 0; i < rows; ++i) {
      auto const& slopes = found.derivative[static_cast<std::size_t>(i)];
      here.jacobian.row(i) = VectorXd::Map(slopes.data(), x.size());
    }
    here.objective = (here.residuals.squaredNorm() + x.cwiseAbs2().dot(precision_)) / 2 + found.besides;
    return here;
  }
  [[nodiscard]] Eigen::LLT<MatrixXd> information(Linearised const& here) const {
    MatrixXd information = here.jacobian.transpose() * here.jacobian;
    information.diagonal() += precision_;
    return information.llt();
  }
  [[nodiscard]] VectorXd step(Linearised const& here, VectorXd const& x) const {
    return -information(here).solve(here.jacobian.transpose() * here.residuals + precision_.cwiseProduct(x));
  }
  [[nodiscard]] double length(VectorXd const& step) const {
    return step.cwiseProduct(precision_.cwiseSqrt()).lpNorm<Eigen::Infinity>();
  }

 private:
  std::function<Residuals(std::vector<double> const&)> const& residuals_at_;
  VectorXd precision_;
};

}  // namespace

GaussNewtonFit fit_least_squares(std::function<Residuals(std::vector<double> const&)> const& residuals_at,
                                 std::vector<double> const& prior_sd, GaussNewtonOptions const& options) {
  Problem const problem{residuals_at, prior_sd};
  auto const size = static_cast<Eigen::Index>(prior_sd.size());
  VectorXd x = VectorXd::Zero(size);
  Linearised here = problem.at(x);
  GaussNewtonFit fit;
  while (!fit.converged && fit.iterations < options.most_iterations && size > 0) {
    ++fit.iterations;
    auto const within_bounds = [&](VectorXd const& wanted) {
      return VectorXd{(x + wanted).cwiseMax(-options.farthest).cwiseMin(options.farthest) - x};
    };
    VectorXd step = within_bounds(problem.step(here, x));
    fit.converged = problem.length(step) < options.tolerance;
    Linearised next = problem.at(x + step);
    for (int halvings = 0; !(next.objective <= here.objective) && halvings < most_halvings; ++halvings) {
      step /= 2;
      next = problem.at(x + step);
    }
    if (!(next.objective <= here.objective)) {
      // No step helps: with simulated residuals, the luck of single lives is all that is left.
      fit.converged = true;
      break;
    }
    fit.converged = fit.converged || problem.length(step) < options.tolerance;
    x += step;
    here = std::move(next);
  }
  fit.converged = fit.converged || size == 0;
  fit.parameters.assign(x.begin(), x.end());
  fit.objective = here.objective;
  MatrixXd const covariance = problem.information(here).solve(MatrixXd::Identity(size, size));
  fit.covariance = {prior_sd.size(), std::vector<double>(prior_sd.size() * prior_sd.size())};
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j)
      fit.covariance.values[static_cast<std::size_t>(i * size + j)] = (covariance(i, j) + covariance(j, i)) / 2;
  }
  return fit;
}

}  // namespace utvei
