// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/shapley.hpp>

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(Shapley, TwoFactorsAreKitagawas) {
  // Share times rate: half of each change at the mean of the other.
  auto const parts =
      shapley_values(2, [](FactorSet set) { return ((set & 1U) != 0 ? 0.4 : 0.2) * ((set & 2U) != 0 ? 30 : 10); });
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NEAR(parts[0], 0.2 * 20, 1e-12);
  EXPECT_NEAR(parts[1], 20 * 0.3, 1e-12);
}

TEST(Shapley, PartsSumToTheDifference) {
  std::vector<double> values;
  for (int set = 0; set < 32; ++set) values.push_back(static_cast<double>(set * set % 23));
  auto const parts = shapley_values(values);
  EXPECT_NEAR(std::accumulate(parts.begin(), parts.end(), 0.0), values.back() - values.front(), 1e-12);
}

TEST(Shapley, WhatChangesNothingContributesNothing) {
  auto const parts = shapley_values(3, [](FactorSet set) { return static_cast<double>((set & 5U) == 5 ? 7 : 0); });
  EXPECT_EQ(parts[1], 0);
  EXPECT_DOUBLE_EQ(parts[0], 3.5);
  EXPECT_DOUBLE_EQ(parts[2], 3.5);
}

}  // namespace
}  // namespace utvei
