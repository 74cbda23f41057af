// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace utvei {

/// What a sample of a predictive distribution says of a count.
struct PredictiveScore {
  double mean{0};
  std::int64_t low_50{0}, high_50{0}, low_90{0}, high_90{0};
  double log_score{0};
  double crps{0};
};

/// Continuous ranked probability score of a sample: the fair estimator, unbiased for that of the distribution the
/// sample is from (Ferro 2014): mean |x − y| − Σ_i Σ_j |x_i − x_j| / 2n(n − 1). Of one value: |x − y|. `sample` rises.
double fair_crps(std::vector<std::int64_t> const& sample, std::int64_t observed);

/// Log density of the observed count under a normal distribution with the mean and the variance of the sample, the
/// variance not below `least_variance`: nobody is surer than one person.
double normal_log_score(std::vector<std::int64_t> const& sample, std::int64_t observed);
inline constexpr double least_variance = 1;

/// The interval between the k-th values from either end, k = ⌊(n + 1)(1 − level)/2⌋ but 1 at least: a further draw of
/// the distribution is in it with probability (n + 1 − 2k)/(n + 1), or more where counts are equal. `sample` rises.
struct SampleInterval {
  std::int64_t low, high;
};
SampleInterval sample_interval(std::vector<std::int64_t> const& sample, double level);

/// All of them. `sample`: in any order, not empty.
PredictiveScore score_prediction(std::vector<std::int64_t> sample, std::int64_t observed);

}  // namespace utvei
