// SPDX-License-Identifier: Apache-2.0
#include "support/world.hpp"

#include <utvei/engine/follow.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr auto model = R"(utvei: model/1
name: follow
states:
  work: {limit: {after: 1 years, stay: 0.5, to: {sick: 1}}}
  sick: {}
transitions:
  - {from: work, to: sick, rate_per_year: 0.7}
  - {from: sick, to: work, rate_per_year: 1.9}
)";

support::World world_of(std::string const& time_in_state) {
  return support::make_world(
      model, "start: 2020-01-01\nyears: 5\npopulation: {persons: 500, state: {work: 2, sick: 1}" + time_in_state +
                 "}\nlife_courses: all\n");
}

RunPlan plan_of(support::World const& world) {
  Diagnostics diagnostics;
  RunPlan plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

TEST(Follow, SeesTheLivesOfSimulate) {
  auto const world = world_of("");
  auto const plan = plan_of(world);
  std::vector<Instant> const times{plan.start + Duration{1}, plan.start + Duration{minutes_per_year}, plan.end};
  auto const where = follow(plan, world.people, {world.scenario.seed, 0, 0}, times, 3, nullptr);
  EXPECT_EQ(where, follow(plan, world.people, {world.scenario.seed, 0, 0}, times, 1, nullptr));
  auto const lives = support::life_courses_of(world.run());
  for (auto const& [key, row] : support::rows_of(world.people)) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      std::uint16_t state = 0;
      for (auto const& stay : lives.at(key)) {
        if (stay.from <= times[i].minutes) state = stay.state;
      }
      EXPECT_EQ(where[row.value() * times.size() + i].value(), state);
    }
  }
}

TEST(Follow, SparesWhomALimitLetStay) {
  auto const world = world_of(", time_in_state: 2 years");
  auto plan = plan_of(world);
  std::vector<Instant> const times{plan.start + Duration{1}};
  auto const in_work = [&] {
    std::size_t count = 0;
    for (StateId const state : follow(plan, world.people, {1, 0, 0}, times, 1, nullptr)) count += state == StateId{0};
    return count;
  };
  auto const started = static_cast<std::size_t>(std::ranges::count(world.people.state, StateId{0}));
  EXPECT_LT(in_work(), started * 6 / 10);  // over a limit half of them leave at once
  plan.spared_until = plan.start - Duration{minutes_per_day};
  EXPECT_GE(in_work(), started - 2);
}

TEST(DrawnRates, AreNotAboveOneAMinute) {
  auto world = support::make_world(model,
                                   "start: 2020-01-01\nyears: 1\ndraws: 60\n"
                                   "population: {persons: 20, state: work}\n");
  world.rates.rates[1].log_se = 9;
  std::size_t capped = 0;
  for (std::uint32_t draw = 0; draw < 60; ++draw) {
    Diagnostics diagnostics;
    capped += compile(world.scenario, world.rates, world.people, draw, diagnostics).capped_rates;
    EXPECT_FALSE(diagnostics.has_errors());
  }
  EXPECT_GT(capped, 0U);
  std::string warning;
  SimulateOptions options;
  options.warn = [&](std::string const& text) { warning = text; };
  simulate(world.scenario, world.rates, world.people, options);
  EXPECT_EQ(warning.substr(0, warning.find(" in ")), std::to_string(capped) + " intensities");
  // An error of infinite size is no more than one a minute, and a rate that is written too high is an error still.
  world.rates.rates[1].log_se = 5000;
  EXPECT_NO_THROW(simulate(world.scenario, world.rates, world.people, {}));
  world.rates.rates[1].rate_per_year = 1e6;
  EXPECT_THROW(simulate(world.scenario, world.rates, world.people, {}), InputError);
}

}  // namespace
}  // namespace utvei
