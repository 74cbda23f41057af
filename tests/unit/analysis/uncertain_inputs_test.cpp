// SPDX-License-Identifier: Apache-2.0
// Inputs as a run draws them.
#include "support/world.hpp"

#include <utvei/analysis/uncertain_inputs.hpp>
#include <utvei/scenario/plan.hpp>

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view uncertain_model = R"(utvei: model/1
name: uncertain
states: {out: {group: outside}, work: {group: work}}
transitions:
  - {from: out, to: work, rates: rates.csv}
  - {from: work, to: out, rate_per_year: 0.1}
)";

constexpr std::string_view uncertain_scenario = R"(start: 2025-01-01
years: 4
population: {persons: 100, state: {out: 1, work: 1}, age: {20: 1, 60: 1}}
seed: 4
draws: 40
changes:
  - {transition: work -> out, hazard_ratio: {mean: 1.2, interval_95: [1.0, 1.44]}}
  - {transition: out -> work, hazard_ratio: 1.3}
measures:
  - name: offer
    who: {state: out}
    found_after: {median: 2 months, interval_95: [1 month, 4 months]}
    uptake: {mean: 0.5, interval_95: [0.3, 0.7]}
    lasts: {median: 6 months}
    effects: [{transition: out -> work, hazard_ratio: {mean: 1.5, interval_95: [1.2, 1.9]}, assumed: true}]
)";

struct UncertainCase {
  support::TempFolder folder;
  support::World world;
  std::vector<UncertainInput> inputs;
  UncertainCase() {
    folder.write("rates.csv",
                 "from;to;age_from;age_to;rate_per_year;log_se\nout;work;0;40;0.4;0.3\nout;work;40;70;0.2;0\n");
    world = support::make_world(folder, uncertain_model, uncertain_scenario);
    inputs = uncertain_inputs(world.scenario, world.rates, world.people);
  }
  [[nodiscard]] UncertainInput const& of(std::string const& name, UncertainInput::Kind kind) const {
    for (UncertainInput const& input : inputs)
      if (input.name == name && input.kind == kind) return input;
    throw std::out_of_range{name};
  }
};

TEST(UncertainInputs, AreThoseOfTheRun) {
  using Kind = UncertainInput::Kind;
  UncertainCase const all;
  ASSERT_EQ(all.inputs.size(), 6U);
  UncertainInput const& fixed = all.of("out -> work", Kind::effect);
  EXPECT_TRUE(fixed.is_assumed);
  EXPECT_THAT(fixed.by_draw, testing::ElementsAre(1.3));
  EXPECT_FALSE(all.of("work -> out", Kind::effect).is_assumed);
  EXPECT_TRUE(all.of("offer: out -> work", Kind::effect).is_assumed);
  Diagnostics diagnostics;
  for (std::uint32_t const draw : {0U, 7U, 39U}) {
    RunPlan const plan = compile(all.world.scenario, all.world.rates, all.world.people, draw, diagnostics);
    MeasurePlan const& offer = plan.measures.front();
    EXPECT_DOUBLE_EQ(all.of("offer: uptake", Kind::share).by_draw[draw], offer.what.uptake);
    EXPECT_DOUBLE_EQ(all.of("offer: out -> work", Kind::effect).by_draw[draw], offer.effects.front().factors[0][0]);
    double const days = 2 * 365.25 / 12;
    EXPECT_NEAR(all.of("offer: found after", Kind::waiting_time).by_draw[draw],
                days * offer.what.found_after->scale / all.world.scenario.measures.front().found_after->scale, 1e-6);
  }
}

TEST(UncertainInputs, ARateIsTheMeanOverPeople) {
  UncertainCase const all;
  UncertainInput const& rate = all.of("out -> work", UncertainInput::Kind::rates);
  EXPECT_EQ(rate.group, "out -> work");
  ASSERT_EQ(rate.by_draw.size(), 40U);
  double sum = 0;
  for (double const value : rate.by_draw) {
    EXPECT_GT(value, 0.1);  // those above 40 are known: half of 0.2 is there in every draw
    sum += value;
  }
  EXPECT_NEAR(sum / 40, 0.3, 0.05);
}

TEST(UncertainInputs, WithoutDrawsThereAreNone) {
  UncertainCase all;
  all.world.scenario.draws = 0;
  EXPECT_TRUE(uncertain_inputs(all.world.scenario, all.world.rates, all.world.people).empty());
}

}  // namespace
}  // namespace utvei
