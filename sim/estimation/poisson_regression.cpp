// SPDX-License-Identifier: Apache-2.0
// Poisson regression with the log of exposure as offset: the likelihood of piecewise-constant intensities (Holford
// 1980, Biometrics 36: 299-305; Laird & Olivier 1981, JASA 76: 231-240). Newton's method, which for the canonical link
// is iteratively reweighted least squares (McCullagh & Nelder 1989, section 2.5).
#include "design.hpp"

#include <utvei/core/contract.hpp>

#include <cmath>
#include <numeric>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Columns that those before them determine: their pivot in a Cholesky factor of the weighted Gram matrix vanishes.
std::vector<std::size_t> aliased_terms(PoissonCells const& cells) {
  constexpr double vanishing = 1e-10;
  MatrixXd gram = weighted_products(cells, as_vector(cells.exposure));
  std::vector<std::size_t> aliased;
  for (Index j = 0; j < gram.rows(); ++j) {
    double const whole = gram(j, j);
    auto const before = gram.row(j).head(j);
    double const pivot = whole - before.squaredNorm();
    if (pivot <= vanishing * whole) {
      aliased.push_back(static_cast<std::size_t>(j));
      gram.col(j).tail(gram.rows() - j).setZero();
      continue;
    }
    gram(j, j) = std::sqrt(pivot);
    for (Index i = j + 1; i < gram.rows(); ++i) {
      gram(i, j) = (gram(i, j) - gram.row(i).head(j).dot(before)) / gram(j, j);
    }
  }
  return aliased;
}

struct Newton {
  VectorXd coefficients;
  VectorXd expected;
  MatrixXd covariance;
  double log_likelihood{0};
  int iterations{0};
  bool converged{false};
};

/// Log-likelihood at the coefficients; fills the expected events.
double evaluate(PoissonCells const& cells, VectorXd const& coefficients, VectorXd& expected) {
  VectorXd const eta = linear_predictor(cells, coefficients);
  expected = as_vector(cells.exposure).array() * eta.array().exp();
  return as_vector(cells.events).dot(eta) - expected.sum();
}

/// Halves the step until the penalised log-likelihood does not fall.
double ascend(PoissonCells const& cells, VectorXd const& ridge, VectorXd step, double value, Newton& newton) {
  constexpr int most_halvings = 40;
  for (int halving = 0; halving < most_halvings; ++halving, step /= 2) {
    VectorXd const tried = newton.coefficients + step;
    VectorXd expected;
    double const log_likelihood = evaluate(cells, tried, expected);
    double const penalised = log_likelihood - 0.5 * tried.cwiseAbs2().dot(ridge);
    if (std::isfinite(penalised) && penalised >= value - 1e-12 * std::abs(value)) {
      newton.coefficients = tried;
      newton.expected = expected;
      newton.log_likelihood = log_likelihood;
      return penalised;
    }
  }
  return value;
}

Newton maximise(PoissonCells const& cells, VectorXd const& ridge) {
  constexpr int most_iterations = 60;
  constexpr double small_decrement = 1e-14;
  Newton newton;
  newton.coefficients = VectorXd::Zero(static_cast<Index>(cells.terms));
  newton.coefficients[0] = std::log(as_vector(cells.events).sum() / as_vector(cells.exposure).sum());
  newton.log_likelihood = evaluate(cells, newton.coefficients, newton.expected);
  double value = newton.log_likelihood;
  while (true) {
    MatrixXd information = weighted_products(cells, newton.expected);
    information.diagonal() += ridge;
    Eigen::LLT<MatrixXd> const factor{information};
    VectorXd const slope =
        weighted_sums(cells, as_vector(cells.events) - newton.expected) - ridge.cwiseProduct(newton.coefficients);
    VectorXd const step = factor.solve(slope);
    newton.covariance = factor.solve(MatrixXd::Identity(information.rows(), information.cols()));
    newton.converged = slope.dot(step) <= small_decrement * (1 + std::abs(value));
    if (newton.converged || newton.iterations == most_iterations || !step.allFinite()) return newton;
    value = ascend(cells, ridge, step, value, newton);
    ++newton.iterations;
  }
}

/// Columns whose coefficient ran off: on the way to infinity its information vanishes (Albert & Anderson 1984).
std::vector<std::size_t> separated_terms(MatrixXd const& covariance) {
  constexpr double absurd_se = 50;
  std::vector<std::size_t> separated;
  for (Index j = 1; j < covariance.rows(); ++j) {
    if (!(covariance(j, j) < absurd_se * absurd_se)) separated.push_back(static_cast<std::size_t>(j));
  }
  return separated;
}

}  // namespace

PoissonFit fit_poisson(PoissonCells const& cells) {
  UTVEI_EXPECT(cells.rows() > 0 && std::accumulate(cells.events.begin(), cells.events.end(), 0.0) > 0);
  PoissonFit fit;
  fit.irregular.aliased = aliased_terms(cells);
  PoissonCells const reduced = without_terms(cells, fit.irregular.aliased);
  Newton newton = maximise(reduced, ridge_of(reduced.terms, {}));
  auto const separated = separated_terms(newton.covariance);
  if (!separated.empty()) newton = maximise(reduced, ridge_of(reduced.terms, separated));
  std::vector<Index> place;  // of the reduced columns among all
  for (std::size_t term = 0, next = 0; term < cells.terms; ++term) {
    if (next < fit.irregular.aliased.size() && fit.irregular.aliased[next] == term) {
      ++next;
    } else {
      place.push_back(static_cast<Index>(term));
    }
  }
  VectorXd coefficients = VectorXd::Zero(static_cast<Index>(cells.terms));
  MatrixXd covariance = MatrixXd::Zero(coefficients.size(), coefficients.size());
  for (Index i = 0; i < newton.coefficients.size(); ++i)
    coefficients[place[static_cast<std::size_t>(i)]] = newton.coefficients[i];
  covariance(place, place) = newton.covariance;
  for (std::size_t const term : separated) {
    fit.irregular.separated.push_back(static_cast<std::size_t>(place[term]));
  }
  fit.coefficients = as_values(coefficients);
  fit.covariance = as_square(covariance);
  fit.log_likelihood = newton.log_likelihood;
  fit.deviance = deviance_of(reduced, newton.expected);
  fit.iterations = newton.iterations;
  fit.converged = newton.converged;
  return fit;
}

}  // namespace utvei
