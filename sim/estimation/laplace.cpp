// SPDX-License-Identifier: Apache-2.0
// Laplace's approximation of the marginal likelihood over region effects v ~ N(0, K):
//   log L ≈ log p(events | b, v̂) − ½ v̂'K⁻¹v̂ − ½ log |I + K W|,   W = expected events by region at the mode v̂
// (Breslow & Clayton 1993, JASA 88: 9-25, eq. 5). The mode is found in terms of a = K⁻¹v̂ and of I + √W K √W, so that K
// may be singular, as it is for an sd of 0 or for icar: Rasmussen & Williams 2006, algorithm 3.1; gradient: their
// eqs. 5.22-5.24 and, for coefficients, the same chain rule. Events enter by the sums over regions alone, so the inner
// problem has the size of the regions, not of the cells. Regions in counties cost as much as independent ones: what
// remains after the regions are eliminated is one number a county.
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

/// Expected events, summed as the approximation needs them.
struct Sums {
  VectorXd by_row;
  VectorXd by_pattern;
  MatrixXd by_term;  ///< regions × terms: times the value of the term, over the rows of the region
};

/// `rate`: by pattern; `relative`: by region.
Sums expected_events(MixedProblem const& problem, VectorXd const& rate, VectorXd const& relative) {
  PoissonCells const& cells = problem.cells;
  Sums sums{VectorXd(static_cast<Index>(cells.rows())), VectorXd::Zero(rate.size()),
            MatrixXd::Zero(relative.size(), problem.terms())};
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    auto const pattern = problem.patterns.of_row[row];
    double const expected = cells.exposure[row] * rate[pattern] * relative[cells.region[row]];
    sums.by_row[static_cast<Index>(row)] = expected;
    sums.by_pattern[pattern] += expected;
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k)
      sums.by_term(cells.region[row], cells.term[k]) += cells.value[k] * expected;
  }
  return sums;
}

