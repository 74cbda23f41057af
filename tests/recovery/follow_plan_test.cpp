// SPDX-License-Identifier: Apache-2.0
// Plans are followed by figures of other seeds of the same scenario: bands of 80 % hold them 80 times in 100, and where
// half as many say yes, the step that slips is the start and no other.
#include "support/world.hpp"

#include <utvei/follow/follow.hpp>
#include <utvei/results/outcome.hpp>
#include <utvei/results/weigh.hpp>

#include <cmath>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view followed_model = R"(utvei: model/1
name: followed
states: {out: {group: outside}, work: {group: work}}
transitions:
  - {from: out, to: work, rate_per_year: 0.5}
  - {from: work, to: out, rate_per_year: 0.3}
)";

constexpr int first_year = 2025;
constexpr int last_year = 2028;
constexpr std::array<PlanStep, 4> followed_steps{PlanStep::offered, PlanStep::started, PlanStep::completed,
                                                 PlanStep::in_work};

struct Followed {
  int persons{1500};
  std::uint32_t draws{0}, replicates{40};
  std::string uptake{"0.8"};
  int weight{1};
  std::string start{"2025-01-01"};
};

RunResult run_followed(Followed const& what, std::size_t seed) {
  RunResult result =
      support::make_world(
          followed_model,
          fmt::format("start: {}\nyears: 4\nseed: {}\nbreakdowns: [[year, state]]\nstock_dates: [\"11-16\"]\n"
                      "population: {{persons: {}, state: {{out: 1, work: 1}}}}\ndraws: {}\nreplicates: {}\nweight: {}\n"
                      "measures:\n  - {{name: m, who: {{state: out}}, found_after: {{median: 9 months}}, uptake: {}, "
                      "places: {{total: {}}}, queue: {{gives_up_after: {{median: 1 year}}}}, lasts: {{median: 8 "
                      "months}}, ends_when: time, effects: [{{transition: out -> work, hazard_ratio: 1.2, assumed: "
                      "true}}]}}\n",
                      what.start, seed, what.persons, what.draws, what.replicates, what.weight, what.uptake,
                      what.persons * what.weight / 2))
          .run(2);
  weigh(result, what.weight);
  return result;
}

FollowPlan plan_of_all() {
  FollowPlan plan;
  plan.from = first_year;
  plan.until = last_year;
  plan.actors.push_back({"nav", "nav", same_in_all("NAV"), {}});
  for (PlanStep const step : followed_steps) {
    PlanIndicator indicator;
    indicator.name = name_of(step);
    indicator.measure = "m";
    indicator.step = step;
    indicator.actor = "nav";
    plan.indicators.push_back(indicator);
  }
  PlanIndicator stock;
  stock.name = "stock";
  stock.outcome = "stock,state=work";
  stock.actor = "nav";
  plan.indicators.push_back(stock);
  return plan;
}

/// What run number `run` of another result shows, as if it had been counted.
std::vector<ActualFigure> figures_of(FollowPlan const& plan, RunResult const& truth, std::size_t run) {
  std::vector<ActualFigure> figures;
  for (std::size_t i = 0; i < plan.indicators.size(); ++i)
    for (int year = plan.from; year <= plan.until; ++year) {
      auto const asked = read_outcome(outcome_in(plan, plan.indicators[i], year), "test");
      figures.push_back({year, i, values_of(truth, asked).total.at(run), {}});
    }
  return figures;
}

FollowedPlan follow_figures(RunResult const& expected, RunResult const& truth, std::size_t run) {
  FollowPlan const plan = plan_of_all();
  Diagnostics diagnostics;
  FollowedPlan followed = follow_plan(plan, expected, nullptr, figures_of(plan, truth, run), diagnostics);
  throw_if_errors(diagnostics);
  return followed;
}

struct Held {
  double inside{0}, judged{0};
  [[nodiscard]] double share() const { return inside / judged; }
};

/// 200 truths: 20 expectations, each with ten truths of another seed.
Held held_by_bands(Followed const& expected, Followed truth) {
  Held held;
  constexpr std::uint32_t truths_each = 10;
  (truth.draws > 0 ? truth.draws : truth.replicates) = truths_each;
  if (truth.draws > 0) truth.replicates = 1;
  for (std::size_t seed = 1; seed <= 20; ++seed) {
    RunResult const expectation = run_followed(expected, seed);
    RunResult const realised = run_followed(truth, 1000 + seed);
    for (std::size_t run = 0; run < truths_each; ++run)
      for (FollowedFigure const& figure : follow_figures(expectation, realised, run).figures) {
        if (figure.verdict == PlanVerdict::none) continue;
        ++held.judged;
        held.inside += figure.verdict == PlanVerdict::inside ? 1 : 0;
      }
  }
  return held;
}

