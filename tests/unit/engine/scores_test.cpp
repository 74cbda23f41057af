// SPDX-License-Identifier: Apache-2.0
// Scores against their closed forms: in lives whose dates are known, and in mean, variance and correlation of many.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view calm_model = R"(utvei: model/1
name: calm
states: {outside: {group: outside}, work: {group: work}, dead: {absorbing: true}}
transitions:
  - {from: outside, to: work, rate_per_year: 0}
  - {from: work, to: outside, rate_per_year: 0}
  - {from: "*", to: dead, rate_per_year: 0}
)";

/// A course of 100 days that begins after 50.
constexpr std::string_view course_at_day_50 = R"(measures:
  - name: course
    who: {state: outside}
    found_after: {median: 50 days, shape: fixed}
    lasts: {median: 100 days, shape: fixed}
)";

RunResult scored(std::string const& people, std::string const& more, std::string_view model = calm_model) {
  return support::make_world(model, "start: 2025-01-01\nyears: 4\nseed: 5\npopulation: " + people + "\n" + more).run();
}

double mean_score(RunResult const& result, std::string const& wave) {
  return sum(result, "score_truth", {{"wave", wave}}) / sum(result, "score_persons", {{"wave", wave}});
}

double halves(double days, double half_life) {
  return std::exp2(-days / half_life);
}

/// Everybody's own level is 50, and nothing comes and goes.
std::string plain_score(std::string const& more) {
  return "scores:\n  soc: {range: [0, 100], step: 0.001, level: {mean: 50, sd: 0}, assumed: true" + more + "}\n";
}

TEST(Scores, GoToWhereAMeasureDrawsThemAndFadeBack) {
  RunResult const result = scored(
      "{persons: 3, state: outside}",
      std::string{course_at_day_50} +
          plain_score(", moves: {half_life: 30 days}, measures: {course: {shift: 8, after: {half_life: 60 days}}}") +
          "waves: {f: {since: {measure: course}, at: [start, 40 days, end, 90 days after end]}}\n");
  EXPECT_NEAR(mean_score(result, "f: start"), 50, 1e-5);
  EXPECT_NEAR(mean_score(result, "f: 40 days"), 50 + 8 * (1 - halves(40, 30)), 1e-5);
  EXPECT_NEAR(mean_score(result, "f: end"), 50 + 8 * (1 - halves(100, 30)), 1e-5);
  double const left = 8 * (1 - halves(100, 30)) * halves(90, 30);
  // kappa / (kappa - beta) = (1 / 30) / (1 / 30 - 1 / 60) = 2
  EXPECT_NEAR(mean_score(result, "f: 90 days after end"), 50 + left + 8 * 2 * (halves(90, 60) - halves(90, 30)), 1e-5);
}

TEST(Scores, FadeAsFastAsTheyMove) {
  RunResult const result = scored(
      "{persons: 3, state: outside}",
      std::string{course_at_day_50} +
          plain_score(", moves: {half_life: 30 days}, measures: {course: {shift: 8, after: {half_life: 30 days}}}") +
          "waves: {f: {since: {measure: course}, at: [60 days after end]}}\n");
  double const fading = std::log(2) * 60 / 30 * halves(60, 30);
  EXPECT_NEAR(mean_score(result, "f: 60 days after end"), 50 + 8 * (1 - halves(100, 30)) * halves(60, 30) + 8 * fading,
              1e-5);
}

TEST(Scores, StayWhereTheyAreDrawnIfTheFileSaysSo) {
  auto const after_a_year = [](std::string const& after) {
    return mean_score(
        scored("{persons: 3, state: outside}",
               std::string{course_at_day_50} + plain_score(", measures: {course: {shift: 8" + after + "}}") +
                   "waves: {f: {since: {measure: course}, at: [end, 1 year after end]}}\n"),
        "f: 1 year after end");
  };
  EXPECT_NEAR(after_a_year(", after: stays"), 58, 1e-5);
  EXPECT_NEAR(after_a_year(", after: none"), 50, 1e-5);
  EXPECT_NEAR(after_a_year(", after: {half_life: 1 year}"), 54, 1e-5);
}

