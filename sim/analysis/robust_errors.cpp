// SPDX-License-Identifier: Apache-2.0
// With A = X'V⁻¹X, H = X A⁻¹ X' V⁻¹ of a group and r its residuals, the covariance of the effects is
// A⁻¹ Σ X'V⁻¹ (I - H)⁻¹ r r' (I - H)⁻ᵀ V⁻¹ X A⁻¹ (Mancl & DeRouen 2001, Biometrics 57:126-134).
#include "mixed_model.hpp"

#include <Eigen/Cholesky>
#include <Eigen/SVD>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Σ r r' over the groups.
MatrixXd squared_residuals(GroupsAlike const& groups, VectorXd const& fitted) {
  VectorXd const sums = VectorXd::Map(groups.sums.data(), fitted.size());
  MatrixXd const cross = MatrixXd::Map(groups.cross.data(), fitted.size(), fitted.size());
  return cross + groups.groups * fitted * fitted.transpose() - sums * fitted.transpose() - fitted * sums.transpose();
}

/// Of I - H, whose eigenvalues are in [0, 1]. Where one is 0 the group alone decides an effect: what is left of it is
/// left as it is.
MatrixXd inverse_of_rest(MatrixXd const& rest) {
  constexpr double nothing = 1e-9;
  Eigen::JacobiSVD<MatrixXd> const parts{rest, Eigen::ComputeFullU | Eigen::ComputeFullV};
  VectorXd const sizes = parts.singularValues().unaryExpr([](double size) { return size < nothing ? 1 : size; });
  return parts.matrixV() * sizes.cwiseInverse().asDiagonal() * parts.matrixU().transpose();
}

}  // namespace

std::vector<double> MixedModel::robust_covariance(MixedModelFit const& fit) const {
  MatrixXd const bread = MatrixXd::Map(fit.covariance.data(), effects_, effects_) / fit.residual_variance;
  VectorXd const effects = VectorXd::Map(fit.effects.data(), effects_);
  MatrixXd meat = MatrixXd::Zero(effects_, effects_);
  for (GroupsAlike const& groups : added_) {
    auto const size = static_cast<Index>(groups.weights.size());
    MatrixXd const x = MatrixXd::Map(groups.rows.data(), effects_, size).transpose();
    MatrixXd v = MatrixXd::Constant(size, size, fit.intercept_variance / fit.residual_variance);
    v.diagonal() += VectorXd::Map(groups.weights.data(), size).cwiseInverse();
    MatrixXd const weighted = v.llt().solve(x);
    MatrixXd const rest = MatrixXd::Identity(size, size) - x * bread * weighted.transpose();
    MatrixXd const corrected = inverse_of_rest(rest).transpose() * weighted;
    meat += corrected.transpose() * squared_residuals(groups, x * effects) * corrected;
  }
  MatrixXd const covariance = bread * meat * bread;
  return {covariance.data(), covariance.data() + covariance.size()};
}

}  // namespace utvei
