// SPDX-License-Identifier: Apache-2.0
// Discrete frailty with two points of support (Heckman & Singer 1984, Econometrica 52: 271-320); the mover-stayer model
// (Blumen, Kogan & McCarthy 1955) is its end. Given the class, the events of a person are Poisson with the time at
// risk: the log-likelihood of class k is D log m_k - m_k M, with D events, M expected and m_k the multiplier. EM
// (Dempster, Laird & Rubin 1977) leads near the maximum, BFGS to it.
#include "minimise.hpp"
#include "sum.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/estimation/frailty.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>

namespace utvei {
namespace {

/// Gains of the log-likelihood below this are none.
constexpr double least_gain = 1e-5;
/// A maximum is found where no more than this is to be gained.
constexpr double most_to_gain = 1e-6;
/// A second class slower than this is taken for one that does not move.
constexpr double all_but_still = -7;

double logistic(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// What the two classes say of one person.
struct Classes {
  double log_likelihood;
  double second;  ///< probability of the second class
};
Classes classes_of(double events, double expected, double logit_share, double log_ratio, double log_level) {
  double const level = std::exp(log_level);
  double const log_share = -std::log1p(std::exp(-logit_share));
  double const log_rest = -std::log1p(std::exp(logit_share));
  double const first = log_rest + events * log_level - level * expected;
  double const second = log_share + events * (log_level + log_ratio) - level * std::exp(log_ratio) * expected;
  double const most = std::max(first, second);
  double const value = most + std::log(std::exp(first - most) + std::exp(second - most));
  return {value, std::exp(second - value)};
}

/// A step of EM on the scale of the parameters.
Eigen::Vector3d em_step(PersonRisks const& risks, Eigen::Vector3d const& at) {
  std::array<double, 2> people{0, 0};
  std::array<double, 2> events{0, 0};
  std::array<double, 2> expected{0, 0};
  for (std::size_t i = 0; i < risks.events.size(); ++i) {
    double const w = classes_of(risks.events[i], risks.expected[i], at[0], at[1], at[2]).second;
    for (std::size_t k = 0; k < 2; ++k) {
      double const part = k == 1 ? w : 1 - w;
      people[k] += part;
      events[k] += part * risks.events[i];
      expected[k] += part * risks.expected[i];
    }
  }
  auto const log_of = [](double x) { return std::log(std::max(x, 1e-300)); };
  double const first = std::clamp(log_of(events[0]) - log_of(expected[0]), -20.0, 20.0);
  double const second = std::clamp(log_of(events[1]) - log_of(expected[1]), first + lowest_log_ratio, first + 20);
  return {std::clamp(log_of(people[1]) - log_of(people[0]), -12.0, 12.0), second - first, first};
}

/// With the log ratio fixed, if it is.
Objective objective_of(PersonRisks const& risks, std::optional<double> log_ratio) {
  return [&risks, log_ratio](Eigen::VectorXd const& at) {
    double const level = log_ratio ? at[1] : at[2];
    auto const found = frailty_likelihood(risks, at[0], log_ratio.value_or(at[1]), level);
    Eigen::VectorXd gradient(at.size());
    gradient[0] = -found.by_logit_share;
    gradient[at.size() - 1] = -found.by_log_level;
    if (!log_ratio) gradient[1] = -found.by_log_ratio;
    return Evaluation{-found.value, gradient};
  };
}

Minimum best_of_starts(PersonRisks const& risks) {
  Minimum best;
  for (auto const& [share, ratio] : {std::pair{0.5, -1.0}, std::pair{0.2, -2.5}, std::pair{0.8, -1.5}}) {
    Eigen::Vector3d at{std::log(share / (1 - share)), ratio, 0};
    for (int i = 0; i < 30; ++i) at = em_step(risks, at);
    Minimum const found = minimise(objective_of(risks, std::nullopt), at);
    if (best.at.size() == 0 || found.evaluation.value < best.evaluation.value) best = found;
  }
  return best;
}

/// Standard errors from the inverse of the observed information; none where it is not positive. What a step of Newton's
/// method would still gain tells whether the maximum is found.
void add_errors(Objective const& objective, Eigen::VectorXd const& at, FrailtyFit& fit) {
  Eigen::LLT<Eigen::MatrixXd> const information{hessian(objective, at)};
  fit.converged = information.info() == Eigen::Success;
  if (!fit.converged) return;
  Eigen::VectorXd const gradient = objective(at).gradient;
  fit.converged = gradient.dot(information.solve(gradient)) < most_to_gain;
  Eigen::MatrixXd const covariance = information.solve(Eigen::MatrixXd::Identity(at.size(), at.size()));
  auto const last = at.size() - 1;
  fit.share_se = fit.share * (1 - fit.share) * std::sqrt(covariance(0, 0));
  fit.level_se = fit.level * std::sqrt(covariance(last, last));
  if (last == 2) fit.log_ratio_se = std::sqrt(covariance(1, 1));
}

/// The second class is the slower one.
Eigen::VectorXd in_order(Eigen::VectorXd const& at) {
  if (at[1] <= 0) return at;
  return Eigen::Vector3d{-at[0], -at[1], at[2] + at[1]};
}

}  // namespace

FrailtyLikelihood frailty_likelihood(PersonRisks const& risks, double logit_share, double log_ratio, double log_level) {
  FrailtyLikelihood sum;
  double const share = logistic(logit_share);
  double const level = std::exp(log_level);
  double const slower = level * std::exp(log_ratio);
  for (std::size_t i = 0; i < risks.events.size(); ++i) {
    double const events = risks.events[i];
    double const expected = risks.expected[i];
    auto const [value, second] = classes_of(events, expected, logit_share, log_ratio, log_level);
    sum.value += value + expected;
    sum.by_logit_share += second - share;
    sum.by_log_ratio += second * (events - slower * expected);
    sum.by_log_level += events - (level * (1 - second) + slower * second) * expected;
  }
  return sum;
}

FrailtyFit fit_frailty(PersonRisks const& risks) {
  UTVEI_EXPECT(!risks.events.empty() && risks.events.size() == risks.expected.size());
  double const events = sum_of(risks.events);
  double const expected = sum_of(risks.expected);
  FrailtyFit fit;
  fit.persons = risks.events.size();
  fit.end = FrailtyFit::End::alike;
  fit.converged = true;
  if (events <= 0 || expected <= 0) return fit;
  fit.level = events / expected;
  fit.log_likelihood_of_one_class = events * std::log(fit.level) - events + expected;
  fit.log_likelihood = fit.log_likelihood_of_one_class;

  Minimum found = best_of_starts(risks);
  fit.iterations = found.iterations;
  if (-found.evaluation.value < fit.log_likelihood_of_one_class + least_gain) return fit;
  found.at = in_order(found.at);
  bool const is_still = found.at[1] < all_but_still;
  auto const objective = objective_of(risks, is_still ? std::optional{lowest_log_ratio} : std::nullopt);
  if (is_still) found = minimise(objective, Eigen::Vector2d{found.at[0], found.at[2]});
  fit.end = is_still ? FrailtyFit::End::mover_stayer : FrailtyFit::End::none;
  fit.log_ratio = is_still ? lowest_log_ratio : found.at[1];
  fit.share = logistic(found.at[0]);
  fit.level = std::exp(found.at[found.at.size() - 1]);
  fit.log_likelihood = -objective(found.at).value;
  add_errors(objective, found.at, fit);
  return fit;
}

double second_class(FrailtyFit const& fit, double events, double expected) {
  if (fit.end == FrailtyFit::End::alike) return 0;
  return classes_of(events, expected, std::log(fit.share / (1 - fit.share)), fit.log_ratio, std::log(fit.level)).second;
}

}  // namespace utvei
