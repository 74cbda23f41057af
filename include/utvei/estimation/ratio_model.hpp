// SPDX-License-Identifier: Apache-2.0
// Counts in regions against what was expected of them: how regions differ, and what is left of each one's ratio.
#pragma once

#include <utvei/estimation/poisson_regression.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// observed ~ Poisson(expected × exp(constant + z'γ + u)), u ~ N(0, sd_region² I + sd_county² (same county)).
struct RatioData {
  std::vector<double> observed;
  std::vector<double> expected;                 ///< above 0
  std::vector<std::vector<double>> covariates;  ///< by covariate, then region
  std::vector<std::uint32_t> county;            ///< by region; empty: there is one level
};

/// What a covariate of regions predicts: log ratio per unit of it.
struct CovariateEffect {
  double per_unit{0};
  double se{0};
};

struct RatioModel {
  /// By region: what the covariates predict, too; sums to what was observed. Without covariates as it was given.
  std::vector<double> expected;
  std::vector<double> log_ratio;  ///< by region: of what is left to `expected`, after shrinkage
  SquareMatrix covariance;        ///< of log_ratio
  std::vector<CovariateEffect> covariates;
  double sd_region{0};
  std::optional<double> sd_county;  ///< of two levels
  double typical{1};                ///< ratio that regions are shrunk towards: exp(constant)
  bool converged{false};

  [[nodiscard]] double variance() const {
    return sd_region * sd_region + sd_county.value_or(0) * sd_county.value_or(0);
  }
  [[nodiscard]] double log_se(std::size_t region) const;
  /// Share of the variance of a region's raw log ratio that is not chance: variance / (variance + 1 / expected).
  [[nodiscard]] double reliability(std::size_t region) const;
};
/// Laplace-approximated maximum likelihood; with a prior the errors hold what is not known of the sds. Needs an event.
RatioModel fit_ratio_model(RatioData const& data, SdPrior const& prior);

}  // namespace utvei
