// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/scenario_grid.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(ScenarioGrid, MeansComeWithTheirSpread) {
  PairedMean const mean = paired_mean({1, 3, 5, 7});
  EXPECT_DOUBLE_EQ(mean.mean, 4);
  EXPECT_NEAR(*mean.sd, 2.5819888974716, 1e-12);
  EXPECT_NEAR(*mean.error, 1.2909944487358, 1e-12);
  EXPECT_FALSE(paired_mean({2}).sd);
}

/// 10 more for each step along the first axis, 1 more along the second.
std::vector<GridPoint> grid_of_steps() {
  std::vector<GridPoint> points;
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 2; ++b) {
      double const value = 10 * static_cast<double>(a) + static_cast<double>(b);
      points.push_back({{a, b}, {value, value + 1}});
    }
  return points;
}

TEST(ScenarioGrid, AnAxisTellsTheTwoValuesThatAreFurthestApart) {
  auto const changes = axis_changes(grid_of_steps(), {3, 2});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].from, 0U);
  EXPECT_EQ(changes[0].to, 2U);
  EXPECT_EQ(changes[0].pairs, 2U);
  EXPECT_DOUBLE_EQ(changes[0].change.mean, 20);
  EXPECT_DOUBLE_EQ(*changes[0].change.sd, 0);  // the runs share what differs between them
  EXPECT_DOUBLE_EQ(changes[1].change.mean, 1);
  EXPECT_EQ(changes[1].pairs, 3U);
}

TEST(ScenarioGrid, AValueThatStandsAtFewPlacesIsNotTheEndOfAnAxis) {
  auto points = grid_of_steps();
  for (std::size_t b = 2; b < 6; ++b)
    for (std::size_t a = 1; a < 3; ++a) points.push_back({{a, b}, {10.0 * static_cast<double>(a), 0}});
  // The first value meets the third at two places, the second meets it at six.
  auto const changes = axis_changes(points, {3, 6});
  EXPECT_EQ(changes[0].from, 1U);
  EXPECT_EQ(changes[0].pairs, 6U);
}

TEST(ScenarioGrid, AnAxisAlongWhichNothingLiesIsLeftOut) {
  EXPECT_TRUE(axis_changes({{{0, 0}, {1}}, {{1, 1}, {2}}}, {2, 2}).empty());
}

TEST(ScenarioGrid, RanksAreCountedRunByRunAndShared) {
  auto const ranks = ranks_in_runs({{5, 1, 4, 2}, {3, 2, 4, 1}, {0, 0, 0, 0}}, true);
  EXPECT_DOUBLE_EQ(ranks[0].best, (1 + 0 + 0.5 + 1) / 4);
  EXPECT_DOUBLE_EQ(ranks[1].best, (0 + 1 + 0.5 + 0) / 4);
  EXPECT_DOUBLE_EQ(ranks[2].best, 0);
  EXPECT_DOUBLE_EQ(ranks[0].expected, (1 + 2 + 1.5 + 1) / 4);
  EXPECT_DOUBLE_EQ(ranks[2].expected, 3);
  EXPECT_DOUBLE_EQ(ranks_in_runs({{5}, {3}}, false)[1].best, 1);
}

}  // namespace
}  // namespace utvei
