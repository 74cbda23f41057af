// SPDX-License-Identifier: Apache-2.0
#include "support/csv.hpp"
#include "two_state_study.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

BacktestScore total_of(Backtest const& result, Forecast forecast) {
  return *std::ranges::find(result.total, forecast, &BacktestScore::forecast);
}

TEST(Backtest, CoversTheTruthAsOftenAsItSays) {
  double within_50 = 0;
  double within_90 = 0;
  constexpr int worlds = 30;
  for (std::uint32_t seed = 1; seed <= worlds; ++seed) {
    TwoStateStudy study{seed, 8, 150, "estimate: {region: pooled}\nbacktest: {draws: 99}\n"};
    auto const result = study.run({"1461"});
    auto const score = total_of(result, Forecast::model);
    EXPECT_EQ(score.predictions, 8U * 2 * 2);
    within_50 += score.coverage_50 / worlds;
    within_90 += score.coverage_90 / worlds;
    // Everybody staying where he is is worse than rates that are right.
    EXPECT_GT(total_of(result, Forecast::no_change).crps, score.crps);
  }
  // 480 predictions of one state (the other is its complement), those of a region over two years not independent.
  EXPECT_NEAR(within_90, .9, .04);
  EXPECT_NEAR(within_50, .5, .08);
}

TEST(Backtest, UsesTheLimitsAndClassesThatTheEarlyYearsGive) {
  for (std::string const more : {"limits: [out]", "frailty: {classes: 2}"}) {
    TwoStateStudy study{7, 4, 150, "estimate: {region: pooled, " + more + "}\nbacktest: {draws: 20}\n"};
    study.folder.write("model.yaml",
                       "utvei: model/1\nname: two\nregions: regions.csv\n"
                       "states: {in: {}, out: {limit: {after: 300 days, to: " +
                           std::string{more.starts_with("limits") ? "estimated" : "{in: 1}"} +
                           "}}}\ntransitions:\n  - {from: in, to: out}\n  - {from: out, to: in}\n");
    auto const result = study.run({"1461"});
    EXPECT_EQ(total_of(result, Forecast::model).failed, "") << more;
    EXPECT_EQ(total_of(result, Forecast::raw).failed, "") << more;
    EXPECT_EQ(total_of(result, Forecast::model).predictions, 4U * 2 * 2) << more;
  }
}

TEST(Backtest, GivesTheSameBytesForAnyNumberOfThreads) {
  TwoStateStudy study{3, 3, 60, "estimate: {region: pooled}\nbacktest: {split: [1096, 1461], draws: 20}\n"};
  auto const one = study.run({}, 1);
  auto const three = study.run({}, 3);
  EXPECT_EQ(to_csv(backtest_lines_table(one, study.study)), to_csv(backtest_lines_table(three, study.study)));
  EXPECT_EQ(to_csv(backtest_scores_table(one, study.study)), to_csv(backtest_scores_table(three, study.study)));
  ASSERT_EQ(one.people.size(), 2U);
  EXPECT_EQ(one.people[0].seen_later.size(), 3U);  // years from day 1096
  EXPECT_EQ(one.people[1].seen_later.size(), 2U);
}

TEST(Backtest, PredictsEverybodyWhoIsSeen) {
  TwoStateStudy study{4, 3, 60, "estimate: {region: fixed}\nbacktest: {split: 1461, draws: 20}\n"};
  auto const result = study.run({});
  double predicted = 0;
  std::int64_t observed = 0;
  std::set<std::string> regions;
  for (auto const& line : result.lines) {
    if (line.forecast != Forecast::raw || line.years != 2) continue;
    predicted += line.mean;
    observed += line.observed;
    regions.insert(line.region);
  }
  EXPECT_EQ(observed, 180);
  EXPECT_NEAR(predicted, 180, 1e-9);
  EXPECT_EQ(regions, (std::set<std::string>{"r10", "r11", "r12"}));
}

