// SPDX-License-Identifier: Apache-2.0
// With A = X'V⁻¹X, H = X A⁻¹ X' V⁻¹ of a group and r its residuals, the covariance of the effects is
// A⁻¹ Σ X'V⁻¹ (I - H)⁻¹ r r' (I - H)⁻ᵀ V⁻¹ X A⁻¹ (Mancl & DeRouen 2001, Biometrics 57:126-134).
#include "mixed_model.hpp"

#include <cmath>
#include <utility>

namespace utvei {
namespace {

/// Dense, and small.
struct SmallMatrix {
  std::size_t rows{0}, columns{0};
  std::vector<double> values;
  SmallMatrix(std::size_t of_rows, std::size_t of_columns)
      : rows{of_rows}, columns{of_columns}, values(of_rows * of_columns, 0) {}
  SmallMatrix(std::size_t of_rows, std::size_t of_columns, std::vector<double> of_values)
      : rows{of_rows}, columns{of_columns}, values(std::move(of_values)) {}
  double& operator()(std::size_t i, std::size_t j) { return values[i * columns + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values[i * columns + j]; }
};

SmallMatrix product(SmallMatrix const& a, SmallMatrix const& b) {
  SmallMatrix result{a.rows, b.columns};
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.columns; ++k)
      for (std::size_t j = 0; j < b.columns; ++j) result(i, j) += a(i, k) * b(k, j);
  return result;
}

SmallMatrix transposed(SmallMatrix const& a) {
  SmallMatrix result{a.columns, a.rows};
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) result(j, i) = a(i, j);
  return result;
}

/// a⁻¹ b by elimination; I - H has its eigenvalues in [0, 1], and where one is 0 the group alone decides an effect:
/// what is left of it is left as it is.
SmallMatrix solved(SmallMatrix a, SmallMatrix b) {
  constexpr double nothing = 1e-9;
  for (std::size_t k = 0; k < a.rows; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < a.rows; ++i)
      if (std::abs(a(i, k)) > std::abs(a(best, k))) best = i;
    for (std::size_t j = 0; j < a.columns && best != k; ++j) std::swap(a(k, j), a(best, j));
    for (std::size_t j = 0; j < b.columns && best != k; ++j) std::swap(b(k, j), b(best, j));
    if (std::abs(a(k, k)) < nothing) a(k, k) = 1;
    for (std::size_t i = 0; i < a.rows; ++i) {
      double const factor = i == k ? 0 : a(i, k) / a(k, k);
      if (factor == 0) continue;
      for (std::size_t j = k; j < a.columns; ++j) a(i, j) -= factor * a(k, j);
      for (std::size_t j = 0; j < b.columns; ++j) b(i, j) -= factor * b(k, j);
    }
  }
  for (std::size_t i = 0; i < b.rows; ++i)
    for (std::size_t j = 0; j < b.columns; ++j) b(i, j) /= a(i, i);
  return b;
}

/// σ² V⁻¹ of a group.
SmallMatrix inverse_covariance(std::vector<double> const& weights, double ratio) {
  double total = 0;
  for (double const weight : weights) total += weight;
  SmallMatrix inverse{weights.size(), weights.size()};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < weights.size(); ++j)
      inverse(i, j) = -ratio / (1 + ratio * total) * weights[i] * weights[j];
    inverse(i, i) += weights[i];
  }
  return inverse;
}

/// Σ r r' over the groups.
SmallMatrix squared_residuals(GroupsAlike const& groups, std::vector<double> const& fitted) {
  std::size_t const size = fitted.size();
  SmallMatrix squares{size, size, groups.cross};
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j)
      squares(i, j) += groups.groups * fitted[i] * fitted[j] - groups.sums[i] * fitted[j] - fitted[i] * groups.sums[j];
  return squares;
}

}  // namespace

std::vector<double> MixedModel::robust_covariance(MixedModelFit const& fit) const {
  SmallMatrix bread{effects_, effects_, fit.covariance};
  for (double& value : bread.values) value /= fit.residual_variance;
  SmallMatrix meat{effects_, effects_};
  for (GroupsAlike const& groups : added_) {
    std::size_t const size = groups.weights.size();
    SmallMatrix const x{size, effects_, groups.rows};
    SmallMatrix const weighted =
        product(transposed(x), inverse_covariance(groups.weights, fit.intercept_variance / fit.residual_variance));
    SmallMatrix left = product(product(x, bread), weighted);
    for (double& value : left.values) value = -value;
    for (std::size_t i = 0; i < size; ++i) left(i, i) += 1;
    auto const fitted = product(x, {effects_, 1, fit.effects}).values;
    SmallMatrix const half = solved(left, squared_residuals(groups, fitted));
    SmallMatrix const corrected = transposed(solved(left, transposed(half)));
    SmallMatrix const part = product(product(weighted, corrected), transposed(weighted));
    for (std::size_t i = 0; i < meat.values.size(); ++i) meat.values[i] += part.values[i];
  }
  return product(product(bread, meat), bread).values;
}

}  // namespace utvei
