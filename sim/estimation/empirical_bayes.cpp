// SPDX-License-Identifier: Apache-2.0
// Gamma-Poisson empirical Bayes of relative intensities (Clayton & Kaldor 1987, Biometrics 43: 671-681), by maximum
// likelihood and by Marshall's moments (1991, Appl. Statist. 40: 283-294).
#include <utvei/core/contract.hpp>
#include <utvei/estimation/empirical_bayes.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace utvei {
namespace {

double sum_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// With shape s and mean m the counts are negative binomial; the slope by log s and log m.
struct NegativeBinomial {
  double value{0};
  double by_log_shape{0};
  double by_log_mean{0};
};

/// log Γ(s + y) − log Γ(s) and its derivative, as sums over the whole numbers below y: exact for large s.
NegativeBinomial log_likelihood_at(std::vector<double> const& events, std::vector<double> const& expected, double shape,
                                   double mean) {
  NegativeBinomial sum;
  for (std::size_t r = 0; r < events.size(); ++r) {
    double const y = events[r];
    double const mu = expected[r] * mean;
    double rising = 0;
    double slope = 0;
    for (double k = 0; k < y; ++k) {
      rising += std::log1p(k / shape);
      slope += 1 / (shape + k);
    }
    double const spread = std::log1p(mu / shape);
    sum.value += rising + (y > 0 ? y * std::log(mu) : 0) - (y + shape) * spread - std::lgamma(y + 1);
    sum.by_log_shape += shape * (slope - spread + (mu - y) / (shape + mu));
    sum.by_log_mean += y - mu * (y + shape) / (mu + shape);
  }
  return sum;
}

/// The mean that maximises the likelihood given the shape: its score falls in log mean.
double mean_given(std::vector<double> const& events, std::vector<double> const& expected, double shape) {
  double low = -30;
  double high = 30;
  double const crude = std::log(sum_of(events) / sum_of(expected));
  for (int i = 0; i < 200 && high - low > 1e-15; ++i) {
    double const middle = (low + high) / 2;
    (log_likelihood_at(events, expected, shape, std::exp(crude + middle)).by_log_mean > 0 ? low : high) = middle;
  }
  return std::exp(crude + (low + high) / 2);
}

double profile_slope(std::vector<double> const& events, std::vector<double> const& expected, double log_shape) {
  double const shape = std::exp(log_shape);
  return log_likelihood_at(events, expected, shape, mean_given(events, expected, shape)).by_log_shape;
}

}  // namespace

GammaPoisson fit_gamma_poisson(std::vector<double> const& events, std::vector<double> const& expected) {
  UTVEI_EXPECT(events.size() == expected.size() && sum_of(events) > 0 && sum_of(expected) > 0);
  constexpr double lowest = -10;  // log shape: ratios all but unbounded
  constexpr double highest = 14;  // log shape: an sd of ratios below 0.001
  GammaPoisson fit;
  double low = lowest;
  double high = highest;
  fit.at_zero = profile_slope(events, expected, high) >= 0;
  if (fit.at_zero) {
    fit.shape = fit.rate = std::numeric_limits<double>::infinity();
    fit.mean = sum_of(events) / sum_of(expected);
    fit.ratio.assign(events.size(), fit.mean);
    fit.log_likelihood = log_likelihood_at(events, expected, std::exp(highest), fit.mean).value;
    fit.converged = true;
    return fit;
  }
  while (high - low > 1e-13) {
    double const middle = (low + high) / 2;
    (profile_slope(events, expected, middle) > 0 ? low : high) = middle;
  }
  fit.converged = low > lowest;
  fit.shape = std::exp(low);
  fit.mean = mean_given(events, expected, fit.shape);
  fit.rate = fit.shape / fit.mean;
  fit.log_likelihood = log_likelihood_at(events, expected, fit.shape, fit.mean).value;
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
