// SPDX-License-Identifier: Apache-2.0
// Gamma-Poisson empirical Bayes of relative intensities (Clayton & Kaldor 1987, Biometrics 43: 671-681), by maximum
// likelihood and by Marshall's moments (1991, Appl. Statist. 40: 283-294).
#include "sum.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/estimation/empirical_bayes.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace utvei {
namespace {

/// With shape s and mean m the counts are negative binomial. They are looked at hundreds of times, so what does not
/// depend on s and m is made once.
class NegativeBinomial {
 public:
  NegativeBinomial(std::vector<double> const& events, std::vector<double> const& expected)
      : events_{events}, expected_{expected}, crude_{std::log(sum_of(events) / sum_of(expected))} {
    more_than_.resize(static_cast<std::size_t>(*std::max_element(events.begin(), events.end())));
    for (double const y : events)
      for (std::size_t k = 0; static_cast<double>(k) < y; ++k) ++more_than_[k];
  }

  [[nodiscard]] double log_likelihood(double shape, double mean) const {
    double sum = 0;
    for (std::size_t k = 0; k < more_than_.size(); ++k)
      sum += more_than_[k] * std::log1p(static_cast<double>(k) / shape);
    for (std::size_t r = 0; r < events_.size(); ++r) {
      double const y = events_[r];
      double const mu = expected_[r] * mean;
      sum += (y > 0 ? y * std::log(mu) : 0) - (y + shape) * std::log1p(mu / shape) - std::lgamma(y + 1);
    }
    return sum;
  }

  /// The mean that maximises the likelihood given the shape: its score falls in log mean.
  [[nodiscard]] double mean_given(double shape) const {
    double low = -30;
    double high = 30;
    for (int i = 0; i < 200 && high - low > 1e-15; ++i) {
      double const middle = (low + high) / 2;
      (score_of_log_mean(shape, std::exp(crude_ + middle)) > 0 ? low : high) = middle;
    }
    return std::exp(crude_ + (low + high) / 2);
  }

  /// By log shape, at the mean that is best for it.
  [[nodiscard]] double profile_slope(double log_shape) const {
    double const shape = std::exp(log_shape);
    double const mean = mean_given(shape);
    double sum = 0;
    for (std::size_t k = 0; k < more_than_.size(); ++k) sum += more_than_[k] / (shape + static_cast<double>(k));
    for (std::size_t r = 0; r < events_.size(); ++r) {
      double const mu = expected_[r] * mean;
      sum += (mu - events_[r]) / (shape + mu) - std::log1p(mu / shape);
    }
    return shape * sum;
  }

 private:
  [[nodiscard]] double score_of_log_mean(double shape, double mean) const {
    double sum = 0;
    for (std::size_t r = 0; r < events_.size(); ++r) {
      double const mu = expected_[r] * mean;
      sum += events_[r] - mu * (events_[r] + shape) / (mu + shape);
    }
    return sum;
  }

  std::vector<double> const& events_;
  std::vector<double> const& expected_;
  double crude_;  ///< log of the mean ratio
  /// By k: regions with more than k events. log Γ(s + y) − log Γ(s) is a sum over the whole numbers below y, which is
  /// exact for large s; over regions the terms of one k are the same.
  std::vector<double> more_than_;
};

}  // namespace

GammaPoisson fit_gamma_poisson(std::vector<double> const& events, std::vector<double> const& expected) {
  UTVEI_EXPECT(events.size() == expected.size() && sum_of(events) > 0 && sum_of(expected) > 0);
  constexpr double least_log_shape = -10;  // log shape: ratios all but unbounded
  constexpr double most_log_shape = 14;    // log shape: an sd of ratios below 0.001
  GammaPoisson fit;
  double low = least_log_shape;
  double high = most_log_shape;
  NegativeBinomial const counts{events, expected};
  fit.at_zero = counts.profile_slope(high) >= 0;
  if (fit.at_zero) {
    fit.shape = fit.rate = std::numeric_limits<double>::infinity();
    fit.mean = sum_of(events) / sum_of(expected);
    fit.ratio.assign(events.size(), fit.mean);
    fit.log_likelihood = counts.log_likelihood(std::exp(most_log_shape), fit.mean);
    fit.converged = true;
    return fit;
  }
  while (high - low > 1e-13) {
    double const middle = (low + high) / 2;
    (counts.profile_slope(middle) > 0 ? low : high) = middle;
  }
  fit.converged = low > least_log_shape;
  fit.shape = std::exp(low);
  fit.mean = counts.mean_given(fit.shape);
  fit.rate = fit.shape / fit.mean;
  fit.log_likelihood = counts.log_likelihood(fit.shape, fit.mean);
  for (std::size_t r = 0; r < events.size(); ++r) {
    fit.ratio.push_back((events[r] + fit.shape) / (expected[r] + fit.rate));
  }
  return fit;
}

MarshallEstimate fit_marshall(std::vector<double> const& events, std::vector<double> const& expected) {
  UTVEI_EXPECT(events.size() == expected.size() && sum_of(expected) > 0);
  double const all = sum_of(expected);
  MarshallEstimate estimate;
  estimate.mean = sum_of(events) / all;
  double spread = 0;
  for (std::size_t r = 0; r < events.size(); ++r) {
    if (expected[r] <= 0) continue;
    double const beyond = events[r] / expected[r] - estimate.mean;
    spread += expected[r] * beyond * beyond / all;
  }
  estimate.variance = std::max(0.0, spread - estimate.mean * static_cast<double>(events.size()) / all);
  for (std::size_t r = 0; r < events.size(); ++r) {
    double const noise = expected[r] > 0 ? estimate.mean / expected[r] : std::numeric_limits<double>::infinity();
    double const own = estimate.variance > 0 ? estimate.variance / (estimate.variance + noise) : 0;
    double const raw = expected[r] > 0 ? events[r] / expected[r] : estimate.mean;
    estimate.ratio.push_back(estimate.mean + own * (raw - estimate.mean));
  }
  return estimate;
}

double poisson_deviance(std::vector<double> const& events, std::vector<double> const& expected) {
  UTVEI_EXPECT(events.size() == expected.size());
  double sum = 0;
  for (std::size_t r = 0; r < events.size(); ++r) {
    sum += (events[r] > 0 ? events[r] * std::log(events[r] / expected[r]) : 0) - (events[r] - expected[r]);
  }
  return 2 * sum;
}

}  // namespace utvei
