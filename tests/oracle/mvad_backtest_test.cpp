// SPDX-License-Identifier: Apache-2.0
// Back-tests of the school-to-work spells from month 48, against matrix exponentials of the same rates: the distance of
// the shares of states in month 60 from those that were seen.
#include "mvad_study.hpp"

#include <utvei/analysis/backtest.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

Backtest backtest_of(std::filesystem::path const& data, std::string_view estimate) {
  support::TempFolder const folder;
  Diagnostics diagnostics;
  auto const path = write_mvad_study(folder, data, std::string{estimate} + "backtest: {split: 48, draws: 400}\n");
  auto const study = read_study(path, {}, {}, diagnostics);
  auto const options = read_estimate_options(study, diagnostics);
  auto const asked = read_backtest_options(study, {}, diagnostics);
  throw_if_errors(diagnostics);
  auto const lives = read_register(study, 2, diagnostics);
  throw_if_errors(diagnostics);
  return backtest(study, lives, options, asked, {2, nullptr});
}

double distance_after_a_year(Backtest const& result, Forecast forecast) {
  auto const found = std::ranges::find_if(
      result.scores, [&](BacktestScore const& score) { return score.forecast == forecast && score.years == 1; });
  EXPECT_EQ(found->failed, "");
  return found->total_variation_all;
}

TEST(MvadBacktest, FindsHowFarRatesOfAllYearsMiss) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const reference = nlohmann::json::parse(support::read_file(data / "ref_region.json")).at("backtest_TV").at("60");
  auto const result = backtest_of(data, "");
  EXPECT_EQ(result.people[0].persons, 712U);
  EXPECT_NEAR(distance_after_a_year(result, Forecast::no_change), reference.at("no_change").get<double>(), 1e-9);
  // Draws move rates, and the mean of draws is not the prediction by the mean rates.
  EXPECT_NEAR(distance_after_a_year(result, Forecast::model), reference.at("rates_0_48").get<double>(), .01);
  EXPECT_NEAR(distance_after_a_year(result, Forecast::pooled), reference.at("rates_0_48").get<double>(), .01);
}

TEST(MvadBacktest, FindsThatRatesOfTheLastYearDoBetter) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const reference = nlohmann::json::parse(support::read_file(data / "ref_region.json")).at("backtest_TV").at("60");
  auto const result = backtest_of(data, "estimate: {bands: {period: [0, 36]}}\n");
  double const last_year = distance_after_a_year(result, Forecast::model);
  EXPECT_NEAR(last_year, reference.at("rates_36_48").get<double>(), .01);
  EXPECT_LT(last_year, distance_after_a_year(result, Forecast::no_change));
}

}  // namespace
}  // namespace utvei
