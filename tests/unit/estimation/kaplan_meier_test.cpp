// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/estimation/kaplan_meier.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Weeks of remission under 6-MP (Freireich et al. 1963, Blood 21: 699-716), the textbook example: its survival
/// function and Greenwood's errors as Kalbfleisch & Prentice 2002 and survfit have them.
TEST(KaplanMeier, OfRemissions) {
  std::vector<SeenSpell> spells;
  for (std::int64_t const week : {6, 6, 6, 7, 10, 13, 16, 22, 23}) spells.push_back({0, week, true});
  for (std::int64_t const week : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) spells.push_back({0, week, false});
  auto const points = kaplan_meier(spells, {5, 6, 7, 10, 13, 16, 22, 23, 35, 36});
  std::vector<double> const survival{1, .8571, .8067, .7529, .6902, .6275, .5378, .4482, .4482};
  std::vector<double> const se{0, .0764, .0869, .0963, .1068, .1141, .1282, .1346, .1346};
  std::vector<std::int64_t> const at_risk{21, 21, 17, 15, 12, 11, 7, 6, 1};
  for (std::size_t i = 0; i < survival.size(); ++i) {
    EXPECT_NEAR(points[i].survival.value(), survival[i], 5e-5) << i;
    EXPECT_NEAR(points[i].se.value(), se[i], 5e-5) << i;
    EXPECT_EQ(points[i].at_risk, at_risk[i]) << i;
  }
  EXPECT_FALSE(points.back().survival);
}

TEST(KaplanMeier, WaitsForSpellsThatAreSeenLate) {
  // At 2 one of two is left; who is seen from 2 on is not at risk at 2. At 5 one of two leaves.
  auto const points = kaplan_meier({{0, 2, true}, {0, 6, false}, {2, 5, true}}, {2, 5});
  EXPECT_NEAR(points[0].survival.value(), 1 / 2.0, 1e-15);
  EXPECT_NEAR(points[1].survival.value(), 1 / 4.0, 1e-15);
  EXPECT_NEAR(points[1].se.value(), 0.25 * std::sqrt(1 / 2.0 + 1 / 2.0), 1e-15);
  EXPECT_EQ(points[0].at_risk, 2);
}

TEST(KaplanMeier, OfSpellsThatAllEnd) {
  auto const points = kaplan_meier({{0, 2, true}, {0, 3, true}}, {10});
  EXPECT_EQ(points[0].survival, 0);
  EXPECT_EQ(points[0].at_risk, 0);
}

}  // namespace
}  // namespace utvei
