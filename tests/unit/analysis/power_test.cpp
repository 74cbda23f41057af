// SPDX-License-Identifier: Apache-2.0
// Studies in a world whose shares are known: 0.3 are in work after a year without the measure, 0.5 with it.
#include "../../../sim/analysis/fisher.hpp"
#include "../../../sim/analysis/two_sample_survival.hpp"
#include "support/files.hpp"
#include "support/world.hpp"

#include <utvei/analysis/power.hpp>

#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

// 1 - exp(-rate) = 0.3, and ln 0.5 / ln 0.7 times the rate gives 0.5.
constexpr std::string_view known_model = R"(utvei: model/1
name: known
states: {outside: {group: outside}, work: {group: work, absorbing: true}, elsewhere: {group: outside}}
transitions:
  - {from: outside, to: work, rate_per_year: 0.35667494393873245}
  - {from: elsewhere, to: outside, rate_per_year: 0}
)";
constexpr std::string_view known_scenario = R"(start: 2025-01-01
years: 2
population: {persons: 3000, state: {outside: 2, elsewhere: 1}}
seed: 4
measures:
  - name: coach
    who: {state: outside}
    uptake: 0.5
    lasts: {median: 20 years, shape: fixed}
    effects: [{transition: outside -> work, hazard_ratio: 1.9433582098747317, assumed: true}]
)";

