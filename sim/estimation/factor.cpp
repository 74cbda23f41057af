// SPDX-License-Identifier: Apache-2.0
// Cholesky's factor of a covariance that may be singular (Higham 2002, Accuracy and Stability of Numerical Algorithms,
// section 10.3), without pivoting, so that effects keep their order.
#include <utvei/estimation/poisson_regression.hpp>

#include <cmath>

namespace utvei {

SquareMatrix factor_of(SquareMatrix const& covariance) {
  // What rounding leaves of a variance that those before explain.
  constexpr double vanishing = 1e-12;
  std::size_t const n = covariance.size;
  SquareMatrix factor{n, std::vector<double>(n * n, 0)};
  auto const at = [&](std::size_t i, std::size_t j) -> double& { return factor.values[i * n + j]; };
  for (std::size_t j = 0; j < n; ++j) {
    double pivot = covariance(j, j);
    for (std::size_t k = 0; k < j; ++k) pivot -= at(j, k) * at(j, k);
    if (!(pivot > vanishing * covariance(j, j))) continue;
    at(j, j) = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < n; ++i) {
      double rest = covariance(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= at(i, k) * at(j, k);
      at(i, j) = rest / at(j, j);
    }
  }
  return factor;
}

}  // namespace utvei
