// SPDX-License-Identifier: Apache-2.0
#include "support/plain_model.hpp"

#include <utvei/analysis/expected_counts.hpp>
#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/random.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

Model grouped_model() {
  Model model = support::plain_model({"job", "school", "aap", "disability"}, {{0, 2}, {2, 0}, {2, 1}, {2, 3}, {3, 0}});
  model.states[StateId{0}].group = "work";
  model.states[StateId{1}].group = "education";
  model.states[StateId{2}].group = "outside";
  model.states[StateId{3}].group = "outside";
  return model;
}

OutcomeAsked outcome_of(std::string const& word) {
  Diagnostics diagnostics;
  auto const read = read_outcomes({word}, std::nullopt, grouped_model(), diagnostics);
  throw_if_errors(diagnostics);
  return read.at(0);
}

TEST(ReadOutcomes, TakesGroupsStatesAndSums) {
  auto const out = outcome_of("outside -> work + education");
  EXPECT_THAT(out.transitions, ElementsAre(TransitionId{1}, TransitionId{2}, TransitionId{4}));
  EXPECT_EQ(out.better, Better::more);
  EXPECT_EQ(outcome_of("job -> *").better, Better::less);
  auto const stock = outcome_of("outside");
  EXPECT_EQ(stock.kind, OutcomeAsked::Kind::stock);
  EXPECT_THAT(stock.states, ElementsAre(StateId{2}, StateId{3}));
  EXPECT_EQ(stock.better, Better::less);
  EXPECT_EQ(outcome_of("work + school").better, Better::more);
  EXPECT_THAT(default_outcomes(grouped_model(), true), ElementsAre("outside -> work + education", "outside"));
}

TEST(ReadOutcomes, TellsAllThatIsWrong) {
  Diagnostics diagnostics;
  auto const read =
      read_outcomes({"outsid", "job -> disability", "aap -> disability"}, std::nullopt, grouped_model(), diagnostics);
  EXPECT_THAT(read, SizeIs(0));
  EXPECT_EQ(diagnostics.error_count(), 3U);
  std::string const text = render(diagnostics);
  EXPECT_THAT(text, HasSubstr("did you mean `outside`?"));
  EXPECT_THAT(text, HasSubstr("no transition of the model is `job -> disability`"));
  EXPECT_THAT(text, HasSubstr("--better"));
}

double poisson_count(double mean, std::uint32_t region, std::uint32_t round) {
  static StreamId const stream = stream_of("test: events of regions");
  double left = uniform(RandomKey{11, round, 0}, PersonKey{region}, stream, 0);
  double probability = std::exp(-mean);
  double count = 0;
  while (left > probability && probability > 0) {
    left -= probability;
    probability *= mean / ++count;
  }
  return count;
}

/// Regions in counties of ten, whose true log ratios are normal.
struct TrueRegions {
  Regions tree;
  OutcomeData data;
  std::vector<double> log_ratio;
};
TrueRegions true_regions(std::size_t regions, double sd, double sd_county, std::uint32_t round) {
  static StreamId const stream = stream_of("test: truth of regions");
  RandomKey const key{11, round, 0};
  TrueRegions truth;
  double observed = 0;
  double expected = 0;
  for (std::size_t r = 0; r < regions; ++r) {
    std::size_t const county = r / 10;
    if (r % 10 == 0) truth.tree.add({"c" + std::to_string(county), {}, "county", "", "", "", {}, {}, {}});
    auto const parent = truth.tree.find("c" + std::to_string(county));
    truth.data.regions.push_back(
        truth.tree.add({"r" + std::to_string(r), parent, "municipality", "", "", "", {}, {}, {}}));
    auto const number = static_cast<std::uint32_t>(r);
    truth.log_ratio.push_back(sd * standard_normal(key, PersonKey{number}, stream, 0) +
                              sd_county * standard_normal(key, PersonKey{1000 + county}, stream, 0));
    double const mean = 10.0 + 3 * static_cast<double>(r % 40);
    truth.data.all.expected.push_back(mean);
    truth.data.all.observed.push_back(poisson_count(mean * std::exp(truth.log_ratio.back()), number, round));
    observed += truth.data.all.observed.back();
    expected += mean;
  }
  for (double& each : truth.data.all.expected) each *= observed / expected;
  for (double& each : truth.log_ratio) each -= std::log(observed / expected);
  truth.data.all.crude = truth.data.all.expected;
  truth.data.all.size.assign(regions, 1000);
  truth.data.all.chance.assign(regions, 1);
  return truth;
}

