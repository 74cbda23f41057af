// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/poisson_regression.hpp>

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// A symmetric matrix over regions, in the form that it has.
struct RegionMatrix {
  enum class Form {
    diagonal,  ///< diag(variances)
    counties,  ///< diag(variances), and in each county of_county × direction direction'
    dense,     ///< full
  };
  Form form{Form::diagonal};
  Eigen::VectorXd variances;
  Eigen::MatrixXd full{};
  Eigen::VectorXd direction{};                        ///< by region
  Eigen::VectorXd of_county{};                        ///< by county
  std::vector<std::uint32_t> const* county{nullptr};  ///< of each region; of the effects, which outlive the matrix
  [[nodiscard]] Eigen::VectorXd times(Eigen::VectorXd const& vector) const;
  [[nodiscard]] Eigen::MatrixXd times(Eigen::MatrixXd const& matrix) const;
  [[nodiscard]] Eigen::VectorXd diagonal_values() const;
  /// Sums over the regions of each county.
  [[nodiscard]] Eigen::VectorXd by_county(Eigen::VectorXd const& values) const;
  void add_to(Eigen::Ref<Eigen::MatrixXd> sum) const;
};
/// tr(A B). Those that have counties have the same.
double trace_of_product(RegionMatrix const& a, RegionMatrix const& b);

/// Number of standard deviations, and of all parameters: log sds, and of bym2 the logit of the mixing.
std::size_t number_of_sds(RegionEffects const& effects);
std::size_t number_of_parameters(RegionEffects const& effects);

/// Covariance of the region effects and its derivative by each parameter. A log sd of −∞ is an sd of 0.
struct EffectCovariance {
  RegionMatrix covariance;
  std::vector<RegionMatrix> derivatives;
};
EffectCovariance covariance_of(RegionEffects const& effects, std::size_t regions, Eigen::VectorXd const& parameters);

double mixing_of(double logit);

}  // namespace utvei
