// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace utvei {

/// Relative intensities of regions with a conjugate gamma prior: region r has events ~ Poisson(expected × ratio),
/// ratio ~ Gamma(shape, rate).
struct GammaPoisson {
  double shape{0};
  double rate{0};
  double log_likelihood{0};  ///< of the negative-binomial counts, with their factorials
  bool converged{false};
  bool at_zero{false};        ///< no variance between regions: shape and rate are infinite, all ratios are `mean`
  double mean{1};             ///< shape / rate
  std::vector<double> ratio;  ///< (events + shape) / (expected + rate)
};
/// Marginal maximum likelihood (Clayton & Kaldor 1987, section 2).
GammaPoisson fit_gamma_poisson(std::vector<double> const& events, std::vector<double> const& expected);

/// Moment estimator of mean and variance of the ratios, with the linear shrinkage it gives (Marshall 1991).
struct MarshallEstimate {
  double mean{0};
  double variance{0};
  std::vector<double> ratio;
};
MarshallEstimate fit_marshall(std::vector<double> const& events, std::vector<double> const& expected);

/// 2 Σ events log(events / expected) − (events − expected): how far Poisson means are from counts.
double poisson_deviance(std::vector<double> const& events, std::vector<double> const& expected);

}  // namespace utvei
