// SPDX-License-Identifier: Apache-2.0
// Laplace's approximation of the marginal likelihood over region effects v ~ N(0, K):
//   log L ≈ log p(events | b, v̂) − ½ v̂'K⁻¹v̂ − ½ log |I + K W|,   W = expected events by region at the mode v̂
// (Breslow & Clayton 1993, JASA 88: 9-25, eq. 5). The mode is found in terms of a = K⁻¹v̂ and of I + √W K √W, so that K
// may be singular, as it is for an sd of 0 or for icar: Rasmussen & Williams 2006, algorithm 3.1; gradient: their
// eqs. 5.22-5.24 and, for coefficients, the same chain rule. Events enter by the sums over regions alone, so the inner
// problem has the size of the regions, not of the cells.
#include "laplace.hpp"

#include "design.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Sums over the rows of each region.
VectorXd by_region(PoissonCells const& cells, VectorXd const& rows) {
  VectorXd sums = VectorXd::Zero(static_cast<Index>(cells.regions));
  for (std::size_t row = 0; row < cells.rows(); ++row) sums[cells.region[row]] += rows[static_cast<Index>(row)];
  return sums;
}

/// Regions × terms: expected events times the value of the term, summed over the rows of the region.
MatrixXd terms_by_region(PoissonCells const& cells, VectorXd const& expected) {
  MatrixXd sums = MatrixXd::Zero(static_cast<Index>(cells.regions), static_cast<Index>(cells.terms));
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      sums(cells.region[row], cells.term[k]) += cells.value[k] * expected[static_cast<Index>(row)];
    }
  }
  return sums;
}

struct Mode {
  VectorXd effects;
  VectorXd scores;  ///< a = K⁻¹v
  VectorXd weight;
  RegionMatrix smoother;   ///< R = √W (I + √W K √W)⁻¹ √W
  RegionMatrix posterior;  ///< K − K R K
  double log_determinant{0};
  bool converged{false};
};

/// events − fitted × e^v = v / variance, region by region.
Mode independent_mode(VectorXd const& events, VectorXd const& fitted, VectorXd const& variances) {
  constexpr int most_iterations = 200;
  constexpr double longest_step = 2;
  constexpr double tolerance = 1e-12;
  Mode mode;
  mode.effects = VectorXd::Zero(events.size());
  mode.scores = mode.weight = mode.effects;
  mode.converged = true;
  for (Index r = 0; r < events.size(); ++r) {
    double v = 0;
    double step = 1;
    for (int i = 0; i < most_iterations && std::abs(step) > tolerance; ++i) {
      double const weight = fitted[r] * std::exp(v);
      step = (variances[r] * (events[r] - weight) - v) / (1 + variances[r] * weight);
      step = std::clamp(step, -longest_step, longest_step);
      v += step;
    }
    mode.converged = mode.converged && std::abs(step) <= tolerance;
    mode.effects[r] = v;
    mode.weight[r] = fitted[r] * std::exp(v);
    mode.scores[r] = events[r] - mode.weight[r];
  }
  VectorXd const spread = 1 + variances.array() * mode.weight.array();
  mode.log_determinant = spread.array().log().sum();
  mode.smoother.variances = mode.weight.cwiseQuotient(spread);
  mode.posterior.variances = variances.cwiseQuotient(spread);
  return mode;
}

double joint_density(VectorXd const& events, VectorXd const& fitted, VectorXd const& v, VectorXd const& scores) {
  return events.dot(v) - (fitted.array() * v.array().exp()).sum() - 0.5 * scores.dot(v);
}

/// Algorithm 3.1 of Rasmussen & Williams, with steps halved until the density does not fall.
Mode correlated_mode(VectorXd const& events, VectorXd const& fitted, MatrixXd const& covariance) {
  constexpr int most_iterations = 100;
  constexpr double tolerance = 1e-11;
  auto const n = events.size();
  Mode mode;
  mode.effects = mode.scores = VectorXd::Zero(n);
  double density = joint_density(events, fitted, mode.effects, mode.scores);
  Eigen::LLT<MatrixXd> factor;
  VectorXd root;
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    mode.weight = fitted.array() * mode.effects.array().exp();
    root = mode.weight.cwiseSqrt();
    factor.compute(MatrixXd::Identity(n, n) + root.asDiagonal() * covariance * root.asDiagonal());
    if (mode.converged) break;
    VectorXd const b = mode.weight.cwiseProduct(mode.effects) + events - mode.weight;
    VectorXd const smoothed = root.cwiseProduct(covariance * b);
    VectorXd step = b - root.cwiseProduct(factor.solve(smoothed)) - mode.scores;
    VectorXd move = covariance * step;
    double tried = joint_density(events, fitted, mode.effects + move, mode.scores + step);
    while (!(tried >= density - 1e-12 * std::abs(density)) && move.cwiseAbs().maxCoeff() > tolerance) {
      step /= 2;
      move /= 2;
      tried = joint_density(events, fitted, mode.effects + move, mode.scores + step);
    }
    density = tried;
    mode.scores += step;
    mode.effects += move;
    mode.converged = move.cwiseAbs().maxCoeff() <= tolerance;
  }
  mode.log_determinant = 2 * factor.matrixLLT().diagonal().array().log().sum();
  mode.smoother.diagonal = mode.posterior.diagonal = false;
  MatrixXd const scaled_root = root.asDiagonal();
  mode.smoother.full = root.asDiagonal() * factor.solve(scaled_root);
  mode.posterior.full = covariance - covariance * mode.smoother.full * covariance;
  return mode;
}

