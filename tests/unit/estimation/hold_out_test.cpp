// SPDX-License-Identifier: Apache-2.0
#include "regional_exposure.hpp"

#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/hold_out.hpp>
#include <utvei/estimation/tables.hpp>

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr TransitionId only_one{0};
constexpr StateId before{0};

TEST(ScaledDeviance, ForgivesWhatChangedEverywhere) {
  EXPECT_NEAR(scaled_deviance({10, 20}, {1, 2}), 0, 1e-12);
  EXPECT_NEAR(scaled_deviance({10, 20}, {2, 1}), poisson_deviance({10, 20}, {20, 10}), 1e-12);
  EXPECT_EQ(scaled_deviance({0, 0}, {1, 2}), 0);
}

TEST(Thin, DividesEventsAndPersonTime) {
  RegionalExposure const data{{500, 40, 0}, {100, 10, 5}};
  std::vector<std::int64_t> events(3, 0);
  std::vector<std::int64_t> minutes(3, 0);
  for (std::uint32_t fold = 0; fold < 5; ++fold) {
    auto const split = thin(data.exposure, data.model, fold, 5);
    for (std::size_t cell = 0; cell < 3; ++cell) {
      events[cell] += split.part.events[only_one][cell];
      EXPECT_EQ(split.part.events[only_one][cell] + split.rest.events[only_one][cell],
                data.exposure.events[only_one][cell]);
      EXPECT_EQ(split.part.minutes[before][cell] + split.rest.minutes[before][cell],
                data.exposure.minutes[before][cell]);
      minutes[cell] += split.part.minutes[before][cell];
    }
    EXPECT_NEAR(static_cast<double>(split.part.events[only_one][0]), 100, 4 * std::sqrt(80.0));
  }
  EXPECT_EQ(events, data.exposure.events[only_one]);
  EXPECT_EQ(minutes, data.exposure.minutes[before]);
}

TEST(SummedOverRegions, KeepsTheOtherAxes) {
  RegionalExposure data{{1, 2, 3, 4}, {10, 20, 30, 40}};
  data.divide_by_age();
  auto const sums = summed_over_regions(data.exposure);
  ASSERT_EQ(sums.axes.size(), 1U);
  EXPECT_EQ(sums.axes[0].name, "age");
  EXPECT_EQ(sums.events[only_one], (std::vector<std::int64_t>{4, 6}));
  EXPECT_EQ(sums.minutes[before][1], 60 * minutes_per_year);
}

HoldOutScore score(RegionalExposure& data, std::optional<Exposure> const& later, RegionEffect region) {
  data.options.region = region;
  data.options.method = is_random(region) ? Method::poisson : Method::raw;
  data.options.sd_prior = {};
  auto const fitted = fit(data.exposure, data.model, data.options);
  return score_hold_out(data.exposure, later, fitted, data.model, data.options).value().total;
}

TEST(HoldOut, OfALaterTimeComparesPredictionsByRegion) {
  RegionalExposure data{{30, 0, 12}, {100, 20, 50}};
  RegionalExposure const next{{40, 3, 20}, {120, 25, 60}};
  auto const pooled = score(data, next.exposure, RegionEffect::pooled);
  EXPECT_EQ(pooled.cells, 3U);
  double const least = 25 * least_predicted_rate;
  EXPECT_NEAR(pooled.raw, scaled_deviance({40, 3, 20}, {36, least, 14.4}), 1e-9);
  EXPECT_NEAR(pooled.pooled, scaled_deviance({40, 3, 20}, {120, 25, 60}), 1e-9);
  EXPECT_LT(pooled.shrunk, pooled.raw);
  // Raw rates are the same by whichever way they were made; beside them regions shrink by a gamma distribution.
  auto const fixed = score(data, next.exposure, RegionEffect::fixed);
  EXPECT_NEAR(fixed.raw, pooled.raw, 1e-9);
  EXPECT_NEAR(fixed.pooled, pooled.pooled, 1e-9);
  std::vector<double> expected;
  for (double const years : {100.0, 20.0, 50.0}) expected.push_back(years * 42 / 170);
  auto const ratios = fit_gamma_poisson({30, 0, 12}, expected).ratio;
  EXPECT_NEAR(fixed.shrunk, scaled_deviance({40, 3, 20}, {120 * ratios[0], 25 * ratios[1], 60 * ratios[2]}), 1e-6);
}

TEST(HoldOut, OfPartsTellsRegionsThatDifferFromThoseThatDoNot) {
  std::vector<std::int64_t> alike;
  std::vector<std::int64_t> apart;
  std::vector<double> years;
  for (int r = 0; r < 30; ++r) {
    alike.push_back(18 + (r * 7) % 5);
    apart.push_back(r % 2 == 0 ? 5 : 80);
    years.push_back(100);
  }
  RegionalExposure same{alike, years};
  auto const equal = score(same, std::nullopt, RegionEffect::pooled);
  EXPECT_EQ(equal.cells, 30U * thinning_folds);
  EXPECT_LT(equal.pooled, equal.raw);
  EXPECT_LE(equal.shrunk, 1.02 * equal.pooled);
  RegionalExposure different{apart, years};
  auto const unequal = score(different, std::nullopt, RegionEffect::pooled);
  EXPECT_GT(unequal.pooled, 2 * unequal.raw);
  EXPECT_LT(unequal.shrunk, unequal.raw);
}

TEST(HoldOut, IsPartOfTheSummaryWhereRatesAreByRegion) {
  RegionalExposure data{{30, 10, 12}, {100, 20, 50}};
  data.options.region = RegionEffect::pooled;
  data.options.method = Method::poisson;
  auto fitted = fit(data.exposure, data.model, data.options);
  fitted.summary.hold_out = score_hold_out(data.exposure, std::nullopt, fitted, data.model, data.options);
  EXPECT_THAT(summary_text(fitted, data.model), HasSubstr("hold-out deviance of regions (fifths of the events"));
  auto const json = nlohmann::json::parse(summary_json(fitted, data.model)).at("hold_out");
  EXPECT_EQ(json.at("cells"), 15);
  EXPECT_EQ(json.at("transitions").size(), 1U);
  EXPECT_EQ(json.at("transitions")[0].at("transition"), "a -> b");
  EXPECT_DOUBLE_EQ(json.at("transitions")[0].at("raw").get<double>(), json.at("raw").get<double>());
  data.options.region = RegionEffect::none;
  EXPECT_FALSE(score_hold_out(summed_over_regions(data.exposure), std::nullopt, fitted, data.model, data.options));
}

}  // namespace
}  // namespace utvei
