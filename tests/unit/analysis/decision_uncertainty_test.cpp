// SPDX-License-Identifier: Apache-2.0
// Values of information and shares of variance where they are known.
#include "support/drawn_inputs.hpp"

#include <utvei/analysis/decision_uncertainty.hpp>

#include <cmath>
#include <numbers>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::drawn_input;
using support::luck_with_variance;
using support::one_outcome;
using testing::Each;
using testing::Field;

constexpr double many_errors = 4;

GroupInformation const& group_of(DecisionUncertainty const& found, std::string const& name) {
  for (GroupInformation const& group : found.groups)
    if (group.group == name) return group;
  throw std::out_of_range{name};
}

TEST(DecisionUncertainty, SharesOfALinearModel) {
  std::vector const inputs{drawn_input("a", 4000, 1), drawn_input("b", 4000, 2), drawn_input("c", 4000, 3)};
  auto const found = decision_uncertainty(one_outcome(4000,
                                                      [&](std::size_t k) {
                                                        return 5 + 3 * inputs[0].by_draw[k] - 2 * inputs[1].by_draw[k] +
                                                               inputs[2].by_draw[k];
                                                      }),
                                          inputs);
  EXPECT_NEAR(group_of(found, "a").shares[0].value, 9.0 / 14, 0.03);
  EXPECT_NEAR(group_of(found, "b").shares[0].value, 4.0 / 14, 0.03);
  EXPECT_NEAR(group_of(found, "c").shares[0].value, 1.0 / 14, 0.03);
  EXPECT_LE(found.scenarios[0].explained, 1);
  EXPECT_GT(found.scenarios[0].explained, 0.97);
  // The tornado: the 10th and the 90th percentile of a normal lie 2.563 sd apart.
  ASSERT_EQ(found.inputs.front().name, "a");
  EXPECT_NEAR(found.inputs.front().swings[0].swing.value, 3 * 2.5631, 0.3);
  EXPECT_NEAR(found.inputs[1].swings[0].swing.value, -2 * 2.5631, 0.3);
}

/// Ishigami & Homma 1990; main effects as in Saltelli et al. 2008, section 4.
TEST(DecisionUncertainty, MainEffectsOfACrookedModel) {
  constexpr double pi = std::numbers::pi;
  std::vector inputs{drawn_input("x1", 6000, 1), drawn_input("x2", 6000, 2), drawn_input("x3", 6000, 3)};
  for (auto& input : inputs)
    for (double& x : input.by_draw) x = -pi + pi * std::erfc(-x / std::numbers::sqrt2);
  auto const found = decision_uncertainty(one_outcome(6000,
                                                      [&](std::size_t k) {
                                                        double const sin2 = std::sin(inputs[1].by_draw[k]);
                                                        return std::sin(inputs[0].by_draw[k]) *
                                                                   (1 + 0.1 * std::pow(inputs[2].by_draw[k], 4)) +
                                                               7 * sin2 * sin2;
                                                      }),
                                          inputs);
  EXPECT_NEAR(group_of(found, "x1").shares[0].value, 0.3139, 0.03);
  EXPECT_NEAR(group_of(found, "x2").shares[0].value, 0.4424, 0.03);
  EXPECT_NEAR(group_of(found, "x3").shares[0].value, 0, 0.01);
  EXPECT_NEAR(1 - found.scenarios[0].explained, 0.2437, 0.04);  // x1 and x3 together
}

TEST(DecisionUncertainty, GroupsTellWhatTheirInputsTellTogether) {
  std::vector inputs{drawn_input("a", 3000, 1), drawn_input("b", 3000, 2)};
  for (auto& input : inputs) input.group = "both";
  auto const found = decision_uncertainty(
      one_outcome(3000, [&](std::size_t k) { return inputs[0].by_draw[k] * inputs[1].by_draw[k]; }), inputs);
  EXPECT_NEAR(found.groups.front().shares[0].value, 1, 0.02);
  for (InputInfluence const& input : found.inputs) EXPECT_NEAR(input.swings[0].share.value, 0, 0.02) << input.name;
}

