// SPDX-License-Identifier: Apache-2.0
// Maximum of the Laplace-approximated marginal likelihood over coefficients and log sds together, by BFGS (Nocedal &
// Wright 2006, algorithm 6.1). Standard errors hold what is not known of the sds: the curvature of the marginal
// likelihood, and by the delta method that of the modes (Skaug & Fournier 2006; Kass & Steffey 1989).
#include "design.hpp"
#include "laplace.hpp"
#include "unknown_sd.hpp"

#include <utvei/estimation/empirical_bayes.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double no_effect = -std::numeric_limits<double>::infinity();

struct Climb {
  VectorXd at;
  Laplace laplace;
  int iterations{0};
  bool converged{false};
};

/// Inverse curvature to begin with: the information of the coefficients, and little about the sds.
MatrixXd first_inverse(MixedProblem const& problem, Laplace const& laplace) {
  constexpr double of_log_sd = 0.1;
  MatrixXd inverse = of_log_sd * MatrixXd::Identity(problem.size(), problem.size());
  Index const terms = problem.terms();
  inverse.topLeftCorner(terms, terms) = laplace.information.llt().solve(MatrixXd::Identity(terms, terms));
  return inverse;
}

/// Parameters at an sd of 0 stay there.
VectorXd free_slope(Laplace const& laplace, VectorXd const& at) {
  return (at.array() == no_effect).select(0, laplace.gradient);
}

VectorXd moved(VectorXd const& at, VectorXd const& step) {
  return (at.array() == no_effect).select(at, at + step);
}

/// No longer than two units of a log sd or logit at once.
VectorXd bounded(VectorXd step, Index terms) {
  constexpr double longest = 2;
  double const length = step.tail(step.size() - terms).cwiseAbs().maxCoeff();
  return length > longest ? VectorXd{step * (longest / length)} : step;
}

void update_inverse(MatrixXd& inverse, VectorXd const& step, VectorXd const& change) {
  double const curvature = step.dot(change);
  if (!(curvature > 1e-12 * step.norm() * change.norm())) return;
  VectorXd const turned = inverse * change;
  inverse += (1 + change.dot(turned) / curvature) / curvature * step * step.transpose() -
             (turned * step.transpose() + step * turned.transpose()) / curvature;
}

/// BFGS with backtracking (Armijo).
Climb climb(MixedProblem const& problem, VectorXd const& start) {
  constexpr int most_iterations = 200;
  constexpr double small_gain = 1e-11;
  Climb state{start, laplace_at(problem, start), 0, false};
  MatrixXd inverse = first_inverse(problem, state.laplace);
  for (; state.iterations < most_iterations; ++state.iterations) {
    VectorXd const slope = free_slope(state.laplace, state.at);
    VectorXd step = bounded(inverse * slope, problem.terms());
    step = (state.at.array() == no_effect).select(0, step);
    double const gain = slope.dot(step);
    state.converged = gain <= small_gain * (1 + std::abs(state.laplace.value)) && state.laplace.inner_converged;
    if (state.converged) break;
    double share = 1;
    Laplace next = laplace_at(problem, moved(state.at, step));
    while (!(next.value >= state.laplace.value + 1e-4 * share * gain) && share > 1e-8) {
      share /= 4;
      next = laplace_at(problem, moved(state.at, share * step));
    }
    if (!(next.value > state.laplace.value)) break;
    state.at = moved(state.at, share * step);
    update_inverse(inverse, share * step, slope - free_slope(next, state.at));
    state.laplace = std::move(next);
  }
  return state;
}

/// Coefficients of the model without effects, and an sd from the moments of observed over expected (Marshall 1991).
VectorXd starting_point(MixedProblem const& problem, VectorXd const& coefficients) {
  constexpr double least = 0.1;
  constexpr double most = 1.5;
  VectorXd start = VectorXd::Zero(problem.size());
  start.head(problem.terms()) = coefficients;
  std::vector<double> events(problem.cells.regions, 0);
  auto expected = events;
  VectorXd const eta = linear_predictor(problem.cells, coefficients);
  for (std::size_t row = 0; row < problem.cells.rows(); ++row) {
    events[problem.cells.region[row]] += problem.cells.events[row];
    expected[problem.cells.region[row]] += problem.cells.exposure[row] * std::exp(eta[static_cast<Index>(row)]);
  }
  auto const moments = fit_marshall(events, expected);
  double const sd = std::sqrt(std::log1p(moments.variance / (moments.mean * moments.mean)));
  for (Index k = 0; k < problem.sds(); ++k) {
    start[problem.terms() + k] = std::log(std::clamp(sd, least, most) / std::sqrt(static_cast<double>(problem.sds())));
  }
  return start;
}

