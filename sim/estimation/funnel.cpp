// SPDX-License-Identifier: Apache-2.0
// Spiegelhalter 2005. Funnel plots for comparing institutional performance. Stat. Med. 24: 1185-1202.
#include <utvei/core/contract.hpp>
#include <utvei/core/quantile.hpp>
#include <utvei/estimation/funnel.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>

namespace utvei {
namespace {

constexpr std::array overdispersion_names{std::pair{Overdispersion::none, "none"},
                                          std::pair{Overdispersion::multiplicative, "multiplicative"},
                                          std::pair{Overdispersion::additive, "additive"}};
constexpr std::array correction_names{std::pair{Correction::none, "none"},
                                      std::pair{Correction::benjamini_hochberg, "benjamini-hochberg"},
                                      std::pair{Correction::bonferroni, "bonferroni"}};

/// Probabilities below this are taken as this: beyond it nothing more is to be told.
constexpr double least_probability = 1e-300;

/// By the tail that is the smaller, which keeps its digits.
double score_of_tails(double below, double above) {
  boost::math::normal const standard;
  if (below < above) return quantile(standard, std::max(below, least_probability));
  return quantile(complement(standard, std::max(above, least_probability)));
}

template <class Distribution>
double mid_score(Distribution const& counts, double whole) {
  double const half = pdf(counts, whole) / 2;
  return score_of_tails((whole > 0 ? cdf(counts, whole - 1) : 0) + half, cdf(complement(counts, whole)) + half);
}

/// The mean square of the scores with those beyond the outer tenths drawn in to them, over what that of normal scores
/// would be: regions that really stand out must not widen the limits that they are held against.
double winsorised_mean_square(std::vector<double> const& scores) {
  constexpr double tenth = 0.1;
  constexpr double of_normal_scores = 0.678653;  // E z², z drawn in to ±1.2816
  auto sorted = scores;
  std::ranges::sort(sorted);
  double const low = quantile_of_sorted(sorted, tenth);
  double const high = quantile_of_sorted(sorted, 1 - tenth);
  double sum = 0;
  for (double const score : scores) {
    double const drawn_in = std::clamp(score, low, high);
    sum += drawn_in * drawn_in;
  }
  return sum / static_cast<double>(scores.size()) / of_normal_scores;
}

std::vector<double> scores_of(std::vector<double> const& observed, std::vector<double> const& expected,
                              double ratio_variance) {
  std::vector<double> scores;
  for (std::size_t r = 0; r < observed.size(); ++r)
    scores.push_back(CountDistribution{expected[r], ratio_variance}.normal_score(observed[r]));
  return scores;
}

/// The variance at which the mean square of the scores is 1 (Paule & Mandel 1982); it falls in the variance. 0 if it is
/// no more than 1 by chance alone.
double variance_of_ratios(std::vector<double> const& observed, std::vector<double> const& expected) {
  constexpr double most = 100;
  constexpr int halvings = 40;
  auto const is_too_small = [&](double variance) {
    return winsorised_mean_square(scores_of(observed, expected, variance)) > 1;
  };
  if (!is_too_small(0)) return 0;
  double low = 0;
  double high = 0.01;
  while (high < most && is_too_small(high)) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < halvings; ++i) {
    double const middle = (low + high) / 2;
    (is_too_small(middle) ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::string_view name_of(Overdispersion overdispersion) {
  return std::ranges::find(overdispersion_names, overdispersion, [](auto const& each) { return each.first; })->second;
}

std::optional<Overdispersion> overdispersion_of(std::string_view name) {
  for (auto const& [value, known] : overdispersion_names)
    if (name == known) return value;
  return std::nullopt;
}

std::string_view name_of(Correction correction) {
  return std::ranges::find(correction_names, correction, [](auto const& each) { return each.first; })->second;
}

std::optional<Correction> correction_of(std::string_view name) {
  for (auto const& [value, known] : correction_names)
    if (name == known) return value;
  return std::nullopt;
}

double CountDistribution::score_of_whole(double whole) const {
  constexpr double all_but_none = 1e-9;
  if (ratio_variance_ < all_but_none) return mid_score(boost::math::poisson{mean_}, whole);
  double const shape = 1 / ratio_variance_;
  return mid_score(boost::math::negative_binomial{shape, shape / (shape + mean_)}, whole);
}

double CountDistribution::normal_score(double x) const {
  double const whole = std::floor(x);
  double const low = score_of_whole(whole);
  return x > whole ? std::lerp(low, score_of_whole(whole + 1), x - whole) : low;
}

double CountDistribution::at_score(double score) const {
  if (score_of_whole(0) >= score) return 0;
  double low = 0;
  double high = std::ceil(mean_) + 1;
  while (score_of_whole(high) < score) high *= 2;
  while (high - low > 1) {
    double const middle = std::floor((low + high) / 2);
    (score_of_whole(middle) < score ? low : high) = middle;
  }
  double const below = score_of_whole(low);
  return low + (score - below) / (score_of_whole(high) - below);
}

Funnel fit_funnel(std::vector<double> const& observed, std::vector<double> const& expected,
                  Overdispersion overdispersion) {
  UTVEI_EXPECT(observed.size() == expected.size() && !observed.empty());
  Funnel funnel;
  funnel.overdispersion = overdispersion;
  funnel.chance = scores_of(observed, expected, 0);
  if (overdispersion == Overdispersion::multiplicative)
    funnel.dispersion = std::max(1.0, winsorised_mean_square(funnel.chance));
  if (overdispersion == Overdispersion::additive) funnel.ratio_variance = variance_of_ratios(observed, expected);
  funnel.score = scores_of(observed, expected, funnel.ratio_variance);
  for (double& score : funnel.score) score /= std::sqrt(funnel.dispersion);
  return funnel;
}

RatioLimits funnel_limits(Funnel const& funnel, double expected, double score) {
  CountDistribution const counts{expected, funnel.ratio_variance};
  double const wide = score * std::sqrt(funnel.dispersion);
  return {counts.at_score(-wide) / expected, counts.at_score(wide) / expected};
}

double two_sided_p(double score) {
  return std::erfc(std::abs(score) / std::sqrt(2.0));
}

std::vector<double> corrected_p(std::vector<double> const& p, Correction correction) {
  auto corrected = p;
  auto const tests = static_cast<double>(p.size());
  if (correction == Correction::bonferroni)
    for (double& each : corrected) each = std::min(1.0, each * tests);
  if (correction != Correction::benjamini_hochberg) return corrected;
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  double least = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    double const rank = tests - static_cast<double>(i);
    least = std::min(least, p[order[i]] * tests / rank);
    corrected[order[i]] = least;
  }
  return corrected;
}

}  // namespace utvei