PowerReport report_of(std::string const& more, std::size_t threads = 2, std::string const& of_scenario = {}) {
  support::TempFolder const folder;
  auto const world = support::make_world(folder, known_model, std::string{known_scenario} + of_scenario);
  std::string const path = folder.write("study.yaml",
                                        "utvei: power/1\nname: study\nscenario: scenario.yaml\nmeasure: coach\n"
                                        "follow: 365.25 days\n" +
                                            more);
  Diagnostics diagnostics;
  StudyDesign const design = read_power(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  PowerReport const report =
      simulate_studies(design, world.scenario, world.rates, world.people, {threads, nullptr, {}}, diagnostics);
  throw_if_errors(diagnostics);
  return report;
}

constexpr double se_of_share = 0.0025;  ///< of 40,000 people

TEST(Power, FollowsTheArmsOfAStudy) {
  PowerReport const report =
      report_of("persons: 30\nassign: randomised\noutcome: employed_at\nestimator: difference\n");
  EXPECT_EQ(report.eligible, 2000);
  EXPECT_NEAR(report.control, 0.3, 4 * se_of_share);
  EXPECT_NEAR(report.treated, 0.5, 4 * se_of_share);
}

/// 15 and 15 people: the exact power is 0.097.
TEST(Power, IsThatOfFishersTest) {
  PowerReport const report =
      report_of("persons: [30, 300]\nassign: randomised\noutcome: employed_at\nestimator: difference\nstudies: 4000\n");
  for (StudySize const& size : report.sizes) {
    double const exact = power_of_fisher(size.treated, size.controls, report.treated, report.control, 0.05);
    EXPECT_NEAR(size.power, exact, 4 * std::sqrt(exact * (1 - exact) / 4000)) << size.persons;
  }
  EXPECT_NEAR(report.sizes[0].power, 0.0966, 0.03);
  EXPECT_NEAR(report.sizes[0].power_se, std::sqrt(report.sizes[0].power * (1 - report.sizes[0].power) / 4000), 1e-12);
  // What little is found is far too large.
  EXPECT_GT(*report.sizes[0].exaggeration, 1.8);
  EXPECT_LT(*report.sizes[1].exaggeration, 1.1);
  EXPECT_GT(*report.sizes[0].least_effect, 0.4);
}

TEST(Power, FindsHowManyPeopleItTakes) {
  PowerReport const report =
      report_of("persons: 30\nassign: randomised\noutcome: employed_at\nestimator: difference\n");
  auto const half = *report.enough / 2;
  EXPECT_GE(power_of_fisher(half, half, report.treated, report.control, 0.05), 0.79);
  EXPECT_LT(power_of_fisher(half * 9 / 10, half * 9 / 10, report.treated, report.control, 0.05), 0.8);
}

TEST(Power, GrowsWithControlsOfARegister) {
  std::string const rest = "persons: 30\noutcome: employed_at\nestimator: difference\nstudies: 4000\nassign: ";
  StudySize const one = report_of(rest + "register_controls\n").sizes[0];
  StudySize const ten = report_of(rest + "{register_controls: 10}\n").sizes[0];
  EXPECT_EQ(one.controls, 30);
  EXPECT_EQ(ten.controls, 300);
  EXPECT_NEAR(one.power, 0.259, 0.05);
  EXPECT_NEAR(ten.power, 0.565, 0.06);
}

/// With a hazard ratio of 1.94 and half of the events that Schoenfeld's formula asks for, power is far below the
/// wanted.
TEST(Power, OfAHazardRatio) {
  PowerReport const report = report_of(
      "persons: [60, 400]\nassign: randomised\noutcome: ever_employed\nestimator: hazard_ratio\nstudies: 2000\n");
  EXPECT_NEAR(std::log(report.hazard_ratio), std::log(1.9433582098747317), 0.05);
  double const events = events_needed(report.hazard_ratio, 0.5, 0.05, 0.8);
  EXPECT_NEAR(*report.enough, events / 0.4, 12);
  EXPECT_LT(report.sizes[0].power, 0.4);
  EXPECT_GT(report.sizes[1].power, 0.95);
}

TEST(Power, LosesPeople) {
  std::string const rest =
      "persons: 150\nassign: randomised\noutcome: employed_at\nestimator: difference\nstudies: 4000\n";
  PowerReport const some = report_of(rest + "lost: {treated: 0.4, control: 0.4}\n");
  double const exact = power_of_fisher(45, 45, some.treated, some.control, 0.05);
  // The numbers that are left are luck, too.
  EXPECT_NEAR(some.sizes[0].power, exact, 0.04);
  EXPECT_LT(some.sizes[0].power, report_of(rest).sizes[0].power - 0.1);
}

TEST(Power, IsNoneOfBeforeAndAfter) {
  PowerReport const report =
      report_of("persons: 30\nassign: before_after\noutcome: employed_at\nestimator: difference\n");
  EXPECT_TRUE(report.sizes.empty());
  EXPECT_FALSE(report.enough);
}

/// Nobody who waits begins before the end: it is a study by lot, to the last bit.
TEST(Power, OfALongWaitIsThatOfALot) {
  for (std::string const rest :
       {"persons: [40, 90]\noutcome: employed_at\nestimator: difference\nstudies: 500\nassign: ",
        "persons: [40, 90]\noutcome: ever_employed\nestimator: hazard_ratio\nlost: 0.1\nstudies: 500\nassign: ",
        "persons: [40, 90]\noutcome: employed_at\nestimator: mixed_model\nwaves: [6 months, 365.25 days]\nstudies: "
        "100\nassign: "}) {
    PowerReport const lot = report_of(rest + "randomised\n");
    PowerReport const wait = report_of(rest + "{waiting_list: 2 years}\n");
    EXPECT_EQ(wait.waiting, lot.control);
    EXPECT_EQ(wait.effect, lot.effect);
    EXPECT_EQ(wait.enough, lot.enough);
    for (std::size_t s = 0; s < 2; ++s) {
      EXPECT_EQ(wait.sizes[s].power, lot.sizes[s].power);
      EXPECT_EQ(wait.sizes[s].least_effect, lot.sizes[s].least_effect);
      EXPECT_EQ(wait.sizes[s].exaggeration, lot.sizes[s].exaggeration);
      EXPECT_EQ(wait.sizes[s].wrong_sign, lot.sizes[s].wrong_sign);
    }
  }
}

/// After half the time half of the hazards' difference is gone: 1 - sqrt(0.7 0.5) are in work.
TEST(Power, OfAWaitIsOfWhatIsLeftOfTheEffect) {
  PowerReport const report =
      report_of("persons: 300\nassign: {waiting_list: 182.625 days}\noutcome: employed_at\nestimator: difference\n");
  EXPECT_NEAR(report.control, 0.3, 4 * se_of_share);
  EXPECT_NEAR(*report.waiting, 1 - std::sqrt(0.35), 4 * se_of_share);
  EXPECT_EQ(report.effect, report.treated - *report.waiting);
  double const exact = power_of_fisher(150, 150, report.treated, *report.waiting, 0.05);
  EXPECT_NEAR(report.sizes[0].power, exact, 4 * std::sqrt(exact * (1 - exact) / 2000));
}

/// Seen at the end alone, a mixed model is a t test of shares.
TEST(Power, LeavesOutAWaveAtWhichAllAreTheSame) {
  PowerReport const report = report_of(
      "persons: 200\nassign: randomised\noutcome: employed_at\nestimator: mixed_model\nwaves: [start, 365.25 days]\n");
  double const se = std::sqrt((report.treated * (1 - report.treated) + report.control * (1 - report.control)) / 100);
  double const expected = 0.5 * std::erfc(-(report.effect / se - 1.972) / std::sqrt(2));
  EXPECT_NEAR(report.sizes[0].power, expected, 4 * std::sqrt(expected * (1 - expected) / 2000) + 0.01);
  EXPECT_NEAR(*report.sizes[0].false_alarms, 0.05, 0.02);
}

TEST(Power, SplitsAChangeThatNobodyIsComparedWith) {
  PowerReport const report =
      report_of("persons: 30\nassign: before_after\noutcome: employed_at\nestimator: difference\n");
  EXPECT_EQ(report.change->at_start, 0);
  EXPECT_EQ(report.change->development, report.control);
  EXPECT_EQ(report.change->effect, report.treated - report.control);
}

constexpr std::string_view known_score = R"(scores:
  sense:
    range: [0, 100]
    step: 0.1
    level: {mean: 50, sd: 10}
    error: {retest: 0.5}
    measures: {coach: {shift: 4}}
    assumed: true
)";
std::string const score_waves =
    "persons: 200\noutcome: {score: sense, at: 6 months}\nestimator: mixed_model\nwaves: [start, 6 months]\n";