/// In work for life: where people begin they have always been.
TEST(Scores, AreWhereTheFirstStateDrawsThem) {
  RunResult const result =
      scored("{persons: 3, state: work}", plain_score(", moves: {half_life: 30 days}, states: {work: 6}") +
                                              "waves: {f: {since: run, at: [start, 1 year]}}\n");
  EXPECT_NEAR(mean_score(result, "f: start"), 56, 1e-5);
  EXPECT_NEAR(mean_score(result, "f: 1 year"), 56, 1e-5);
}

TEST(Scores, AreLowWhileANeedIsUnmet) {
  RunResult const result = scored("{persons: 3, state: outside}",
                                  "needs: {debt: {share: 1, takes: {median: 40 days, shape: fixed}}}\n"
                                  "coordination: {way: together, assessment_after: {median: 20 days, shape: fixed}}\n" +
                                      plain_score(", moves: {half_life: 30 days}, needs: {debt: -10}") +
                                      "waves: {f: {since: contact, at: [start, 50 days, 90 days]}}\n");
  EXPECT_NEAR(mean_score(result, "f: start"), 50, 1e-5);
  EXPECT_NEAR(mean_score(result, "f: 50 days"), 50 - 10 * (1 - halves(50, 30)), 1e-5);
  EXPECT_NEAR(mean_score(result, "f: 90 days"), 50 - 10 * (1 - halves(60, 30)) * halves(30, 30), 1e-5);
}

/// dm/dt = κ (μ - m) with exponential stays: E m(t) = 6 κ ∫ P(work at s) exp(-κ (t - s)) ds, P(work at s) = 1 -
/// e^{-λs}.
TEST(Scores, FollowStatesInTheMean) {
  std::string model{calm_model};
  std::string const never = "{from: outside, to: work, rate_per_year: 0}";
  model.replace(model.find(never), never.size(), "{from: outside, to: work, rate_per_year: 0.8}");
  RunResult const result = scored(
      "{persons: 40000, state: outside}",
      plain_score(", moves: {half_life: 6 months}, states: {work: 6}") + "waves: {f: {since: run, at: [1 year]}}\n",
      model);
  double const kappa = 2 * std::log(2);
  double const lambda = 0.8;
  double const mean = 6 * (1 - std::exp(-kappa) - kappa / (kappa - lambda) * (std::exp(-lambda) - std::exp(-kappa)));
  // The standard deviation of m is below 3.
  EXPECT_NEAR(mean_score(result, "f: 1 year"), 50 + mean, 4 * 3 / std::sqrt(40000));
}

class ManyScores : public testing::Test {
 protected:
  static constexpr std::uint64_t persons = 50'000;
  RunResult result = scored("{persons: " + std::to_string(persons) + ", state: outside}",
                            "scores:\n  soc: {range: [0, 200], step: 0.01, level: {mean: 100, sd: 6}, wanders: {sd: 8, "
                            "half_life: 6 months}, error: {retest: 0.8}}\n"
                            "waves: {f: {since: run, at: [start, 6 months, 2 years]}}\n");
  [[nodiscard]] double variance(std::string const& wave, std::string const& total, std::string const& squares) const {
    double const n = persons;
    double const mean = sum(result, total, {{"wave", wave}}) / n;
    return sum(result, squares, {{"wave", wave}}) / n - mean * mean;
  }
};

/// Own levels 36, what comes and goes 64, error 100 (1 - 0.8) / 0.8 = 25.
TEST_F(ManyScores, VaryAsTheFileSays) {
  double const relative = 4 * std::sqrt(2.0 / persons);
  for (char const* wave : {"f: start", "f: 6 months", "f: 2 years"})
    EXPECT_NEAR(variance(wave, "score_sum", "score_squares"), 125, 125 * relative);
}