// 20 expectations, each a little off in its own way: one standard error of the share is 0.01.
constexpr double coverage_error = 0.03;

TEST(FollowedPlans, BandsOfChanceHold200Truths) {
  Held const held = held_by_bands({}, {});
  EXPECT_EQ(held.judged, 200 * 20);
  EXPECT_NEAR(held.share(), 0.8, coverage_error);
  RecordProperty("share", std::to_string(held.share()));
}

TEST(FollowedPlans, BandsOfParametersAndChanceHold200Truths) {
  Followed uncertain;
  uncertain.draws = 40;
  uncertain.replicates = 1;
  uncertain.uptake = "{mean: 0.7, interval_95: [0.4, 0.9]}";
  Held const held = held_by_bands(uncertain, uncertain);
  EXPECT_NEAR(held.share(), 0.8, coverage_error);
  RecordProperty("share", std::to_string(held.share()));
}

TEST(FollowedPlans, BandsHoldTruthsOfMorePeopleThanWereSimulated) {
  Followed few;
  few.persons = 300;
  few.weight = 5;
  Held const held = held_by_bands(few, {});
  EXPECT_NEAR(held.share(), 0.8, coverage_error);
  RecordProperty("share", std::to_string(held.share()));
}

TEST(FollowedPlans, TellWhereHalfAsManySayYesThatTheStartSlippedAndNothingElse) {
  Followed expected;
  expected.replicates = 80;
  RunResult const expectation = run_followed(expected, 1);
  Followed halved;
  halved.uptake = "0.4";
  halved.replicates = 50;
  RunResult const truth = run_followed(halved, 77);
  std::map<PlanStep, int> slips;
  for (std::size_t run = 0; run < halved.replicates; ++run)
    for (FollowedStep const& step : follow_figures(expectation, truth, run).steps) slips[step.step] += step.has_slipped;
  double const all = 50.0 * (last_year - first_year + 1);
  EXPECT_GT(slips[PlanStep::started] / all, 0.9);
  for (PlanStep const other : {PlanStep::offered, PlanStep::completed, PlanStep::in_work})
    EXPECT_LT(slips[other] / all, 0.06) << name_of(other);
}

TEST(FollowedPlans, SeldomTellASlipWhereAllGoesToPlan) {
  Followed expected;
  expected.replicates = 80;
  Followed same;
  same.replicates = 10;
  std::map<PlanStep, std::pair<double, double>> below;  // and judged
  for (std::size_t seed = 1; seed <= 15; ++seed) {
    RunResult const expectation = run_followed(expected, seed);
    RunResult const truth = run_followed(same, 2000 + seed);
    for (std::size_t run = 0; run < same.replicates; ++run)
      for (FollowedStep const& step : follow_figures(expectation, truth, run).steps) {
        below[step.step].first += step.verdict == PlanVerdict::below ? 1 : 0;
        below[step.step].second += step.verdict == PlanVerdict::none ? 0 : 1;
      }
  }
  for (PlanStep const step : followed_steps) {
    auto const [slipped, judged] = below[step];
    EXPECT_EQ(judged, 600) << name_of(step);
    EXPECT_NEAR(slipped / judged, 0.025, 0.015) << name_of(step);
    RecordProperty(std::string{name_of(step)}, std::to_string(slipped / judged));
  }
}

TEST(FollowedPlans, DoNotJudgeWhatTheRunHasAPartOf) {
  Followed late;
  late.start = "2025-12-01";
  RunResult const expectation = run_followed(late, 1);
  FollowedPlan const followed = follow_figures(expectation, run_followed({}, 2), 0);
  for (FollowedFigure const& figure : followed.figures) {
    if (figure.year > first_year) continue;
    EXPECT_EQ(figure.verdict, PlanVerdict::none);
    bool const is_stock = followed.plan.indicators[figure.indicator].name == "stock";
    EXPECT_EQ(figure.why, is_stock ? NotJudged::no_count : NotJudged::part_of_run);
    EXPECT_EQ(figure.expected.has_value(), !is_stock) << "nobody was counted in November: that is no zero";
  }
  for (FollowedStep const& step : followed.steps) EXPECT_EQ(step.verdict == PlanVerdict::none, step.year == first_year);
}

}  // namespace
}  // namespace utvei