OutcomeReport report_of(TrueRegions const& truth, ExpectedOptions options = {}) {
  options.draws = 1000;
  return against_expected(outcome_of("outside -> work"), truth.data, truth.tree, options);
}

TEST(AgainstExpected, IntervalsAndRanksHoldTheTruth) {
  constexpr std::uint32_t rounds = 20;
  constexpr std::size_t regions = 60;
  double ratios = 0;
  double ranks = 0;
  double brier = 0;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    auto const truth = true_regions(regions, 0.3, 0, round);
    auto const report = report_of(truth);
    for (std::size_t r = 0; r < regions; ++r) {
      auto const& region = report.regions[r];
      double const log_ratio = truth.log_ratio[r];
      ratios += std::log(region.low_95) <= log_ratio && log_ratio <= std::log(region.high_95) ? 1 : 0;
      auto const rank = 1.0 + static_cast<double>(std::ranges::count_if(
                                  truth.log_ratio, [&](double other) { return other > log_ratio; }));
      ranks += region.rank.low_95 <= rank && rank <= region.rank.high_95 ? 1 : 0;
      brier += region.rank.in_best_tenth - (rank <= 6 ? 1 : 0);
    }
  }
  EXPECT_NEAR(ratios / (rounds * regions), 0.95, 0.025);
  EXPECT_NEAR(ranks / (rounds * regions), 0.95, 0.03);
  EXPECT_NEAR(brier / (rounds * regions), 0, 1e-9);  // six in each draw, and in truth
}

TEST(AgainstExpected, FindsTheVarianceWithinAndBetweenCounties) {
  double within = 0;
  double between = 0;
  constexpr std::uint32_t rounds = 6;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    auto const report = report_of(true_regions(300, 0.2, 0.3, 100 + round));
    ASSERT_TRUE(report.partition.at(1).between);
    within += report.partition[1].within / rounds;
    between += *report.partition[1].between / rounds;
  }
  EXPECT_NEAR(std::sqrt(within), 0.2, 0.02);
  EXPECT_NEAR(std::sqrt(between), 0.3, 0.05);
}

TEST(AgainstExpected, FlagsWhatStandsOutAndNamesCases) {
  auto truth = true_regions(50, 0.05, 0, 7);
  truth.data.all.observed[3] = 4 * truth.data.all.expected[3];
  truth.data.all.observed[40] = 0;
  auto const report = report_of(truth);
  EXPECT_EQ(report.regions[3].flag, Flag::better);
  EXPECT_EQ(report.regions[3].beyond_chance, Flag::better);
  EXPECT_EQ(std::ranges::count(report.regions, Flag::better, &RegionAgainstExpected::flag), 1);
  ASSERT_FALSE(report.best.empty());
  EXPECT_EQ(report.best.front(), 3U);
  EXPECT_GT(report.regions[3].rank.in_best_tenth, 0.99);
  EXPECT_LT(report.regions[3].rank.expected_rank, 2);
  EXPECT_GT(report.regions[3].ratio, 2);
  EXPECT_LT(report.regions[3].ratio, 4);
  EXPECT_LE(report.best.size(), 3U);
}

TEST(AgainstExpected, ReliabilityIsTheShareThatIsNotChance) {
  auto const report = report_of(true_regions(60, 0.3, 0, 3));
  double const variance = report.model.sd_region * report.model.sd_region;
  for (auto const& region : report.regions) {
    double const all = report.model.variance();
    EXPECT_NEAR(region.reliability, all / (all + 1 / region.expected), 1e-12);
  }
  EXPECT_GT(variance, 0);
}

