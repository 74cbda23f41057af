// SPDX-License-Identifier: Apache-2.0
// Limits whose destinations come from a rate file: `to: estimated`.
#include "rich_world.hpp"

#include <utvei/model/limit_shares.hpp>
#include <utvei/scenario/plan.hpp>

#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::Why;

constexpr std::string_view model_text = R"(utvei: model/1
regions: regions.csv
states:
  aap: {limit: {after: 1 year, to: estimated}}
  work: {absorbing: true}
  disability: {absorbing: true}
transitions: []
)";
constexpr StateId aap{0};
constexpr StateId work{1};
constexpr StateId disability{2};

support::World make(std::string const& more) {
  support::TempFolder const folder;
  folder.write("regions.csv", "region;parent\n1;\n2;\n");
  auto world = support::make_world(folder, model_text,
                                   "start: 2025-01-01\nyears: 3\nlife_courses: all\nbreakdowns: [[state, region]]\n"
                                   "population: {persons: 40000, state: aap, region: {\"1\": 1, \"2\": 1}}\n" +
                                       more);
  world.rates.limits.push_back({aap,
                                Duration{minutes_per_year},
                                {work, disability, aap},
                                {{RegionId{0}, {20, 50, 30}}, {RegionId{1}, {6, 1, 3}}}});
  world.scenario.model.rate_file = "rates.h5";
  Diagnostics diagnostics;
  settle_limits(world.scenario.model, world.rates, diagnostics);
  throw_if_errors(diagnostics);
  return world;
}

TEST(EstimatedLimits, PeopleGoWhereTheSharesOfTheirRegionSay) {
  auto const world = make("");
  auto const result = world.run(2);
  auto const rows = support::rows_of(world.people);
  std::map<std::pair<std::size_t, std::size_t>, double> went;
  std::map<std::size_t, double> people;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    std::size_t const region = world.people.region[rows.at(person)].value();
    ++people[region];
    bool const left = life.front().end == Why::limit;
    ++went[{region, left ? life.front().next : 0}];
    if (left) {
      ASSERT_EQ(life.front().to - life.front().from, minutes_per_year);
    }
  }
  std::map<std::pair<std::size_t, std::size_t>, double> const expected{{{0, 0}, 0.3}, {{0, 1}, 0.2}, {{0, 2}, 0.5},
                                                                       {{1, 0}, 0.3}, {{1, 1}, 0.6}, {{1, 2}, 0.1}};
  for (auto const& [cell, share] : expected) {
    double const n = people[cell.first];
    EXPECT_NEAR(went[cell] / n, share, 4 * std::sqrt(share * (1 - share) / n)) << cell.first << ' ' << cell.second;
  }
}

TEST(EstimatedLimits, AreTheSameForAnyNumberOfThreads) {
  auto const world = make("draws: 3\n");
  EXPECT_TRUE(support::same_numbers(world.run(1), world.run(4, 777)));
}

Rule rule_of(support::World const& world, std::uint32_t draw) {
  Diagnostics diagnostics;
  auto const plan = compile(world.scenario, world.rates, world.people, draw, diagnostics);
  throw_if_errors(diagnostics);
  return plan.states[aap].rules.at(0);
}

TEST(EstimatedLimits, ADrawIsTheSameWhateverTheirNumber) {
  auto const few = make("draws: 2\n");
  auto const many = make("draws: 50\n");
  auto const a = rule_of(few, 1);
  auto const b = rule_of(many, 1);
  EXPECT_EQ(a.stay, b.stay);
  ASSERT_EQ(a.stay.size(), 2U);
  EXPECT_NE(a.stay[0], a.stay[1]);
  for (std::size_t profile = 0; profile < 2; ++profile) {
    for (std::size_t way = 0; way < a.ways[profile].size(); ++way) {
      EXPECT_EQ(a.ways[profile][way].up_to, b.ways[profile][way].up_to);
    }
  }
  EXPECT_NE(rule_of(many, 2).stay, b.stay);
  EXPECT_DOUBLE_EQ(rule_of(make(""), 0).stay[0], 0.3);
}

TEST(EstimatedLimits, RegionsWithoutAnEstimateAreGaps) {
  auto world = make("");
  world.rates.limits[0].rows.pop_back();
  Diagnostics diagnostics;
  settle_limits(world.scenario.model, world.rates, diagnostics);
  compile(world.scenario, world.rates, world.people, 0, diagnostics);
  ASSERT_TRUE(diagnostics.has_errors());
  std::string const text = render(diagnostics);
  EXPECT_NE(text.find("no destination for some people who leave `aap` by a rule: region 2"), std::string::npos) << text;
  EXPECT_NE(text.find("the rate file has no estimate of the limit for their region"), std::string::npos) << text;
}

}  // namespace
}  // namespace utvei
