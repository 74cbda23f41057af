// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/pathway_summary.hpp>

#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(CumulativeIncidence, IsTheShareWhereNobodyIsLost) {
  auto const shares =
      cumulative_incidence({{{10, 5}, 0, 100, 0}, {{20, 0}, 0, 0, 0}, {{0, 65}, 0, 0, 0}, {{0, 0}, 0, 0, 0}});
  ASSERT_EQ(shares.size(), 4U);
  EXPECT_NEAR(shares[0][0], 0.10, 1e-12);
  EXPECT_NEAR(shares[1][0], 0.30, 1e-12);
  EXPECT_NEAR(shares[1][1], 0.05, 1e-12);
  EXPECT_NEAR(shares[3][1], 0.70, 1e-12);  // all have gone: it is known from then on
}

TEST(CumulativeIncidence, WhoIsFollowedNoLongerCountsHalfOfTheBin) {
  auto const shares = cumulative_incidence({{{10}, 20, 100, 0}, {{7}, 0, 0, 0}});
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_NEAR(shares[0][0], 10.0 / 90, 1e-12);
  EXPECT_NEAR(shares[1][0], 10.0 / 90 + (1 - 10.0 / 90) * 7 / 70, 1e-12);
}

TEST(CumulativeIncidence, TakesThoseInWhoComeLate) {
  auto const shares = cumulative_incidence({{{5}, 0, 50, 20}, {{6}, 0, 10, 0}});
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_NEAR(shares[0][0], 5.0 / 60, 1e-12);
  EXPECT_NEAR(shares[1][0], 5.0 / 60 + (1 - 5.0 / 60) * 6 / 75, 1e-12);
}

TEST(CumulativeIncidence, SaysNothingOfATimeThatNobodyIsFollowedTo) {
  EXPECT_EQ(cumulative_incidence({{{1}, 9, 10, 0}, {{0}, 0, 0, 0}}).size(), 1U);
}

}  // namespace
}  // namespace utvei
