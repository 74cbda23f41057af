// SPDX-License-Identifier: Apache-2.0
// How much region and year matter to the school-to-work intensities, and what rates that are frozen predict.
#include "mvad_study.hpp"
#include "support/matrix_exponential.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Of rates per month, as the reference has it.
double log_likelihood(std::filesystem::path const& data, std::string_view estimate) {
  support::TempFolder const folder;
  auto const mvad = fit_mvad(write_mvad_study(folder, data, estimate));
  double sum = 0;
  for (auto const& transition : mvad.fit.summary.transitions)
    sum += transition.log_likelihood - static_cast<double>(transition.events) * std::log(12.0);
  return sum;
}

TEST(MvadLikelihood, OfConstantRatesOfRegionsAndOfYears) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  double const constant = log_likelihood(data, "");
  double const by_region = log_likelihood(data, "estimate: {region: fixed}\n");
  EXPECT_NEAR(constant, -9760.61766245685, 1e-6);
  EXPECT_NEAR(by_region, -9633.06833308872, 1e-6);
  EXPECT_NEAR(2 * (by_region - constant), 255.09865873626, 1e-6);
  EXPECT_NEAR(log_likelihood(data, "estimate:\n  bands: {period: [0, 12, 24, 36, 48, 60]}\n"), -8803.81942576939, 1e-6);
}

/// Shares of the states in a month of the data.
std::vector<double> shares(std::filesystem::path const& data, std::string const& month) {
  std::vector<double> result(mvad_states.size(), 0);
  auto const rows = support::read_csv(data / "data.csv");
  for (auto const& row : rows) {
    auto const state = std::find(mvad_states.begin(), mvad_states.end(), row.at(month)) - mvad_states.begin();
    result[static_cast<std::size_t>(state)] += 1.0 / static_cast<double>(rows.size());
  }
  return result;
}

/// Shares after some months of constant rates that were estimated in a window.
std::vector<double> predicted(std::filesystem::path const& data, std::string_view window, double months,
                              std::vector<double> const& start) {
  support::TempFolder const folder;
  auto text = support::read_file(write_mvad_study(folder, data, ""));
  std::string const whole = "{from: 0, to: 72}";
  text.replace(text.find(whole), whole.size(), window);
  auto const mvad = fit_mvad(folder.write("study.yaml", text));
  auto q = support::zeros(mvad_states.size());
  for (RateCell const& cell : mvad.fit.cells) {
    auto const& transition = mvad.study.model.transitions[cell.transition];
    q[transition.from.value()][transition.to.value()] += cell.rate / 12;
    q[transition.from.value()][transition.from.value()] -= cell.rate / 12;
  }
  auto const p = support::matrix_exponential(q, months);
  std::vector<double> result(start.size(), 0);
  for (std::size_t i = 0; i < start.size(); ++i)
    for (std::size_t j = 0; j < start.size(); ++j) result[j] += start[i] * p[i][j];
  return result;
}

double total_variation(std::vector<double> const& a, std::vector<double> const& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]) / 2;
  return sum;
}

TEST(MvadBackTest, RatesOfTheLastYearPredictBetterThanTheMeanOfAll) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const start = shares(data, "Jul.97");
  auto const seen = shares(data, "Jul.98");
  auto const of_all = predicted(data, "{from: 0, to: 48}", 12, start);
  auto const of_the_last = predicted(data, "{from: 36, to: 48}", 12, start);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_backtest_state_distribution.csv")) {
    if (row.at("month") != "60") continue;
    auto const state = static_cast<std::size_t>(std::find(mvad_states.begin(), mvad_states.end(), row.at("state")) -
                                                mvad_states.begin());
    EXPECT_NEAR(of_all[state], support::number(row, "pred_rates_0_48"), 1e-9);
    EXPECT_NEAR(of_the_last[state], support::number(row, "pred_rates_36_48"), 1e-9);
    EXPECT_NEAR(seen[state], support::number(row, "observed"), 1e-12);
    ++compared;
  }
  EXPECT_EQ(compared, 6);
  EXPECT_NEAR(total_variation(seen, of_all), 0.196, 0.0005);
  EXPECT_NEAR(total_variation(seen, of_the_last), 0.051, 0.0005);
  EXPECT_NEAR(total_variation(seen, start), 0.072, 0.0005);
}

}  // namespace
}  // namespace utvei