TEST(Backtest, SaysWhichWayCannotPredict) {
  TwoStateStudy study{5, 2, 40, "backtest: {split: 1461, draws: 20}\n"};
  // Without a region of anybody; and with a third state that people can come to, of which nothing is known.
  auto text = support::read_file(study.path);
  text.replace(text.find(", region: region"), 16, "");
  support::write_file(study.path, text);
  auto const without = study.run({});
  EXPECT_THAT(total_of(without, Forecast::raw).failed, HasSubstr("no regions"));
  EXPECT_EQ(total_of(without, Forecast::pooled).failed, "");
  EXPECT_THAT(describe(without, study.study, 0), HasSubstr("raw        no prediction: the study has no regions"));
  support::write_file(study.folder / "model.yaml",
                      "utvei: model/1\nname: two\nregions: regions.csv\nstates: {in: {}, out: {}, away: {}}\n"
                      "transitions:\n  - {from: in, to: out}\n  - {from: out, to: in}\n  - {from: out, to: away}\n"
                      "  - {from: away, to: in}\n");
  auto const gaps = study.run({});
  EXPECT_THAT(total_of(gaps, Forecast::model).failed, HasSubstr("no rate for `away -> in`"));
  EXPECT_EQ(total_of(gaps, Forecast::no_change).failed, "");
}

TEST(Backtest, KnowsNothingOfTheFuture) {
  TwoStateStudy study{7, 1, 40, "bridge: 30 days\nbacktest: {split: 1461, draws: 20}\n"};
  auto const before = study.run({});
  // What is written after the split goes on differently: nobody is seen in it, or everybody is in for good.
  std::string rows = "person,start,stop,state\n";
  for (auto const& row : support::read_csv(study.folder / "spells.csv")) {
    auto const start = std::stoll(row.at("start"));
    auto const stop = row.at("stop").empty() ? TwoStateStudy::days : std::stoll(row.at("stop"));
    if (start >= 1455) continue;
    rows += row.at("person") + "," + row.at("start") + "," + std::to_string(std::min<long long>(stop, 1455)) + "," +
            row.at("state") + "\n";
  }
  for (int person = 1; person <= 40; ++person) rows += std::to_string(person) + ",1465,,in\n";
  support::write_file(study.folder / "spells.csv", rows);
  // Bridged with what is known later, those who were in on day 1455 are in at the split; nobody could know it then.
  EXPECT_THROW(study.run({}), InputError);
  EXPECT_EQ(before.people[0].persons, 40U);
}

TEST(Backtest, StopsWhenItIsAskedTo) {
  TwoStateStudy study{8, 1, 40};
  StopFlag const stop{true};
  EXPECT_THROW(study.run({"1461"}, 1, &stop), Interrupted);
}

TEST(Backtest, IsReadFromTheStudyOrTheCommandLine) {
  TwoStateStudy study{6, 1, 5, "backtest: {split: [1000, 900, 2000, soon], draws: 3, split_at: 4}\n"};
  Diagnostics diagnostics;
  auto const read = read_study(study.path, {}, {}, diagnostics);
  read_backtest_options(read, {}, diagnostics);
  auto const text = render(diagnostics);
  EXPECT_THAT(text, HasSubstr("the splits do not rise"));
  EXPECT_THAT(text, HasSubstr("the split 2000 leaves nothing to predict"));
  EXPECT_THAT(text, HasSubstr("`soon` is not a moment of time"));
  EXPECT_THAT(text, HasSubstr("draws"));
  EXPECT_THAT(text, HasSubstr("split_at"));
  Diagnostics given;
  TwoStateStudy plain{6, 1, 5};
  auto const other = read_study(plain.path, {}, {}, given);
  EXPECT_EQ(read_backtest_options(other, {"900", "1000"}, given).splits.size(), 2U);
  EXPECT_FALSE(given.has_errors());
}

}  // namespace
}  // namespace utvei