/// An sd that went towards 0 is 0 if the likelihood is no higher elsewhere.
Climb settle_at_zero(MixedProblem const& problem, Climb best) {
  constexpr double near_zero = 0.05;
  constexpr double no_higher = 1e-7;
  for (Index k = problem.terms(); k < problem.terms() + problem.sds(); ++k) {
    if (std::exp(best.at[k]) > near_zero) continue;
    VectorXd start = best.at;
    start[k] = no_effect;
    Climb at_zero = climb(problem, start);
    if (at_zero.laplace.value >= best.laplace.value - no_higher) {
      at_zero.iterations += best.iterations;
      best = std::move(at_zero);
    }
  }
  return best;
}

/// Parameters whose uncertainty is counted: not an sd at 0, and not a mixing at its end, where the likelihood is flat.
std::vector<Index> curved(MixedProblem const& problem, Climb const& best) {
  constexpr double flat_logit = 6;
  std::vector<Index> free;
  bool const vanished = best.at.segment(problem.terms(), problem.sds()).maxCoeff() == no_effect;
  for (Index k = 0; k < problem.size(); ++k) {
    bool const is_logit = k >= problem.terms() + problem.sds();
    if (best.at[k] == no_effect || (is_logit && (vanished || std::abs(best.at[k]) > flat_logit))) continue;
    free.push_back(k);
  }
  return free;
}

/// Inverse of the negative Hessian over `free`, from differences of the analytic gradient. Where it is not positive
/// definite the coefficients' own information stands in, given the sds.
MatrixXd covariance_at(MixedProblem const& problem, Climb const& best, std::vector<Index> const& free) {
  constexpr double h = 1e-5;
  auto const n = static_cast<Index>(free.size());
  MatrixXd hessian(n, n);
  for (Index j = 0; j < n; ++j) {
    VectorXd beside = best.at;
    beside[free[static_cast<std::size_t>(j)]] += h;
    VectorXd const change = best.laplace.gradient - laplace_at(problem, beside).gradient;
    hessian.col(j) = change(free) / h;
  }
  MatrixXd const symmetric = (hessian + hessian.transpose()) / 2;
  Eigen::LLT<MatrixXd> const factor{symmetric};
  if (factor.info() == Eigen::Success) return factor.solve(MatrixXd::Identity(n, n));
  MatrixXd fallback = MatrixXd::Zero(n, n);
  Index const terms = problem.terms();
  fallback.topLeftCorner(terms, terms) = best.laplace.information.llt().solve(MatrixXd::Identity(terms, terms));
  return fallback;
}

/// Coefficients, then effects.
MatrixXd joint_covariance(MixedProblem const& problem, Climb const& best, std::vector<Index> const& free,
                          MatrixXd const& parameters) {
  Index const terms = problem.terms();
  auto const regions = static_cast<Index>(problem.cells.regions);
  MatrixXd const by = best.laplace.mode_by(Eigen::all, free);
  MatrixXd const moved_modes = by * parameters;
  MatrixXd joint(terms + regions, terms + regions);
  joint.topLeftCorner(terms, terms) = parameters.topLeftCorner(terms, terms);
  joint.bottomLeftCorner(regions, terms) = moved_modes.leftCols(terms);
  joint.topRightCorner(terms, regions) = moved_modes.leftCols(terms).transpose();
  joint.bottomRightCorner(regions, regions) = moved_modes * by.transpose();
  best.laplace.posterior.add_to(joint.bottomRightCorner(regions, regions));
  return joint;
}

/// The same, with sds that are known as far as the prior and the data tell. What is not known of a mixing is added as
/// it moves the estimates.
MatrixXd loosely_known(MixedProblem const& problem, Climb const& best, std::vector<Index> const& free,
                       MatrixXd const& parameters) {
  MatrixXd joint = covariance_over_sds(problem, best.at, best.laplace);
  Index const mixing = problem.terms() + problem.sds();
  auto const found = std::find(free.begin(), free.end(), mixing);
  if (found == free.end()) return joint;
  auto const place = static_cast<Index>(found - free.begin());
  if (!(parameters(place, place) > 0)) return joint;  // no curvature was found
  VectorXd const slope = parameters.col(place) / parameters(place, place);
  VectorXd moved(joint.rows());
  moved << slope.head(problem.terms()), best.laplace.mode_by(Eigen::all, free) * slope;
  return joint + parameters(place, place) * moved * moved.transpose();
}

