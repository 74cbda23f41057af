// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/analysis/expected_trend.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(ChangeOfRatio, IsThatOfTheExactBinomialTest) {
  // binom.test(20, 30) of R; the p-value is twice the smaller tail.
  auto const change = change_of_ratio(10, 15, 20, 15);
  EXPECT_NEAR(change.ratio, 2, 1e-12);
  EXPECT_NEAR(change.low_95, 0.89350889038469, 1e-9);
  EXPECT_NEAR(change.high_95, 4.78455244033810, 1e-9);
  EXPECT_NEAR(change.p, 0.098737146705389, 1e-10);
}

TEST(ChangeOfRatio, CountsWhatWasExpected) {
  auto const change = change_of_ratio(10, 10, 20, 20);
  EXPECT_NEAR(change.ratio, 1, 1e-12);
  EXPECT_GT(change.p, 0.9);
}

TEST(ChangeOfRatio, HasNoUpperLimitFromNothing) {
  auto const change = change_of_ratio(0, 5, 8, 5);
  EXPECT_TRUE(std::isinf(change.ratio));
  EXPECT_TRUE(std::isinf(change.high_95));
  EXPECT_GT(change.low_95, 1);
  auto const other = change_of_ratio(8, 5, 0, 5);
  EXPECT_EQ(other.low_95, 0);
  EXPECT_LT(other.high_95, 1);
  EXPECT_NEAR(change.p, other.p, 1e-12);
}

}  // namespace
}  // namespace utvei