TEST(DecisionUncertainty, PerfectInformationOfThreeChoices) {
  std::vector const inputs{drawn_input("a", 40'000, 1), drawn_input("b", 40'000, 2)};
  OutcomeDraws outcome = one_outcome(40'000, [&](std::size_t k) { return inputs[0].by_draw[k]; });
  outcome.scenarios.emplace_back("other");
  outcome.differences.push_back(inputs[1].by_draw);
  outcome.luck = std::vector<std::vector<double>>(2, std::vector<double>(2, 0));
  auto const found = decision_uncertainty(outcome, inputs);
  EXPECT_NEAR(found.perfect.value, 0.68104, many_errors * found.perfect.se);  // E max(0, Z1, Z2)
  EXPECT_LT(found.perfect.se, 0.01);
  double const one = 1 / std::sqrt(2 * std::numbers::pi);
  EXPECT_NEAR(group_of(found, "a").value.value, one, many_errors * group_of(found, "a").value.se);
  EXPECT_NEAR(group_of(found, "b").shares[1].value, 1, 1e-9);
  EXPECT_NEAR(group_of(found, "b").shares[0].value, 0, 0.01);
}

TEST(DecisionUncertainty, LuckIsNoInformation) {
  std::vector const inputs{drawn_input("a", 20'000, 1)};
  auto const luck = drawn_input("luck", 20'000, 2);
  OutcomeDraws outcome = one_outcome(20'000, [&](std::size_t k) { return inputs[0].by_draw[k] + 2 * luck.by_draw[k]; });
  outcome.luck = luck_with_variance(4);
  auto const found = decision_uncertainty(outcome, inputs);
  double const one = 1 / std::sqrt(2 * std::numbers::pi);
  EXPECT_NEAR(found.perfect.value, one, many_errors * found.perfect.se);
  EXPECT_NEAR(found.perfect_with_luck, one * std::sqrt(5.0), 0.03);
  EXPECT_NEAR(found.scenarios[0].luck_share, 0.8, 0.01);
  EXPECT_NEAR(group_of(found, "a").shares[0].value, 1, 0.1);
  EXPECT_NEAR(group_of(found, "a").value.value, one, many_errors * group_of(found, "a").value.se);
}

TEST(DecisionUncertainty, OfLuckAloneNothingIsTold) {
  std::vector const inputs{drawn_input("a", 500, 1)};
  auto const luck = drawn_input("luck", 500, 2);
  OutcomeDraws outcome = one_outcome(500, [&](std::size_t k) { return luck.by_draw[k]; });
  outcome.luck = luck_with_variance(1.2);
  EXPECT_EQ(decision_uncertainty(outcome, inputs).unknown, DecisionUncertainty::Unknown::luck_hides_parameters);
  outcome.luck.reset();
  auto const found = decision_uncertainty(outcome, inputs);
  EXPECT_FALSE(found.luck_is_known);
  EXPECT_NEAR(group_of(found, "a").shares[0].value, 0, 0.02);
}

TEST(DecisionUncertainty, LessIsBetterTurnsTheChoiceAround) {
  std::vector const inputs{drawn_input("a", 1000, 1)};
  OutcomeDraws outcome = one_outcome(1000, [&](std::size_t k) { return inputs[0].by_draw[k] - 3; });
  EXPECT_FALSE(decision_uncertainty(outcome, inputs).best);
  outcome.less_is_better = true;
  auto const found = decision_uncertainty(outcome, inputs);
  EXPECT_EQ(found.best, 0U);
  EXPECT_NEAR(found.scenarios[0].difference, -3, 0.1);
  EXPECT_NEAR(found.inputs[0].swings[0].swing.value, 2.563, 0.2);
}

TEST(DecisionUncertainty, SaysWhereAnEffectMakesNoDifference) {
  UncertainInput effect = drawn_input("effect", 2000, 1);
  for (double& ratio : effect.by_draw) ratio = std::exp(0.3 + 0.2 * ratio);
  effect.scale = UncertainInput::Scale::log;
  auto const found = decision_uncertainty(
      one_outcome(2000, [&](std::size_t k) { return 10 * (std::log(effect.by_draw[k]) - 0.1); }), {effect});
  ASSERT_TRUE(found.inputs[0].swings[0].break_even);
  EXPECT_NEAR(*found.inputs[0].swings[0].break_even, std::exp(0.1), 0.01);
}

TEST(DecisionUncertainty, AsksForDrawsAndInputs) {
  std::vector const few{drawn_input("a", 20, 1)};
  EXPECT_EQ(decision_uncertainty(one_outcome(20, [](std::size_t) { return 1.0; }), few).unknown,
            DecisionUncertainty::Unknown::too_few_draws);
  EXPECT_EQ(decision_uncertainty(one_outcome(100, [](std::size_t k) { return static_cast<double>(k); }), {}).unknown,
            DecisionUncertainty::Unknown::no_inputs);
}

/// Two results: only the second has the effect, and `a` is shared.
struct TwoResults {
  RunResult baseline, scenario;
  TwoResults() {
    baseline.provenance.scenario_name = "today";
    scenario.provenance.scenario_name = "offer";
    baseline.inputs = scenario.inputs = {drawn_input("a", 60, 1)};
    scenario.inputs.push_back({"ips", "ips", UncertainInput::Kind::effect, UncertainInput::Scale::log, true, {1.3}});
    scenario.provenance.assumed = {{"ips", "out -> work", 1.3, false, false, false}};
  }
};

TEST(DecisionInputs, KnowsAssumedMainEffects) {
  TwoResults two;
  auto const all = decision_inputs(two.baseline, {&two.scenario});
  ASSERT_EQ(all.drawn.size(), 1U);
  ASSERT_EQ(all.assumed[0].size(), 1U);
  EXPECT_EQ(all.assumed[0][0].name, "ips");
  EXPECT_FALSE(all.assumed[0][0].is_drawn);
  EXPECT_TRUE(all.main_effect_is_assumed[0]);
  UncertainInput known = drawn_input("known", 60, 3);
  known.kind = UncertainInput::Kind::effect;
  two.scenario.inputs.push_back(known);
  EXPECT_FALSE(decision_inputs(two.baseline, {&two.scenario}).main_effect_is_assumed[0]);
  two.baseline.inputs = two.scenario.inputs;
  two.baseline.provenance.assumed = two.scenario.provenance.assumed;
  auto const same = decision_inputs(two.baseline, {&two.scenario});
  EXPECT_TRUE(same.assumed[0].empty());
  EXPECT_FALSE(same.main_effect_is_assumed[0]);
}

TEST(DecisionInputs, TellAssumedRatiosAsTheyAreSaid) {
  TwoResults two;
  two.scenario.provenance.assumed = {{"ips", "out -> work", 1.3, true, false, false}};
  UncertainInput& effect = two.scenario.inputs.back();
  effect.name = "ips: out -> work";
  effect.by_draw = {1.1, 1.3, 1.8};
  EXPECT_DOUBLE_EQ(decision_inputs(two.baseline, {&two.scenario}).assumed[0][0].ratio, 1.3);
  UncertainInput known = drawn_input("known", 60, 3);
  known.kind = UncertainInput::Kind::effect;
  two.scenario.inputs.push_back(known);
  EXPECT_TRUE(decision_inputs(two.baseline, {&two.scenario}).main_effect_is_assumed[0]);  // as in a comparison
  EXPECT_TRUE(decision_inputs(two.scenario, {&two.baseline}).main_effect_is_assumed[0]);
}

TEST(DecisionInputs, InputsThatShareLuckShareAGroup) {
  TwoResults two;
  for (double& x : two.scenario.inputs[0].by_draw) x = 2 * x + 1;  // the same luck, another interval
  auto const all = decision_inputs(two.baseline, {&two.scenario});
  ASSERT_EQ(all.drawn.size(), 2U);
  EXPECT_EQ(all.drawn[1].name, "a (offer)");
  EXPECT_THAT(all.drawn, Each(Field(&UncertainInput::group, "a")));
}

}  // namespace
}  // namespace utvei
