// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// Sums over cells of a part of the data, with the expected events as weights: W g of a group g of cells, seen from
/// the parameters of the fit.
struct GroupWeights {
  double total{0};            ///< g'Wg
  Eigen::VectorXd by_effect;  ///< X'Wg, then A'Wg: by place among the effects of the model
};

/// Covariances of residuals, observed − expected events, of groups of cells under one fitted log-linear model. With
/// mean W, fixed effects X and region effects A v, v ~ N(0, K), the residuals of the fit are those of a mixed model
/// with V = W⁻¹ + A K A': their covariance is
///     P = V⁻¹ − V⁻¹X (X'V⁻¹X)⁻¹ X'V⁻¹,    V⁻¹ = W − W A M A'W,    M = K − K S^½ B⁻¹ S^½ K,
/// S = A'WA, B = I + S^½ K S^½ (Rasmussen & Williams 2006, algorithm 3.1; no inverse of K, which may be singular).
/// Without regions it is that of Rao's score test (McCullagh & Nelder 1989, section 12.7.3).
class ResidualVariance {
 public:
  /// `cells`: all of the model's, with person-years. `covariance`: K, without rows where regions do not borrow.
  ResidualVariance(std::vector<RateCell const*> const& cells, std::size_t effects, Eigen::MatrixXd const& covariance);

  /// Covariance matrix of the residuals of groups that share no cell.
  [[nodiscard]] Eigen::MatrixXd covariance(std::vector<GroupWeights> const& groups) const;

 private:
  Eigen::Index fixed_, regions_;
  Eigen::MatrixXd between_;  ///< M
  Eigen::MatrixXd cross_;    ///< X'WA
  Eigen::MatrixXd inverse_;  ///< generalised, of X'V⁻¹X
};

/// A test that residuals with this covariance are 0: the statistic and its degrees of freedom. What has no variance
/// next to `scale`, the largest expected number, is not tested.
struct ResidualTest {
  double chi_square{0};
  int degrees_of_freedom{0};
};
ResidualTest residual_test(Eigen::VectorXd const& residuals, Eigen::MatrixXd const& covariance, double scale);

/// A variance below this share of the expected number is rounding: the fit meets the events whatever they are.
inline constexpr double no_variance = 1e-8;

}  // namespace utvei
