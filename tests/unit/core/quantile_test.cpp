// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/quantile.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// As R's quantile(c(4, 1, 3, 2, 10), …), type 7.
TEST(Quantile, LiesBetweenOrderStatistics) {
  std::vector<double> const sample{4, 1, 3, 2, 10};
  EXPECT_DOUBLE_EQ(quantile_of(sample, 0), 1);
  EXPECT_DOUBLE_EQ(quantile_of(sample, 0.1), 1.4);
  EXPECT_DOUBLE_EQ(quantile_of(sample, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile_of(sample, 0.975), 9.4);
  EXPECT_DOUBLE_EQ(quantile_of(sample, 1), 10);
  EXPECT_DOUBLE_EQ(quantile_of_sorted({7}, 0.3), 7);
}

}  // namespace
}  // namespace utvei