/// Who measures below the mean measures sqrt(200) sqrt(2/π) below it, of which half is error.
TEST(Power, TellsRegressionToTheMeanFromEffect) {
  std::string const design = score_waves + "assign: before_after\nenrol: {score: sense, below: 50}\n";
  PowerReport const report = report_of(design, 2, std::string{known_score});
  double const below = std::sqrt(200.0) * std::sqrt(2 / std::numbers::pi);
  EXPECT_NEAR(*report.enrolled, 0.5, 0.01);
  EXPECT_NEAR(report.change->at_start, 50 - below, 0.25);
  EXPECT_NEAR(report.change->regression, below / 2, 0.25);
  EXPECT_NEAR(report.change->development, 0, 0.25);
  EXPECT_NEAR(report.change->effect, 4, 0.05);
  EXPECT_NEAR(report_of(design + "retest: 1\n", 2, std::string{known_score}).change->regression, 0, 1e-9);
}

/// As a formula has it of measurements that correlate by a half, of variance 200: the start helps, not the measure.
TEST(Power, OfAScoreInWaves) {
  PowerReport const report = report_of(score_waves + "assign: randomised\n", 2, std::string{known_score});
  double const se = std::sqrt(2 * 200 * (1 - 0.25) / 100);
  double const expected = 0.5 * std::erfc(-(4 / se - 1.972) / std::sqrt(2));
  EXPECT_NEAR(report.effect, 4, 0.05);
  EXPECT_NEAR(report.sizes[0].power, expected, 4 * std::sqrt(expected * (1 - expected) / 2000) + 0.01);
  EXPECT_NEAR(*report.sizes[0].false_alarms, 0.05, 0.02);
  EXPECT_NEAR(report.spread, std::sqrt(200.0), 0.2);
}

/// Who are enrolled for what they measure vary less at the start: the model's errors are too small, robust ones are
/// not.
TEST(Power, OfThoseWhoAreEnrolledTakesRobustErrors) {
  std::string const design =
      score_waves + "assign: randomised\nenrol: {score: sense, below: 45}\nstudies: 4000\nerrors: ";
  double const of_model = *report_of(design + "model\n", 2, std::string{known_score}).sizes[0].false_alarms;
  double const robust = *report_of(design + "robust\n", 2, std::string{known_score}).sizes[0].false_alarms;
  EXPECT_GT(of_model, 0.07);
  EXPECT_NEAR(robust, 0.05, 0.014);
}

