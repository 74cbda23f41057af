// SPDX-License-Identifier: Apache-2.0
#include "residual_variance.hpp"

#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Of a symmetric matrix whose rows may have very different scales; what is determined by other rows gets 0.
MatrixXd generalised_inverse(MatrixXd const& matrix) {
  constexpr double rounding = 1e-11;
  VectorXd scale = matrix.diagonal();
  for (double& s : scale) s = s > 0 ? 1 / std::sqrt(s) : 0;
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver{scale.asDiagonal() * matrix * scale.asDiagonal()};
  VectorXd values = solver.eigenvalues();
  for (double& value : values) value = value > rounding * static_cast<double>(values.size()) ? 1 / value : 0;
  MatrixXd const inverse = solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
  return scale.asDiagonal() * inverse * scale.asDiagonal();
}

}  // namespace

ResidualVariance::ResidualVariance(std::vector<RateCell const*> const& cells, std::size_t effects,
                                   MatrixXd const& covariance)
    : fixed_{static_cast<Index>(effects) - covariance.rows()}, regions_{covariance.rows()} {
  MatrixXd products = MatrixXd::Zero(fixed_, fixed_);
  cross_ = MatrixXd::Zero(fixed_, regions_);
  VectorXd sums = VectorXd::Zero(regions_);
  for (RateCell const* cell : cells) {
    double const mean = cell->rate * cell->person_years;
    for (std::uint32_t const i : cell->effects.places) {
      if (i >= fixed_) {
        sums[i - fixed_] += mean;
        continue;
      }
      for (std::uint32_t const j : cell->effects.places) {
        if (j < fixed_) {
          products(i, j) += mean;
        } else {
          cross_(i, j - fixed_) += mean;
        }
      }
    }
  }
  VectorXd const root = sums.cwiseSqrt();
  MatrixXd const b = MatrixXd::Identity(regions_, regions_) + root.asDiagonal() * covariance * root.asDiagonal();
  MatrixXd const half = root.asDiagonal() * covariance;
  between_ = regions_ > 0 ? MatrixXd{covariance - half.transpose() * b.llt().solve(half)} : covariance;
  inverse_ = generalised_inverse(products - cross_ * between_ * cross_.transpose());
}

MatrixXd ResidualVariance::covariance(std::vector<GroupWeights> const& groups) const {
  auto const count = static_cast<Index>(groups.size());
  MatrixXd of_regions(regions_, count);
  MatrixXd of_fixed(fixed_, count);
  VectorXd totals(count);
  for (Index g = 0; g < count; ++g) {
    GroupWeights const& group = groups[static_cast<std::size_t>(g)];
    totals[g] = group.total;
    of_fixed.col(g) = group.by_effect.head(fixed_);
    of_regions.col(g) = group.by_effect.tail(regions_);
  }
  MatrixXd const shrunk = between_ * of_regions;
  MatrixXd const seen = of_fixed - cross_ * shrunk;
  MatrixXd result = -of_regions.transpose() * shrunk - seen.transpose() * inverse_ * seen;
  result.diagonal() += totals;
  return result;
}

ResidualTest residual_test(VectorXd const& residuals, MatrixXd const& covariance, double scale) {
  ResidualTest test;
  if (scale <= 0) return test;
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver{covariance};
  VectorXd const along = solver.eigenvectors().transpose() * residuals;
  for (Index i = 0; i < along.size(); ++i) {
    double const variance = solver.eigenvalues()[i];
    if (variance <= no_variance * scale) continue;
    test.chi_square += along[i] * along[i] / variance;
    ++test.degrees_of_freedom;
  }
  return test;
}

}  // namespace utvei