Mode find_mode(VectorXd const& events, VectorXd const& fitted, RegionMatrix const& covariance) {
  return covariance.diagonal ? independent_mode(events, fitted, covariance.variances)
                             : correlated_mode(events, fitted, covariance.full);
}

/// tr(A B) of symmetric matrices.
double trace_of_product(RegionMatrix const& a, RegionMatrix const& b) {
  if (a.diagonal || b.diagonal) return a.diagonal_values().dot(b.diagonal_values());
  return a.full.cwiseProduct(b.full).sum();
}

/// Log prior density of the sds, without its constant; adds its derivative by the log sds.
double add_prior(MixedProblem const& problem, VectorXd const& at, VectorXd& gradient) {
  double sum = 0;
  for (Index k = 0; k < problem.sds(); ++k) {
    double const sd = std::exp(at[problem.terms() + k]);
    double& slope = gradient[problem.terms() + k];
    if (problem.prior.kind == SdPrior::Kind::half_normal) {
      double const ratio = sd / problem.prior.scale;
      sum -= ratio * ratio / 2;
      slope -= ratio * ratio;
    } else if (problem.prior.kind == SdPrior::Kind::pc) {
      double const rate = -std::log(problem.prior.probability) / problem.prior.scale;
      sum -= rate * sd;
      slope -= rate * sd;
    }
  }
  return sum;
}

}  // namespace

Laplace laplace_at(MixedProblem const& problem, VectorXd const& at) {
  PoissonCells const& cells = problem.cells;
  Index const terms = problem.terms();
  VectorXd const coefficients = at.head(terms);
  auto const prior = covariance_of(problem.effects, cells.regions, at.tail(at.size() - terms));
  VectorXd const eta = linear_predictor(cells, coefficients);
  VectorXd const without_effects = as_vector(cells.exposure).array() * eta.array().exp();
  Mode const mode =
      find_mode(by_region(cells, as_vector(cells.events)), by_region(cells, without_effects), prior.covariance);
  Laplace result;
  result.expected = without_effects;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    result.expected[static_cast<Index>(row)] *= std::exp(mode.effects[cells.region[row]]);
  }
  VectorXd const residual = as_vector(cells.events) - result.expected;
  MatrixXd const sums = terms_by_region(cells, result.expected);
  VectorXd const effect_variance = mode.posterior.diagonal_values();
  // −½ d log|I + K W| / dv̂: how the determinant answers to a move of the mode.
  VectorXd const by_mode = -0.5 * effect_variance.cwiseProduct(mode.weight);
  result.mode_by = MatrixXd::Zero(static_cast<Index>(cells.regions), at.size());
  result.mode_by.leftCols(terms) = -mode.posterior.times(sums);
  result.gradient = VectorXd::Zero(at.size());
  result.gradient.head(terms) = weighted_sums(cells, residual) - problem.ridge.cwiseProduct(coefficients) -
                                0.5 * sums.transpose() * effect_variance;
  for (Index k = terms; k < at.size(); ++k) {
    RegionMatrix const& derivative = prior.derivatives[static_cast<std::size_t>(k - terms)];
    VectorXd const pull = derivative.times(mode.scores);
    result.mode_by.col(k) = pull - prior.covariance.times(mode.smoother.times(pull));
    result.gradient[k] = 0.5 * mode.scores.dot(pull) - 0.5 * trace_of_product(mode.smoother, derivative);
  }
  result.gradient += result.mode_by.transpose() * by_mode;
  result.log_likelihood = as_vector(cells.events).dot(eta) +
                          by_region(cells, as_vector(cells.events)).dot(mode.effects) - result.expected.sum() -
                          0.5 * mode.scores.dot(mode.effects) - 0.5 * mode.log_determinant;
  result.value = result.log_likelihood - 0.5 * coefficients.cwiseAbs2().dot(problem.ridge) +
                 add_prior(problem, at, result.gradient);
  result.information = weighted_products(cells, result.expected) + sums.transpose() * result.mode_by.leftCols(terms);
  result.information.diagonal() += problem.ridge;
  result.mode = mode.effects;
  result.posterior = mode.posterior;
  result.weight = mode.weight;
  result.inner_converged = mode.converged;
  return result;
}

LaplaceValue laplace_log_likelihood(PoissonCells const& cells, RegionEffects const& effects, SdPrior const& prior,
                                    std::vector<double> const& at) {
  MixedProblem const problem{cells, effects, prior, VectorXd::Zero(static_cast<Index>(cells.terms))};
  auto const result = laplace_at(problem, as_vector(at));
  return {result.value, as_values(result.gradient)};
}

}  // namespace utvei