/// Puts the columns that were aliased back in, with a coefficient of 0 that is certain.
MatrixXd widened(MatrixXd const& joint, std::vector<Index> const& place, Index size) {
  MatrixXd wide = MatrixXd::Zero(size, size);
  wide(place, place) = joint;
  return wide;
}

std::vector<Index> kept_places(std::size_t terms, std::size_t regions, std::vector<std::size_t> const& aliased) {
  std::vector<Index> place;
  for (std::size_t i = 0; i < terms + regions; ++i) {
    if (!std::binary_search(aliased.begin(), aliased.end(), i)) place.push_back(static_cast<Index>(i));
  }
  return place;
}

void describe_sds(MixedProblem const& problem, Climb const& best, std::vector<Index> const& free,
                  MatrixXd const& parameters, MixedFit& fit) {
  for (Index k = problem.terms(); k < problem.terms() + problem.sds(); ++k) {
    double const sd = std::exp(best.at[k]);
    auto const found = std::find(free.begin(), free.end(), k);
    fit.sd.push_back(sd);
    auto const place = static_cast<Index>(found - free.begin());
    fit.sd_se.push_back(found == free.end() ? std::numeric_limits<double>::quiet_NaN()
                                            : sd * std::sqrt(parameters(place, place)));
  }
  fit.at_zero = std::all_of(fit.sd.begin(), fit.sd.end(), [](double sd) { return sd == 0; });
  if (problem.effects.kind == RegionEffects::Kind::bym2) fit.mixing = mixing_of(best.at[problem.size() - 1]);
  fit.stopped_because = best.converged ? "the gain of a further step vanishes" : "no step gains any more";
}

}  // namespace

MixedFit fit_mixed_poisson(PoissonCells const& cells, RegionEffects const& effects, SdPrior const& prior) {
  MixedFit fit;
  fit.fixed = fit_poisson(cells);
  auto const& aliased = fit.fixed.irregular.aliased;
  auto const place = kept_places(cells.terms, cells.regions, aliased);
  PoissonCells const reduced = without_terms(cells, aliased);
  std::vector<std::size_t> separated;
  for (std::size_t i = 0; i < reduced.terms; ++i) {
    auto const& all = fit.fixed.irregular.separated;
    if (std::binary_search(all.begin(), all.end(), static_cast<std::size_t>(place[i]))) separated.push_back(i);
  }
  MixedProblem const problem{reduced, effects, prior, ridge_of(reduced.terms, separated)};
  VectorXd independent(problem.terms());
  for (Index i = 0; i < problem.terms(); ++i) {
    independent[i] = fit.fixed.coefficients[static_cast<std::size_t>(place[static_cast<std::size_t>(i)])];
  }
  Climb const best = settle_at_zero(problem, climb(problem, starting_point(problem, independent)));
  auto const free = curved(problem, best);
  MatrixXd const parameters = covariance_at(problem, best, free);
  auto const all = static_cast<Index>(cells.terms);
  MatrixXd const at_estimate = joint_covariance(problem, best, free, parameters);
  MatrixXd const joint = widened(at_estimate, place, all + static_cast<Index>(cells.regions));
  for (Index i = 0; i < problem.terms(); ++i) {
    fit.fixed.coefficients[static_cast<std::size_t>(place[static_cast<std::size_t>(i)])] = best.at[i];
  }
  fit.fixed.covariance = as_square(joint.topLeftCorner(all, all));
  fit.fixed.log_likelihood = best.laplace.log_likelihood;
  fit.fixed.deviance = deviance_of(reduced, best.laplace.expected);
  fit.fixed.iterations = best.iterations;
  fit.fixed.converged = best.converged;
  fit.effect = as_values(best.laplace.mode);
  VectorXd const variance = best.laplace.posterior.diagonal_values().cwiseMax(0);
  fit.effect_se = as_values(variance.cwiseSqrt());
  fit.borrowed = as_values((1 - variance.array() * best.laplace.weight.array()).cwiseMax(0));
  fit.covariance = prior.kind == SdPrior::Kind::none
                       ? as_square(joint)
                       : as_square(widened(loosely_known(problem, best, free, parameters), place, joint.rows()));
  describe_sds(problem, best, free, parameters, fit);
  return fit;
}

}  // namespace utvei
