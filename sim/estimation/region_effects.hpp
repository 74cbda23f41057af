// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/poisson_regression.hpp>

#include <vector>

#include <Eigen/Core>

namespace utvei {

/// A symmetric matrix over regions: its diagonal alone where it has nothing else.
struct RegionMatrix {
  bool diagonal{true};
  Eigen::VectorXd variances;
  Eigen::MatrixXd full;
  [[nodiscard]] Eigen::VectorXd times(Eigen::VectorXd const& vector) const;
  [[nodiscard]] Eigen::MatrixXd times(Eigen::MatrixXd const& matrix) const;
  [[nodiscard]] Eigen::VectorXd diagonal_values() const;
};

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
