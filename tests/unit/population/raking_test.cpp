// SPDX-License-Identifier: Apache-2.0
#include <utvei/population/raking.hpp>

#include <cmath>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pointwise;

// A table of two rows and three columns, row by row.
Margin rows_of(std::vector<double> target) {
  return {"row", {0, 0, 0, 1, 1, 1}, std::move(target)};
}
Margin columns_of(std::vector<double> target) {
  return {"column", {0, 1, 2, 0, 1, 2}, std::move(target)};
}

TEST(Rake, OfAnEvenSeedIsIndependence) {
  auto const fit = rake({1, 1, 1, 1, 1, 1}, {rows_of({60, 40}), columns_of({50, 30, 20})});
  EXPECT_TRUE(fit.converged);
  EXPECT_THAT(fit.weights, Pointwise(DoubleNear(1e-9), {30.0, 18.0, 12.0, 20.0, 12.0, 8.0}));
}

TEST(Rake, KeepsTheOddsRatiosOfTheSeed) {
  std::vector<double> const seed{5, 1, 2, 3, 4, 1};
  auto const fit = rake(seed, {rows_of({60, 40}), columns_of({50, 30, 20})});
  ASSERT_TRUE(fit.converged);
  auto const odds = [](std::vector<double> const& w, std::size_t a, std::size_t b) {
    return w[a] * w[b + 3] / (w[b] * w[a + 3]);
  };
  for (auto const& [a, b] : {std::pair<std::size_t, std::size_t>{0, 1}, {1, 2}, {0, 2}})
    EXPECT_NEAR(odds(fit.weights, a, b), odds(seed, a, b), 1e-7);
  for (MarginMisfit const& misfit : fit.misfits) EXPECT_NEAR(misfit.sum, misfit.target, 1e-6);
}

TEST(Rake, LeavesStructuralZerosEmpty) {
  auto const fit = rake({0, 1, 1, 1, 1, 1}, {rows_of({60, 40}), columns_of({10, 50, 40})});
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.weights[0], 0);
  EXPECT_NEAR(fit.weights[3], 10, 1e-7);
}

TEST(Rake, SaysWhatCannotBeMet) {
  std::vector<double> const seed{0, 0, 0, 1, 1, 1};
  EXPECT_THAT(parts_without_cells(seed, rows_of({60, 40})), ElementsAre(0U));
  EXPECT_THAT(parts_without_cells(seed, rows_of({0, 40})), IsEmpty());
  auto const fit = rake(seed, {rows_of({60, 40}), columns_of({50, 30, 20})}, {1e-9, 20});
  EXPECT_FALSE(fit.converged);
  EXPECT_EQ(fit.iterations, 20U);
  EXPECT_EQ(fit.misfits[0].part, 0U);
  EXPECT_EQ(fit.misfits[0].target, 60);
  EXPECT_EQ(fit.misfits[0].sum, 0);
}

TEST(Rake, TakesAnyNumberOfDimensions) {
  // 2 x 2 x 2 with all three two-way margins of a table that has no interaction of the third order.
  std::vector<double> truth;
  for (int i = 0; i < 8; ++i) {
    int const a = i / 4;
    int const b = i / 2 % 2;
    int const c = i % 2;
    truth.push_back(10 * std::exp(0.3 * a * b - 0.5 * b * c + 0.2 * a * c + 0.1 * a));
  }
  std::vector<Margin> margins{{"ab", {0, 0, 1, 1, 2, 2, 3, 3}, std::vector<double>(4)},
                              {"bc", {0, 1, 2, 3, 0, 1, 2, 3}, std::vector<double>(4)},
                              {"ac", {0, 1, 0, 1, 2, 3, 2, 3}, std::vector<double>(4)}};
  for (Margin& margin : margins)
    for (std::size_t cell = 0; cell < truth.size(); ++cell) margin.target[margin.part_of[cell]] += truth[cell];
  auto const fit = rake(std::vector<double>(8, 1), margins);
  EXPECT_TRUE(fit.converged);
  EXPECT_THAT(fit.weights, Pointwise(DoubleNear(1e-6), truth));
}

TEST(SettleMargins, ScalesTheLaterToTheEarlier) {
  std::vector<Margin> margins{rows_of({60, 40}), columns_of({100, 60, 40})};
  auto const conflicts = settle_margins({1, 1, 1, 1, 1, 1}, margins);
  EXPECT_THAT(conflicts, ElementsAre(MarginConflict{0, 1, 1, 2, 100, 200}));
  EXPECT_THAT(margins[0].target, ElementsAre(60, 40));
  EXPECT_THAT(margins[1].target, Pointwise(DoubleNear(1e-9), {50.0, 30.0, 20.0}));
  EXPECT_TRUE(rake({1, 1, 1, 1, 1, 1}, margins).converged);
}

TEST(SettleMargins, LooksAtWhatBothKnow) {
  // Two counties of two municipalities; the county margin differs from the municipalities in the second only.
  std::vector<Margin> margins{{"municipality", {0, 1, 2, 3}, {10, 20, 30, 40}}, {"county", {0, 0, 1, 1}, {30, 90}}};
  auto const conflicts = settle_margins({1, 1, 1, 1}, margins);
  EXPECT_THAT(conflicts, ElementsAre(MarginConflict{0, 1, 3, 1, 70, 90}));
  EXPECT_THAT(margins[1].target, ElementsAre(30, 70));
}

TEST(SettleMargins, StructuralZerosSplitWhatMustAgree) {
  // Row 0 can only be in column 0, row 1 in the others: the sums of each must agree.
  std::vector<Margin> margins{rows_of({60, 40}), columns_of({50, 30, 20})};
  auto const conflicts = settle_margins({1, 0, 0, 0, 1, 1}, margins);
  EXPECT_THAT(conflicts, ElementsAre(MarginConflict{0, 1, 0, 0, 60, 50}, MarginConflict{0, 1, 1, 2, 40, 50}));
  EXPECT_THAT(margins[1].target, Pointwise(DoubleNear(1e-9), {60.0, 24.0, 16.0}));
}

TEST(Rake, KeepsTheSeedWhereNoMarginSpeaks) {
  Margin const first{"first column", {0, no_part, no_part, 1, no_part, no_part}, {6, 3}};
  auto const fit = rake({1, 2, 1, 1, 1, 2}, {first});
  EXPECT_TRUE(fit.converged);
  EXPECT_THAT(fit.weights, ElementsAre(6, 2, 1, 3, 1, 2));
}

TEST(SettleMargins, ComparesOnlyWhatBothSpeakOf) {
  Margin const some{"some columns", {0, 1, no_part, 0, 1, no_part}, {500, 30}};
  std::vector<Margin> margins{rows_of({60, 40}), some};
  EXPECT_THAT(settle_margins({1, 1, 1, 1, 1, 1}, margins), IsEmpty());
  margins = {columns_of({50, 30, 20}), some};
  EXPECT_THAT(settle_margins({1, 1, 1, 1, 1, 1}, margins), ElementsAre(MarginConflict{0, 1, 0, 0, 50, 500}));
  EXPECT_THAT(margins[1].target, ElementsAre(50, 30));
}

TEST(SettleMargins, FindsNothingWhereAllAgree) {
  std::vector<Margin> margins{rows_of({60, 40}), columns_of({50, 30, 20})};
  EXPECT_THAT(settle_margins({1, 1, 1, 1, 1, 1}, margins), IsEmpty());
}

}  // namespace
}  // namespace utvei
