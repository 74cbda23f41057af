// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// Columns that are functions of inputs: what a regression may use. Inputs are standardised by those that the basis is
/// made of, so that it can be evaluated elsewhere.
class InputBasis {
 public:
  /// Of one input a natural cubic spline with so many columns (1: a line). Of several, by `products` and `squares`.
  enum class Form { none, additive, squares, products };
  InputBasis(Eigen::MatrixXd const& inputs, Form form, std::size_t columns_of_each);
  [[nodiscard]] Eigen::MatrixXd columns(Eigen::MatrixXd const& inputs) const;

 private:
  [[nodiscard]] Eigen::MatrixXd spline(Eigen::VectorXd const& input, std::size_t which) const;
  Form form_;
  Eigen::RowVectorXd mean_, sd_;
  std::vector<std::vector<double>> knots_;  ///< by input
};

/// An outcome's mean, given inputs.
struct ConditionalMean {
  Eigen::VectorXd fitted;  ///< by draw
  double explained{0};     ///< share of the outcome's variance, without what a fit explains of noise; at least 0
  std::size_t terms{0};    ///< beside the constant; 0: the inputs tell nothing
  Eigen::VectorXd at;      ///< at the points that were asked for
  /// By part: the same with every `parts`-th draw left out, for the jackknife. `fitted` of all draws.
  std::vector<Eigen::VectorXd> fitted_without;
  std::vector<double> explained_without;
  std::vector<Eigen::VectorXd> at_without;
};

/// Draws that are left out together: draw k is in part k mod jackknife_parts.
inline constexpr std::size_t jackknife_parts = 20;

/// Regression of outcomes (draws × outcomes) on the inputs of a group (draws × inputs), each outcome by the basis that
/// Schwarz's criterion prefers. `points` × inputs: where else to predict; may have no rows.
std::vector<ConditionalMean> conditional_means(Eigen::MatrixXd const& inputs, Eigen::MatrixXd const& outcomes,
                                               Eigen::MatrixXd const& points);

}  // namespace utvei