/// Expected events by region, without its effect.
VectorXd without_effects(MixedProblem const& problem, VectorXd const& rate) {
  PoissonCells const& cells = problem.cells;
  VectorXd sums = VectorXd::Zero(static_cast<Index>(cells.regions));
  for (std::size_t row = 0; row < cells.rows(); ++row)
    sums[cells.region[row]] += cells.exposure[row] * rate[problem.patterns.of_row[row]];
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

/// R = √W (I + √W K √W)⁻¹ √W by Cholesky's factor.
class DenseSmoother {
 public:
  DenseSmoother(RegionMatrix const& covariance, VectorXd const& weight)
      : covariance_{covariance.full}, root_{weight.cwiseSqrt()} {
    auto const n = weight.size();
    factor_.compute(MatrixXd::Identity(n, n) + root_.asDiagonal() * covariance_ * root_.asDiagonal());
  }
  [[nodiscard]] VectorXd times(VectorXd const& vector) const {
    return root_.cwiseProduct(factor_.solve(root_.cwiseProduct(vector)));
  }
  [[nodiscard]] double log_determinant() const { return 2 * factor_.matrixLLT().diagonal().array().log().sum(); }
  [[nodiscard]] RegionMatrix matrix() const {
    MatrixXd const scaled_root = root_.asDiagonal();
    return {RegionMatrix::Form::dense, {}, root_.asDiagonal() * factor_.solve(scaled_root)};
  }
  /// K − K R K
  [[nodiscard]] RegionMatrix posterior() const {
    MatrixXd const half = factor_.matrixL().solve(root_.asDiagonal() * covariance_);
    return {RegionMatrix::Form::dense, {}, covariance_ - half.transpose() * half};
  }

 private:
  MatrixXd const& covariance_;
  VectorXd root_;
  Eigen::LLT<MatrixXd> factor_;
};

/// The same where K is diag(d) and g h h' in each county: given what a county adds its regions are independent, and
/// what it adds is one number a county (Sherman & Morrison 1950, Ann. Math. Stat. 21: 124-127).
class CountySmoother {
 public:
  CountySmoother(RegionMatrix const& covariance, VectorXd const& weight)
      : covariance_{covariance}, spread_{1 + covariance.variances.array() * weight.array()} {
    own_ = weight.cwiseQuotient(spread_);
    county_spread_ = covariance.by_county(own_.cwiseProduct(covariance.direction.cwiseAbs2()));
    county_spread_ = 1 + county_spread_.array() * covariance.of_county.array();
  }
  [[nodiscard]] VectorXd times(VectorXd const& vector) const { return matrix().times(vector); }
  [[nodiscard]] double log_determinant() const {
    return spread_.array().log().sum() + county_spread_.array().log().sum();
  }
  [[nodiscard]] RegionMatrix matrix() const {
    RegionMatrix smoother = covariance_;
    smoother.variances = own_;
    smoother.direction = own_.cwiseProduct(covariance_.direction);
    smoother.of_county = -covariance_.of_county.cwiseQuotient(county_spread_);
    return smoother;
  }
  [[nodiscard]] RegionMatrix posterior() const {
    RegionMatrix posterior = covariance_;
    posterior.variances = covariance_.variances.cwiseQuotient(spread_);
    posterior.direction = covariance_.direction.cwiseQuotient(spread_);
    posterior.of_county = covariance_.of_county.cwiseQuotient(county_spread_);
    return posterior;
  }

 private:
  RegionMatrix const& covariance_;
  VectorXd spread_;         ///< 1 + d w
  VectorXd own_;            ///< w / (1 + d w)
  VectorXd county_spread_;  ///< by county: 1 + g Σ h² w / (1 + d w)
};

/// Algorithm 3.1 of Rasmussen & Williams, with steps halved until the density does not fall.
template <class Smoother>
Mode correlated_mode(VectorXd const& events, VectorXd const& fitted, RegionMatrix const& covariance) {
  constexpr int most_iterations = 100;
  constexpr double tolerance = 1e-11;
  Mode mode;
  mode.effects = mode.scores = VectorXd::Zero(events.size());
  double density = joint_density(events, fitted, mode.effects, mode.scores);
  for (int iteration = 0;; ++iteration) {
    mode.weight = fitted.array() * mode.effects.array().exp();
    Smoother const smoother{covariance, mode.weight};
    if (mode.converged || iteration == most_iterations) {
      mode.log_determinant = smoother.log_determinant();
      mode.smoother = smoother.matrix();
      mode.posterior = smoother.posterior();
      return mode;
    }
    VectorXd const b = mode.weight.cwiseProduct(mode.effects) + events - mode.weight;
    VectorXd step = b - smoother.times(covariance.times(b)) - mode.scores;
    VectorXd move = covariance.times(step);
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
}

Mode find_mode(VectorXd const& events, VectorXd const& fitted, RegionMatrix const& covariance) {
  switch (covariance.form) {
    case RegionMatrix::Form::diagonal:
      return independent_mode(events, fitted, covariance.variances);
    case RegionMatrix::Form::counties:
      return correlated_mode<CountySmoother>(events, fitted, covariance);
    case RegionMatrix::Form::dense:
      break;
  }
  return correlated_mode<DenseSmoother>(events, fitted, covariance);
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

VectorXd sums_by_region(PoissonCells const& cells) {
  VectorXd sums = VectorXd::Zero(static_cast<Index>(cells.regions));
  for (std::size_t row = 0; row < cells.rows(); ++row) sums[cells.region[row]] += cells.events[row];
  return sums;
}

Laplace laplace_at(MixedProblem const& problem, VectorXd const& at) {
  PoissonCells const& patterns = problem.patterns.cells;
  Index const terms = problem.terms();
  VectorXd const coefficients = at.head(terms);
  auto const prior = covariance_of(problem.effects, problem.cells.regions, at.tail(at.size() - terms));
  VectorXd const eta = linear_predictor(patterns, coefficients);
  VectorXd const rate = eta.array().exp();
  Mode const mode = find_mode(problem.events_by_region, without_effects(problem, rate), prior.covariance);
  Laplace result;
  Sums const expected = expected_events(problem, rate, mode.effects.array().exp());
  result.expected = expected.by_row;
  VectorXd const residual = as_vector(patterns.events) - expected.by_pattern;
  MatrixXd const& sums = expected.by_term;
  VectorXd const effect_variance = mode.posterior.diagonal_values();
  // −½ d log|I + K W| / dv̂: how the determinant answers to a move of the mode.
  VectorXd const by_mode = -0.5 * effect_variance.cwiseProduct(mode.weight);
  result.mode_by = MatrixXd::Zero(sums.rows(), at.size());
  result.mode_by.leftCols(terms) = -mode.posterior.times(sums);
  result.gradient = VectorXd::Zero(at.size());
  result.gradient.head(terms) = weighted_sums(patterns, residual) - problem.ridge.cwiseProduct(coefficients) -
                                0.5 * sums.transpose() * effect_variance;
  for (Index k = terms; k < at.size(); ++k) {
    RegionMatrix const& derivative = prior.derivatives[static_cast<std::size_t>(k - terms)];
    VectorXd const pull = derivative.times(mode.scores);
    result.mode_by.col(k) = pull - prior.covariance.times(mode.smoother.times(pull));
    result.gradient[k] = 0.5 * mode.scores.dot(pull) - 0.5 * trace_of_product(mode.smoother, derivative);
  }
  result.gradient += result.mode_by.transpose() * by_mode;
  result.log_likelihood = as_vector(patterns.events).dot(eta) + problem.events_by_region.dot(mode.effects) -
                          expected.by_pattern.sum() - 0.5 * mode.scores.dot(mode.effects) - 0.5 * mode.log_determinant;
  result.value = result.log_likelihood - 0.5 * coefficients.cwiseAbs2().dot(problem.ridge) +
                 add_prior(problem, at, result.gradient);
  result.information =
      weighted_products(patterns, expected.by_pattern) + sums.transpose() * result.mode_by.leftCols(terms);
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