TEST(Power, TakesRobustErrorsOfThoseWhoAreEnrolled) {
  std::string const design = score_waves + "assign: randomised\nenrol: {score: sense, below: 45}\nstudies: 500\n";
  double const unsaid = report_of(design, 2, std::string{known_score}).sizes[0].power;
  EXPECT_EQ(unsaid, report_of(design + "errors: robust\n", 2, std::string{known_score}).sizes[0].power);
  EXPECT_NE(unsaid, report_of(design + "errors: model\n", 2, std::string{known_score}).sizes[0].power);
}

/// Controls of a register are people, too; each person stands for as many as the scenario's weight.
TEST(Power, CountsWhoIsThere) {
  std::string const rest = "persons: 30\noutcome: employed_at\nestimator: difference\nstudies: 500\nassign: ";
  PowerReport const report = report_of(rest + "{register_controls: 3}\n", 2, "weight: 10\n");
  EXPECT_EQ(report.available, 20'000);
  EXPECT_EQ(report.enough_controls, *report.enough * 3);
}

TEST(Power, OfBothEndsOfAnInterval) {
  std::string const uncertain = "{mean: 4, interval_95: [1, 7]}";
  std::string score{known_score};
  score.replace(score.find("shift: 4"), 8, "shift: " + uncertain);
  std::string const design = score_waves + "assign: randomised\nstudies: 500\n";
  PowerReport const report = report_of(design, 2, score);
  ASSERT_EQ(report.at_ends.size(), 2);
  EXPECT_NEAR(report.at_ends[0].effect, 1, 0.05);
  EXPECT_NEAR(report.at_ends[1].effect, 7, 0.05);
  EXPECT_LT(report.at_ends[0].power[0], 0.25);
  EXPECT_GT(report.at_ends[1].power[0], 0.9);
  EXPECT_TRUE(report_of(design, 2, std::string{known_score}).at_ends.empty());
}

TEST(Power, IsTheSameForAnyNumberOfThreads) {
  std::string const design =
      "persons: [30, 100]\nassign: randomised\noutcome: ever_employed\nestimator: hazard_ratio\nlost: 0.2\nstudies: "
      "300\n";
  PowerReport const one = report_of(design, 1);
  PowerReport const three = report_of(design, 3);
  for (std::size_t s = 0; s < 2; ++s) {
    EXPECT_EQ(one.sizes[s].power, three.sizes[s].power);
    EXPECT_EQ(one.sizes[s].exaggeration, three.sizes[s].exaggeration);
  }
}

/// The tea of the lady: all four right of eight has p = 2/70 (Fisher 1935), three right 34/70.
TEST(FisherTest, HasItsExactPValues) {
  EXPECT_NEAR(FisherTest::p_value_of(4, 4, 4, 0), 2.0 / 70, 1e-12);
  EXPECT_NEAR(FisherTest::p_value_of(4, 4, 3, 1), 34.0 / 70, 1e-12);
  FisherTest const test{7, 12};
  for (std::uint32_t x = 0; x <= 7; ++x)
    for (std::uint32_t y = 0; y <= 12; ++y) EXPECT_NEAR(test.p_value(x, y), FisherTest::p_value_of(7, 12, x, y), 1e-12);
}

/// By hand: events at 1 (treated), 2 (control), 3 (treated); O - E = 2 - (1/2 + 1/3 + 1/2), V = 1/4 + 2/9 + 1/4.
TEST(TwoSampleSurvival, IsTheLogRankTest) {
  std::vector<FollowedUp> const people{{1, true, true}, {2, true, false}, {3, true, true}, {4, false, false}};
  TwoSampleResult const result = compare_survival(people);
  double const z = (2 - (0.5 + 1.0 / 3 + 0.5)) / std::sqrt(0.25 + 2.0 / 9 + 0.25);
  EXPECT_NEAR(result.p_value, std::erfc(z / std::sqrt(2)), 1e-12);
  // The score of Cox's likelihood is zero where it says it is.
  double const r = std::exp(result.log_hazard_ratio);
  EXPECT_NEAR(1 - 2 * r / (2 * r + 2) - r / (r + 2) + 1 - r / (r + 1), 0, 1e-8);
}

}  // namespace
}  // namespace utvei
