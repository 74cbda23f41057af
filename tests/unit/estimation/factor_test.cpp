// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/poisson_regression.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

void expect_factor_of(SquareMatrix const& covariance) {
  auto const factor = factor_of(covariance);
  for (std::size_t i = 0; i < covariance.size; ++i) {
    for (std::size_t j = 0; j < covariance.size; ++j) {
      double product = 0;
      for (std::size_t k = 0; k < covariance.size; ++k) product += factor(i, k) * factor(j, k);
      EXPECT_NEAR(product, covariance(i, j), 1e-12) << i << ", " << j;
      if (j > i) {
        EXPECT_EQ(factor(i, j), 0);
      }
    }
  }
}

TEST(FactorOf, GivesBackTheCovariance) {
  expect_factor_of({3, {4, 2, -1, 2, 5, 0.5, -1, 0.5, 3}});
}

TEST(FactorOf, TakesWhatDoesNotVaryOrIsDetermined) {
  expect_factor_of({3, {4, 0, 2, 0, 0, 0, 2, 0, 3}});              // an aliased coefficient
  expect_factor_of({3, {1, -1, 0.5, -1, 1, -0.5, 0.5, -0.5, 2}});  // two effects that sum to 0
  expect_factor_of({2, {0, 0, 0, 0}});
}

}  // namespace
}  // namespace utvei
