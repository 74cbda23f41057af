// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/analysis/share_curves.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

/// Straight on the scale of the logit, so that what lies between points is right: share = 1 / (1 + exp(-(x - 1))) at
/// the first time, and a level that nobody has at the second.
struct Straight {
  std::set<double> asked;
  ShareCurves curves{4, [this](double x) {
                       asked.insert(x);
                       return std::vector{logistic(x - 1), x < 1 ? 0.0 : 0.5};
                     }};
};

TEST(ShareCurves, GiveTheMultiplierOfAShareAndBack) {
  Straight straight;
  for (double const x : {-2.7, -0.2, 0.0, 0.31, 1.0, 2.5}) {
    EXPECT_NEAR(straight.curves.log_of(logistic(x - 1)), x, 1e-12);
    EXPECT_NEAR(straight.curves.share_of(x, 0), logistic(x - 1), 1e-12);
  }
}

TEST(ShareCurves, SimulateOnlyThePointsThatAreAskedFor) {
  Straight straight;
  EXPECT_TRUE(straight.curves.reaches(0.3));
  EXPECT_NEAR(straight.curves.log_of(0.3), 1 + std::log(0.3 / 0.7), 1e-12);
  EXPECT_EQ(straight.asked.size(), 2U) << "1 and the root of 2, which lie about it";
  EXPECT_LT(straight.curves.range().first, 0.3);
  EXPECT_EQ(straight.asked.size(), 17U);
}

TEST(ShareCurves, EndWhereTheGridEnds) {
  Straight straight;
  double const last = 4 * std::log(2.0);
  EXPECT_FALSE(straight.curves.reaches(0.999));
  EXPECT_FALSE(straight.curves.reaches(0.001));
  EXPECT_DOUBLE_EQ(straight.curves.log_of(0.999), last);
  EXPECT_DOUBLE_EQ(straight.curves.log_of(0.001), -last);
  EXPECT_NEAR(straight.curves.share_of(100, 0), logistic(last - 1), 1e-12);
  auto const [lowest, highest] = straight.curves.range();
  EXPECT_NEAR(lowest, logistic(-last - 1), 1e-12);
  EXPECT_NEAR(highest, logistic(last - 1), 1e-12);
}

TEST(ShareCurves, CountAShareOfNobodyAsTheFirstOfSomebody) {
  ShareCurves curves{1, [](double x) { return std::vector{x < 0.1 ? 0.0 : logistic(x)}; }};
  EXPECT_FALSE(curves.reaches(0.3)) << "between nobody and the first share";
  EXPECT_NEAR(curves.log_of(0.3), std::log(2.0) / 2, 1e-12);
  EXPECT_NEAR(curves.share_of(0.2, 0), logistic(std::log(2.0) / 2), 1e-12);
}

}  // namespace
}  // namespace utvei