/// The variance of a change is 2 · 64 (1 - ρ) + 2 · 25, ρ being 1/2 after half a year and 1/16 after two years.
TEST_F(ManyScores, ComeAndGoAsTheHalfLifeSays) {
  double const relative = 4 * std::sqrt(2.0 / persons);
  EXPECT_NEAR(variance("f: 6 months", "score_change_sum", "score_change_squares"), 114, 114 * relative);
  EXPECT_NEAR(variance("f: 2 years", "score_change_sum", "score_change_squares"), 170, 170 * relative);
}

TEST(Scores, StayWithinTheirScale) {
  RunResult const result = scored("{persons: 5000, state: outside}",
                                  "scores: {soc: {range: [13, 33], level: {mean: 23, sd: 20}, error: {sd: 20}}}\n"
                                  "waves: {f: {since: run, at: [start]}}\n");
  double const mean = sum(result, "score_sum") / 5000;
  double const squares = sum(result, "score_squares") / 5000;
  // Most are at one of the two ends, half each; without ends the variance were 800.
  EXPECT_NEAR(mean, 23, 0.5);
  EXPECT_LE(squares - mean * mean, 100);
  EXPECT_GT(squares - mean * mean, 60);
}

TEST(Scores, AreNotMeasuredOfTheDead) {
  std::string model{calm_model};
  std::string const never = R"({from: "*", to: dead, rate_per_year: 0})";
  model.replace(model.find(never), never.size(), R"({from: "*", to: dead, rate_per_year: 0.5})");
  RunResult const result = scored("{persons: 20000, state: outside}",
                                  plain_score("") + "waves: {f: {since: run, at: [start, 2 years]}}\n", model);
  EXPECT_EQ(sum(result, "score_persons", {{"wave", "f: start"}}), 20000);
  double const alive = std::exp(-1.0);
  EXPECT_NEAR(sum(result, "score_persons", {{"wave", "f: 2 years"}}) / 20000, alive,
              4 * std::sqrt(alive * (1 - alive) / 20000));
}

/// Only what a scenario changes makes scores differ: luck and errors are the same.
TEST(Scores, ShareLuckBetweenScenarios) {
  auto const run = [](std::string const& shift) {
    return scored(
        "{persons: 200, state: outside}",
        std::string{course_at_day_50} +
            "scores:\n  soc: {range: [0, 100000], level: {mean: 50000, sd: 900}, wanders: {sd: 500, half_life: 1 "
            "year}, error: {sd: 700}, measures: {course: {shift: " +
            shift + "}}, assumed: true}\n" + "waves: {f: {since: {measure: course}, at: [20 days]}}\n");
  };
  RunResult const without = run("0");
  RunResult const with = run("37");
  EXPECT_NEAR(sum(with, "score_sum") - sum(without, "score_sum"), 200 * 37, 200);
  EXPECT_NEAR(sum(with, "score_truth") - sum(without, "score_truth"), 200 * 37, 1e-2);
}

TEST(Scores, AreDrawnWithTheParameters) {
  RunResult const result =
      support::make_world(
          calm_model,
          "start: 2025-01-01\nyears: 1\nseed: 5\ndraws: 400\ngroups: 2\npopulation: {persons: 1, state: work}\n"
          "scores: {soc: {range: [0, 100], step: 0.001, level: {mean: 50, sd: 0}, states: {work: {mean: 4, "
          "interval_95: [2.04, 5.96]}}, assumed: true}}\nwaves: {f: {since: run, at: [start]}}\n")
          .run();
  support::Mean drawn;
  for (int draw = 0; draw < 400; ++draw) drawn.add(sum(result, "score_truth", {{"draw", std::to_string(draw)}}) - 50);
  EXPECT_NEAR(drawn.mean(), 4, 4 * drawn.se());
  EXPECT_NEAR(drawn.variance(), 1, 4 * std::sqrt(2.0 / 400));
}

}  // namespace
}  // namespace utvei
