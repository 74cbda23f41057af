// SPDX-License-Identifier: Apache-2.0
#include "fisher.hpp"

#include <utvei/analysis/power.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/normal.hpp>

namespace utvei {
namespace {

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

/// The two-sided p-value of each table of one total, by the probabilities of them all.
std::vector<double> two_sided(std::vector<double> const& probabilities) {
  // Tables that differ by rounding alone are equally likely; the limit is that of R.
  constexpr double tolerance = 1 + 1e-7;
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return probabilities[i]; });
  std::vector<double> sums(order.size());
  double sum = 0;
  for (std::size_t i = 0; i < order.size(); ++i) sums[i] = sum += probabilities[order[i]];
  std::vector<double> p_values(order.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    double const limit = probabilities[order[i]] * tolerance;
    last = std::max(last, i);
    while (last + 1 < order.size() && probabilities[order[last + 1]] <= limit) ++last;
    p_values[order[i]] = std::min(1.0, sums[last]);
  }
  return p_values;
}

}  // namespace

namespace {

/// Probabilities of the tables of one total of events, from the least possible number among the treated on.
std::vector<double> tables_of(std::uint32_t treated, std::uint32_t controls, std::uint32_t total) {
  std::uint32_t const least = total > controls ? total - controls : 0;
  std::uint32_t const most = std::min(total, treated);
  double const all = log_choose(static_cast<double>(treated) + controls, total);
  std::vector<double> probabilities;
  for (std::uint32_t x = least; x <= most; ++x)
    probabilities.push_back(std::exp(log_choose(treated, x) + log_choose(controls, total - x) - all));
  return probabilities;
}

}  // namespace

FisherTest::FisherTest(std::uint32_t treated, std::uint32_t controls) : controls_{controls} {
  for (std::uint32_t total = 0; total <= treated + controls; ++total) {
    first_.push_back(p_values_.size());
    std::vector<double> const p_values = two_sided(tables_of(treated, controls, total));
    p_values_.insert(p_values_.end(), p_values.begin(), p_values.end());
  }
}

double FisherTest::p_value_of(std::uint32_t all_treated, std::uint32_t all_controls, std::uint32_t treated,
                              std::uint32_t controls) {
  std::uint32_t const total = treated + controls;
  std::uint32_t const least = total > all_controls ? total - all_controls : 0;
  return two_sided(tables_of(all_treated, all_controls, total))[treated - least];
}

double FisherTest::p_value(std::uint32_t treated, std::uint32_t controls) const {
  std::uint32_t const total = treated + controls;
  std::uint32_t const least = total > controls_ ? total - controls_ : 0;
  return p_values_[first_[total] + treated - least];
}

std::vector<double> binomial(std::uint32_t n, double p) {
  std::vector<double> probabilities(n + 1, 0);
  if (p <= 0 || p >= 1) {
    probabilities[p <= 0 ? 0 : n] = 1;
    return probabilities;
  }
  for (std::uint32_t k = 0; k <= n; ++k)
    probabilities[k] = std::exp(log_choose(n, k) + k * std::log(p) + (n - k) * std::log1p(-p));
  return probabilities;
}

double power_of_fisher(std::uint32_t treated, std::uint32_t controls, double p_treated, double p_control,
                       double significance) {
  if (treated == 0 || controls == 0) return 0;
  FisherTest const test{treated, controls};
  std::vector<double> const of_treated = binomial(treated, p_treated);
  std::vector<double> const of_controls = binomial(controls, p_control);
  double power = 0;
  for (std::uint32_t x = 0; x <= treated; ++x)
    for (std::uint32_t y = 0; y <= controls; ++y)
      if (test.p_value(x, y) <= significance) power += of_treated[x] * of_controls[y];
  return power;
}

double events_needed(double hazard_ratio, double share_treated, double significance, double power) {
  boost::math::normal const standard;
  double const z = boost::math::quantile(standard, 1 - significance / 2) + boost::math::quantile(standard, power);
  double const log = std::log(hazard_ratio);
  return z * z / (share_treated * (1 - share_treated) * log * log);
}

}  // namespace utvei
