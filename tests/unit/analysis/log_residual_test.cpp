// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/analysis/log_residual.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

Target figure_within(double low, double high) {
  Target target;
  target.bounds = FigureBounds{low, high};
  target.value = (low + high) / 2;
  return target;
}

double minimised(Target const& target, double log_figure, double sd) {
  auto const residual = log_residual(target, log_figure, sd);
  return residual.value * residual.value / 2 + residual.besides;
}

TEST(LogResidual, OfAFigureIsTheLogOfTheRatio) {
  Target target;
  target.value = 20;
  auto const residual = log_residual(target, std::log(22), 0.1);
  EXPECT_NEAR(residual.value, std::log(1.1) / 0.1, 1e-12);
  EXPECT_NEAR(residual.slope, 10, 1e-12);
  EXPECT_EQ(residual.besides, 0);
}

TEST(LogResidual, IsTheProbabilityOfLyingWithinTheBounds) {
  constexpr double sd = 0.4;
  auto const below = [](double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; };
  Target const open = figure_within(0, 2);
  Target const closed = figure_within(1, 3);
  double const largest = below(std::log(3) / 2 / sd) - below(-std::log(3) / 2 / sd);
  for (double const figure : {0.2, 0.9, 1.0, 1.7, 2.0, 2.9, 5.0}) {
    double const x = std::log(figure);
    double const inside = below((std::log(3) - x) / sd) - below(-x / sd);
    EXPECT_NEAR(minimised(open, x, sd), -std::log(below((std::log(2) - x) / sd)), 1e-10) << figure;
    EXPECT_NEAR(minimised(closed, x, sd), std::log(largest / inside), 1e-10) << figure;
  }
}

TEST(LogResidual, HasTheGradientAndTheCurvatureOfIt) {
  constexpr double step = 1e-3;
  for (Target const& target : {figure_within(0, 2), figure_within(1, 3), figure_within(998, 1002)}) {
    for (double const sd : {0.03, 0.3}) {
      for (double const z : {-40.0, -24.9, -3.0, -0.4, 0.0, 0.7, 2.0, 24.9, 40.0}) {
        double const x = std::log(target.bounds->high) + z * sd;
        double const here = minimised(target, x, sd);
        double const more = minimised(target, x + step * sd, sd);
        double const less = minimised(target, x - step * sd, sd);
        auto const residual = log_residual(target, x, sd);
        double const room = 1e-12 * (1 + here) / step + 1e-6;  // rounding, and what is left of the series
        EXPECT_NEAR(residual.value * residual.slope * sd, (more - less) / (2 * step), room) << z << " " << sd;
        EXPECT_NEAR(std::pow(residual.slope * sd, 2), (more - 2 * here + less) / (step * step), room / step)
            << z << " " << sd;
      }
    }
  }
}

TEST(LogResidual, SaysNothingWellWithinTheBounds) {
  for (double const figure : {0.0001, 0.3, 1.0}) {
    auto const residual = log_residual(figure_within(0, 2), std::log(figure), 0.03);
    EXPECT_NEAR(residual.value, 0, 1e-12);
    EXPECT_NEAR(residual.slope, 0, 1e-12);
  }
  EXPECT_NEAR(log_residual(figure_within(1, 3), std::log(1.7), 0.03).slope, 0, 1e-12);
}

TEST(LogResidual, OfNarrowBoundsIsThatOfAFigure) {
  constexpr double sd = 0.1;
  for (double const half : {0.04, 0.4, 0.6}) {
    for (double const figure : {800.0, 990.0, 1000.0, 1100.0}) {
      auto const residual = log_residual(figure_within(1000 - half, 1000 + half), std::log(figure), sd);
      EXPECT_NEAR(residual.value, std::log(figure / 1000) / sd, 1e-4);
      EXPECT_NEAR(residual.slope, 1 / sd, 1e-3);
    }
  }
}

TEST(LogResidual, GoesOnWhereTheModelHasNobody) {
  auto const residual = log_residual(figure_within(1, 3), std::log(1e-12), 0.03);
  EXPECT_NEAR(residual.value, std::log(1e-12) / 0.03, 0.1);
  EXPECT_NEAR(residual.slope, 1 / 0.03, 0.01);
  EXPECT_TRUE(std::isfinite(residual.besides));
}

TEST(LogResidual, DistancesAreFromTheNearerBound) {
  Target const target = figure_within(1, 3);
  EXPECT_DOUBLE_EQ(target.log_distance(std::log(6)), std::log(2));
  EXPECT_DOUBLE_EQ(target.log_distance(std::log(0.5)), std::log(0.5));
  EXPECT_EQ(target.log_distance(std::log(2)), 0);
  EXPECT_EQ(figure_within(0, 2).log_distance(std::log(1e-12)), 0);
}

}  // namespace
}  // namespace utvei
