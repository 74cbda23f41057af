// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>

#include <numeric>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

LimitCounts counts_of_regions(std::vector<std::vector<std::int64_t>> went) {
  LimitCounts counts;
  counts.window = {b, Duration{10 * minutes_per_day}, Duration{2 * minutes_per_day}};
  for (std::size_t r = 0; r < went.size(); ++r) counts.regions.emplace_back(r);
  counts.went = std::move(went);
  return counts;
}

TEST(Limits, RegionsBorrowInProportionToTheConcentration) {
  // a, b (stays), c, dead
  auto const fit =
      fit_limit(counts_of_regions({{30, 8, 12, 0}, {4, 40, 16, 0}, {1, 0, 1, 0}, {0, 0, 0, 0}, {25, 5, 0, 0}}));
  EXPECT_EQ(fit.to, (std::vector{StateId{0}, StateId{2}, b}));
  double const a = fit.between.concentration;
  ASSERT_EQ(fit.between.end, DirichletMultinomial::End::none);
  EXPECT_EQ(fit.counts.reached(), 142);
  for (auto const& region : fit.regions) {
    auto const n = static_cast<double>(region.reached);
    EXPECT_DOUBLE_EQ(region.borrowed, a / (a + n));
    double sum = 0;
    for (std::size_t k = 0; k < fit.to.size(); ++k) {
      double const raw = n > 0 ? static_cast<double>(region.went[k]) / n : 0;
      EXPECT_NEAR(region.share(k), region.borrowed * fit.between.mean[k] + (1 - region.borrowed) * raw, 1e-12);
      sum += region.share(k);
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
  auto const shares = to_shares(fit);
  ASSERT_EQ(shares.rows.size(), 5U);
  EXPECT_EQ(shares.rows[3].region, RegionId{3});
  EXPECT_NEAR(shares.rows[3].alpha[0], a * fit.between.mean[0], 1e-12);
}

TEST(Limits, AlikeRegionsHaveOneRowForAll) {
  auto const fit = fit_limit(counts_of_regions({{30, 10, 0, 0}, {15, 5, 0, 0}, {0, 0, 0, 0}}));
  EXPECT_EQ(fit.regions[2].borrowed, 1);
  EXPECT_DOUBLE_EQ(fit.regions[2].share(0), 0.75);
  auto const shares = to_shares(fit);
  ASSERT_EQ(shares.rows.size(), 1U);
  EXPECT_EQ(shares.rows[0].region, std::nullopt);
  EXPECT_EQ(shares.rows[0].alpha, (std::vector{45.0, 15.0}));
}

TEST(Limits, NobodyWhoCameLeavesNoShares) {
  auto const fit = fit_limit(counts_of_regions({{0, 0, 0, 0}}));
  EXPECT_TRUE(fit.to.empty());
  EXPECT_TRUE(fit.regions.empty());
}

TEST(Limits, TableHasALineForEachRegionAndDestination) {
  SmallStudy small{study_with_persons};
  auto const model = small.read_the_study().model;
  Fit fit;
  fit.limits.push_back(fit_limit(counts_of_regions({{30, 8, 12, 0}, {4, 40, 16, 0}, {0, 0, 0, 0}})));
  auto const table = limits_table(fit, model);
  EXPECT_EQ(to_csv(table).substr(0, 83),
            "state,region,to,reached,left_to,share_raw,share,low_95,high_95,borrowed,after\nb,42,");
  ASSERT_EQ(table.rows.size(), 9U);
  EXPECT_EQ(table.rows[2][2], "stay");
  EXPECT_EQ(table.rows[2][4], "8");
  EXPECT_EQ(table.rows[8][5], "");
  EXPECT_EQ(table.rows[8][10], "10 days");
  EXPECT_LT(std::stod(table.rows[0][7]), std::stod(table.rows[0][6]));
  EXPECT_LT(std::stod(table.rows[0][6]), std::stod(table.rows[0][8]));
}

struct ReadLimits {
  Model model;
  EstimateOptions options;
  std::string messages;
};

ReadLimits read_limits(std::string_view estimate) {
  SmallStudy small{std::string{study_with_persons} + std::string{estimate}};
  ReadLimits result;
  auto const study = small.read_the_study();
  result.model = study.model;
  result.options = read_estimate_options(study, small.diagnostics);
  result.messages = render(small.diagnostics);
  return result;
}

TEST(LimitOptions, MayBeAListOrAMap) {
  for (auto const* const text :
       {"estimate: {limits: [b]}\n", "estimate: {limits: all}\n", "estimate: {limits: {b: }}\n"}) {
    auto const [model, options, messages] = read_limits(text);
    EXPECT_EQ(messages, "") << text;
    ASSERT_EQ(options.limits.size(), 1U);
    EXPECT_EQ(options.limits[0].window.state, b);
    EXPECT_EQ(options.limits[0].window.within, Duration{5 * minutes_per_day});  // half of a short limit
    EXPECT_TRUE(options.limits[0].by_region);
  }
  auto const [model, options, messages] = read_limits("estimate: {limits: {b: {within: 2 days, region: none}}}\n");
  EXPECT_EQ(messages, "");
  EXPECT_EQ(options.limits.at(0).window.from(), Duration{8 * minutes_per_day});
  EXPECT_FALSE(options.limits.at(0).by_region);
}

TEST(LimitOptions, BandsBeforeALimitAreOfItsStateAlone) {
  auto const [model, options, messages] = read_limits(
      "estimate: {bands: {time_in_state: [0 days, 20 days]}, limits: {b: {within: 1 days}}, before_limit: [2 days, "
      "4 days]}\n");
  EXPECT_EQ(messages, "");
  EXPECT_EQ(options.time_in_state.written,
            (std::vector<std::string>{"0 days", "10 days - 4 days", "10 days - 2 days", "10 days", "20 days"}));
  ASSERT_EQ(options.time_in_state_of.size(), 1U);
  EXPECT_EQ(options.time_in_state_of[0].state, b);
  EXPECT_EQ(options.other_time_in_state.size(), 2U);
}

TEST(LimitOptions, WhatCannotBeIsSaid) {
  EXPECT_THAT(read_limits("estimate: {limits: [a]}\n").messages, HasSubstr("state `a` has no limit in the model"));
  EXPECT_THAT(read_limits("estimate: {limits: [x]}\n").messages, HasSubstr("unknown state `x`"));
  EXPECT_THAT(read_limits("estimate: {limits: {b: {within: 10 days}}}\n").messages,
              HasSubstr("`within` is 10 days, and the limit of `b` comes after 10 days"));
  EXPECT_THAT(read_limits("estimate: {limits: {b: {within: 3 days}}, before_limit: [2 days]}\n").messages,
              HasSubstr("are within its tolerance of 3 days"));
  EXPECT_THAT(read_limits("estimate: {before_limit: [2 days], terms: [sex]}\n").messages,
              HasSubstr("there is nothing that uses bands before a limit"));
}

/// Person-time of b of one person who stays in it for 25 days, by band.
TEST(LimitOptions, StatesWithBandsOfTheirOwnHaveTheirOwnRates) {
  SmallStudy small{std::string{plain_study} +
                   "estimate: {bands: {time_in_state: {b: [0 days, 5 days, 15 days], default: [0 days, 8 days]}}}\n"};
  small.spells("1,2015-01-02,2015-01-12,a\n1,2015-01-12,2015-01-31,b\n1,2015-01-31,2015-02-01,c\n");
  auto const lives = small.read();
  auto const& model = small.study.model;
  Diagnostics diagnostics;
  auto const options = read_estimate_options(small.study, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics);
  auto const rates = fit(tabulate(lives, model, cell_axes(options, lives, model), 1), model, options);
  std::vector<std::int64_t> starts;
  for (RateCell const& cell : rates.cells) {
    if (cell.transition != *model.transition("b -> c")) continue;
    starts.push_back(cell.box.time_in_state.from / minutes_per_day);
    EXPECT_EQ(cell.events, starts.back() == 15 ? 1 : 0);
  }
  EXPECT_EQ(starts, (std::vector<std::int64_t>{0, 5, 15}));
  auto const of_a = std::ranges::count(rates.cells, *model.transition("a -> b"), &RateCell::transition);
  EXPECT_EQ(of_a, 2);
}

}  // namespace
}  // namespace utvei
