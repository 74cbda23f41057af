// SPDX-License-Identifier: Apache-2.0
// Shares of categories that vary between regions: the Dirichlet-multinomial distribution (Mosimann 1962, Biometrika 49:
// 65-82), by marginal maximum likelihood. Given the concentration the mean is found by Minka's fixed point (2000,
// Estimating a Dirichlet distribution), each step of which raises the likelihood; over the concentration the profile
// likelihood is searched on a grid and by bisection of its slope.
#include <utvei/core/contract.hpp>
#include <utvei/estimation/limits.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/beta.hpp>

namespace utvei {
namespace {

constexpr int lowest = -3;   // log concentration: shares of a region are all but 0 or 1
constexpr int highest = 14;  // an sd of shares below 0.0005

/// Regions with more than k, by k.
std::vector<double> more_than(std::vector<std::int64_t> const& counts) {
  std::vector<double> more(static_cast<std::size_t>(*std::ranges::max_element(counts)));
  for (std::int64_t const count : counts) more[0] += count > 0 ? 1 : 0;
  for (std::size_t k = 1; k < more.size(); ++k) {
    more[k] = static_cast<double>(
        std::ranges::count_if(counts, [k](std::int64_t count) { return count > static_cast<std::int64_t>(k); }));
  }
  return more;
}

/// The likelihood is a product over whole numbers below the counts, Γ(a + n) / Γ(a) = a (a + 1) … (a + n - 1), which is
/// exact for large a; over regions the terms of one number are the same.
class Likelihood {
 public:
  explicit Likelihood(std::vector<std::vector<std::int64_t>> const& counts) {
    std::vector<std::int64_t> column(counts.size());
    std::vector<std::int64_t> all(counts.size());
    for (std::size_t k = 0; k < counts.front().size(); ++k) {
      for (std::size_t r = 0; r < counts.size(); ++r) {
        column[r] = counts[r][k];
        all[r] += counts[r][k];
      }
      of_category_.push_back(more_than(column));
      total_.push_back(static_cast<double>(std::accumulate(column.begin(), column.end(), std::int64_t{0})));
    }
    of_all_ = more_than(all);
    double const sum = std::accumulate(total_.begin(), total_.end(), 0.0);
    for (double& total : total_) total /= sum;
  }

  /// Of all regions together: the mean if they are alike.
  [[nodiscard]] std::vector<double> const& common() const { return total_; }

  [[nodiscard]] double log_value(double concentration, std::vector<double> const& mean) const {
    double sum = 0;
    for (std::size_t k = 0; k < mean.size(); ++k) {
      double const alpha = concentration * mean[k];
      for (std::size_t j = 0; j < of_category_[k].size(); ++j)
        sum += of_category_[k][j] * (std::log(mean[k]) + std::log1p(static_cast<double>(j) / alpha));
    }
    for (std::size_t j = 0; j < of_all_.size(); ++j)
      sum -= of_all_[j] * std::log1p(static_cast<double>(j) / concentration);
    return sum;
  }

  [[nodiscard]] double log_value_if_alike() const {
    double sum = 0;
    for (std::size_t k = 0; k < total_.size(); ++k)
      sum += std::accumulate(of_category_[k].begin(), of_category_[k].end(), 0.0) * std::log(total_[k]);
    return sum;
  }

  /// By log concentration; the slope of the profile where the mean is the best for it.
  [[nodiscard]] double slope(double concentration, std::vector<double> const& mean) const {
    double sum = 0;
    for (std::size_t j = 0; j < of_all_.size(); ++j)
      sum += of_all_[j] * static_cast<double>(j) / (concentration + static_cast<double>(j));
    for (std::size_t k = 0; k < mean.size(); ++k) {
      double const alpha = concentration * mean[k];
      for (std::size_t j = 0; j < of_category_[k].size(); ++j)
        sum -= of_category_[k][j] * static_cast<double>(j) / (alpha + static_cast<double>(j));
    }
    return sum;
  }