TEST(AgainstExpected, SumsToALevel) {
  auto const truth = true_regions(60, 0.3, 0, 5);
  auto const counties = summed_to_level(truth.data, truth.tree, "county");
  EXPECT_THAT(counties.regions, SizeIs(6));
  double all = 0;
  for (std::size_t r = 0; r < 10; ++r) all += truth.data.all.observed[r];
  EXPECT_EQ(counties.all.observed[0], all);
  EXPECT_EQ(counties.all.size[5], 10'000);
  EXPECT_NEAR(counties.all.chance[2], 1, 1e-12);
}

TEST(AgainstExpected, FollowsRegionsOverYears) {
  auto truth = true_regions(30, 0.1, 0, 9);
  truth.data.periods = {truth.data.all, truth.data.all};
  truth.data.periods[0].label = "[2015,2020)";
  truth.data.periods[1].label = "[2020,)";
  truth.data.periods[1].observed[2] *= 3;
  auto const report = report_of(truth);
  ASSERT_THAT(report.trend, SizeIs(30));
  EXPECT_EQ(report.trend[2].flag, Flag::better);
  EXPECT_EQ(report.trend[5].flag, Flag::as_expected);
  EXPECT_THAT(report.periods, ElementsAre("[2015,2020)", "[2020,)"));
  // The national level of each period is its own, so the others fall a little.
  EXPECT_LT(report.trend[5].change, 1);
  EXPECT_LT(report.trend[5].low_95, 1);
  EXPECT_GT(report.trend[5].high_95, 1);
}

TEST(AgainstExpected, HidesSmallRegionsNeverOneAlone) {
  auto truth = true_regions(20, 0.1, 0, 2);
  truth.data.all.observed[4] = 2;
  auto report = report_of(truth);
  hide_small_regions(report, truth.data, {});
  EXPECT_TRUE(report.regions[4].hidden);
  EXPECT_GE(std::ranges::count(report.regions, true, &RegionAgainstExpected::hidden), 2);
  truth = true_regions(20, 0.1, 0, 2);
  truth.data.all.size[7] = 29.9;
  report = report_of(truth);
  hide_small_regions(report, truth.data, {});
  EXPECT_TRUE(report.regions[7].hidden);
  EXPECT_EQ(std::ranges::count(report.regions, true, &RegionAgainstExpected::hidden), 2);
}

TEST(AgainstExpected, HidesByTheRulesOfTheStudy) {
  auto truth = true_regions(20, 0.1, 0, 2);
  truth.data.all.observed[9] = 12;
  truth.data.all.size[7] = 45;
  DisclosureRules const rules{15, 50, 1};
  auto report = report_of(truth);
  hide_small_regions(report, truth.data, {});
  EXPECT_FALSE(report.regions[7].hidden);
  EXPECT_FALSE(report.regions[9].hidden);
  hide_small_regions(report, truth.data, rules);
  EXPECT_TRUE(report.regions[7].hidden);
  EXPECT_TRUE(report.regions[9].hidden);
}

/// All that is printed follows from rounded counts.
TEST(AgainstExpected, IsComputedOfRoundedCounts) {
  auto const truth = true_regions(20, 0.1, 0, 2);
  DisclosureRules const rules{5, 30, 7};
  auto const told = rounded_counts(truth.data, rules);
  auto const report = against_expected(outcome_of("outside -> work"), told, truth.tree, {});
  for (std::size_t r = 0; r < 20; ++r) {
    EXPECT_EQ(std::fmod(report.regions[r].observed, 7), 0);
    EXPECT_NEAR(report.regions[r].observed, truth.data.all.observed[r], 3.5);
    EXPECT_EQ(report.regions[r].size, 1001);
    EXPECT_NEAR(told.all.expected[r], truth.data.all.expected[r] * 1.001, 1e-9);
  }
  EXPECT_EQ(rounded_counts(truth.data, {}).all.observed, truth.data.all.observed);
}

TEST(AgainstExpected, HidesPeriodsWithFewPeople) {
  auto truth = true_regions(20, 0.1, 0, 2);
  truth.data.all.label = "2020";
  truth.data.periods = {truth.data.all, truth.data.all};
  truth.data.periods[0].size[3] = 29;
  auto report = report_of(truth);
  hide_small_regions(report, truth.data, {});
  EXPECT_FALSE(report.regions[3].hidden);
  EXPECT_TRUE(report.trend[3].hidden);
  EXPECT_EQ(std::ranges::count(report.trend, true, &RegionTrend::hidden), 2);
  // Of heads also those who are not in the states.
  truth.data.periods[0].size[3] = 1000;
  truth.data.periods[1].size[5] = truth.data.periods[1].observed[5] + 2;
  report = report_of(truth);
  report.outcome.kind = OutcomeAsked::Kind::stock;
  hide_small_regions(report, truth.data, {3, 1, 1});
  EXPECT_TRUE(report.trend[5].hidden);
}

}  // namespace
}  // namespace utvei
