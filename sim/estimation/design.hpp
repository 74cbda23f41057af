// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/poisson_regression.hpp>

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// x'b of each row.
Eigen::VectorXd linear_predictor(PoissonCells const& cells, Eigen::VectorXd const& coefficients);
/// X'w.
Eigen::VectorXd weighted_sums(PoissonCells const& cells, Eigen::VectorXd const& weights);
/// X' diag(w) X.
Eigen::MatrixXd weighted_products(PoissonCells const& cells, Eigen::VectorXd const& weights);

Eigen::Map<Eigen::VectorXd const> as_vector(std::vector<double> const& values);
std::vector<double> as_values(Eigen::VectorXd const& vector);
SquareMatrix as_square(Eigen::MatrixXd const& matrix);

/// Rows with the same entries: what depends on these alone is worked out once for all of them.
struct RowPatterns {
  std::vector<std::uint32_t> of_row;  ///< pattern of each row
  PoissonCells cells;                 ///< a row a pattern, with the events and exposure of its rows together
};
RowPatterns patterns_of(PoissonCells const& cells);

/// 2 Σ (saturated − fitted) log-likelihood of rows with mean `expected`.
double deviance_of(PoissonCells const& cells, Eigen::VectorXd const& expected);

/// Cells without some columns.
PoissonCells without_terms(PoissonCells const& cells, std::vector<std::size_t> const& dropped);

/// Precision of the normal prior of each coefficient: 0, or what keeps the separated finite.
Eigen::VectorXd ridge_of(std::size_t terms, std::vector<std::size_t> const& separated);

}  // namespace utvei