  /// Improves the mean until it is the best for the concentration; false if that takes too long.
  [[nodiscard]] bool improve(double concentration, std::vector<double>& mean) const {
    std::vector<double> next(mean.size());
    for (int i = 0; i < 10'000; ++i) {
      for (std::size_t k = 0; k < mean.size(); ++k) {
        next[k] = 0;
        for (std::size_t j = 0; j < of_category_[k].size(); ++j)
          next[k] += of_category_[k][j] * mean[k] / (concentration * mean[k] + static_cast<double>(j));
      }
      double const sum = std::accumulate(next.begin(), next.end(), 0.0);
      double moved = 0;
      for (std::size_t k = 0; k < mean.size(); ++k) {
        next[k] /= sum;
        moved = std::max(moved, std::abs(std::log(next[k] / mean[k])));
      }
      std::swap(mean, next);
      if (moved < 1e-12) return true;
    }
    return false;
  }

 private:
  std::vector<std::vector<double>> of_category_;
  std::vector<double> of_all_;
  std::vector<double> total_;  ///< share of each category
};

/// A point of the profile.
struct Point {
  double log_concentration{0};
  std::vector<double> mean;
  bool converged{true};
  double slope{0};
};

Point point_at(Likelihood const& likelihood, double log_concentration, std::vector<double> mean) {
  Point point{log_concentration, std::move(mean), true, 0};
  double const concentration = std::exp(log_concentration);
  point.converged = likelihood.improve(concentration, point.mean);
  point.slope = likelihood.slope(concentration, point.mean);
  return point;
}

Point maximum_between(Likelihood const& likelihood, Point low, Point high) {
  while (high.log_concentration - low.log_concentration > 1e-10) {
    Point middle = point_at(likelihood, (low.log_concentration + high.log_concentration) / 2, low.mean);
    (middle.slope > 0 ? low : high) = std::move(middle);
  }
  return low;
}

}  // namespace

DirichletMultinomial fit_dirichlet_multinomial(std::vector<std::vector<std::int64_t>> const& counts) {
  UTVEI_EXPECT(!counts.empty() && !counts.front().empty());
  Likelihood const likelihood{counts};
  UTVEI_EXPECT(std::ranges::all_of(likelihood.common(), [](double share) { return share > 0; }));
  DirichletMultinomial fit{std::numeric_limits<double>::infinity(), likelihood.common(),
                           likelihood.log_value_if_alike(), true, DirichletMultinomial::End::alike};
  if (likelihood.common().size() == 1) return fit;
  auto const consider = [&](Point const& point, DirichletMultinomial::End end) {
    double const concentration = std::exp(point.log_concentration);
    double const value = likelihood.log_value(concentration, point.mean);
    if (value > fit.log_likelihood) fit = {concentration, point.mean, value, point.converged, end};
  };
  Point before = point_at(likelihood, lowest, likelihood.common());
  if (before.slope <= 0) consider(before, DirichletMultinomial::End::apart);
  for (int at = lowest + 1; at <= highest; ++at) {
    Point here = point_at(likelihood, at, before.mean);
    if (before.slope > 0 && here.slope <= 0)
      consider(maximum_between(likelihood, before, here), DirichletMultinomial::End::none);
    before = std::move(here);
  }
  return fit;
}

double log_likelihood_of_shares(std::vector<std::vector<std::int64_t>> const& counts,
                                std::vector<double> const& alpha) {
  double const concentration = std::accumulate(alpha.begin(), alpha.end(), 0.0);
  std::vector<double> mean = alpha;
  for (double& share : mean) share /= concentration;
  return Likelihood{counts}.log_value(concentration, mean);
}

ShareInterval beta_95(double a, double b) {
  UTVEI_EXPECT(a >= 0 && b >= 0 && a + b > 0);
  if (a <= 0) return {0, 0};
  if (b <= 0) return {1, 1};
  constexpr double tail = 0.025;
  using boost::math::beta_distribution;
  beta_distribution<double> const distribution{a, b};
  return {quantile(distribution, tail), quantile(complement(distribution, tail))};
}

}  // namespace utvei
