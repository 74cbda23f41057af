// SPDX-License-Identifier: Apache-2.0
// Funnel limits of counts in regions about what was expected of them, and p-values of many regions at once.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace utvei {

/// What is held to be ordinary where counts vary more than chance makes them vary.
enum class Overdispersion {
  none,            ///< chance alone: every region's mean is what was expected
  multiplicative,  ///< chance times a factor
  additive,        ///< means of regions differ too, with a variance of their ratios
};
std::string_view name_of(Overdispersion overdispersion);
std::optional<Overdispersion> overdispersion_of(std::string_view name);

/// Counts with this mean: Poisson, or, where ratios have a variance, negative binomial. Scores are those of the mid-P
/// probability, P(X < x) + P(X = x) / 2, linear between whole numbers; so a limit is where the p-value says it is.
class CountDistribution {
 public:
  explicit CountDistribution(double mean, double ratio_variance = 0) : mean_{mean}, ratio_variance_{ratio_variance} {}
  /// The standard normal quantile of the mid-P probability of x.
  [[nodiscard]] double normal_score(double x) const;
  /// The x of that score; 0 where even nobody has a higher one.
  [[nodiscard]] double at_score(double score) const;

 private:
  [[nodiscard]] double score_of_whole(double whole) const;
  double mean_;
  double ratio_variance_;
};

struct Funnel {
  Overdispersion overdispersion{Overdispersion::none};
  double dispersion{1};        ///< factor of the variance; under `multiplicative`, 1 or more
  double ratio_variance{0};    ///< of the regions' true ratios; under `additive`
  std::vector<double> chance;  ///< by region: normal score of the count, if chance alone made it differ
  std::vector<double> score;   ///< by region: the same, if what is ordinary made it differ
};
/// Spiegelhalter 2005 (Stat. Med. 24: 1185-1202): the mean square of the scores, with the outer tenths on both sides
/// drawn in (Winsorised), gives the factor; the variance of ratios is that at which it is 1 (Paule & Mandel 1982).
/// `expected` is above 0 and sums to `observed`.
Funnel fit_funnel(std::vector<double> const& observed, std::vector<double> const& expected,
                  Overdispersion overdispersion);

/// Limits of observed over expected: `score` is 1.96 for 95 %, 3.09 for 99.8 %.
struct RatioLimits {
  double low{0};
  double high{0};
};
RatioLimits funnel_limits(Funnel const& funnel, double expected, double score);

/// P(|Z| ≥ |score|).
double two_sided_p(double score);

enum class Correction { none, benjamini_hochberg, bonferroni };
std::string_view name_of(Correction correction);
std::optional<Correction> correction_of(std::string_view name);
/// Those of p-values that are below a level mark regions with no more than that share of false ones (Benjamini &
/// Hochberg 1995), or with no more than that probability of any false one (Bonferroni).
std::vector<double> corrected_p(std::vector<double> const& p, Correction correction);

}  // namespace utvei
