// SPDX-License-Identifier: Apache-2.0
// Who is found for a measure, when, and who gets its places.
#include "../../../sim/engine/allocation.hpp"
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view to_and_fro = R"(utvei: model/1
name: two
regions: regions.csv
states: {out: {group: outside}, work: {group: work}, dead: {absorbing: true}}
traits: {health: [good, bad]}
transitions:
  - {from: out, to: work, rate_per_year: 0.8}
  - {from: work, to: out, rate_per_year: 2}
  - {from: work, to: dead, rate_per_year: 0.000001}
)";

support::World rules_world(std::string const& measures, std::string const& more = {}, std::uint64_t persons = 20'000) {
  support::TempFolder const folder;
  folder.write("regions.csv", "region;name_nb\nnorth;Nord\nsouth;Sør\n");
  folder.write("moving.csv", "region;rate_per_year\nnorth;0.5\nsouth;0.2\n");
  folder.write("to.csv", "from;to;count\nnorth;south;1\nsouth;north;1\n");
  return support::make_world(folder, to_and_fro,
                             "start: 2025-01-01\nyears: 4\nseed: 3\nstock_dates: [\"07-02\"]\ngroups: 10\n"
                             "breakdowns: [[region, year, state]]\npopulation: {persons: " +
                                 std::to_string(support::people_for_this_build(persons)) +
                                 ", state: out, age: {29.5: 1, 40: 1}, region: {north: 1, south: 1}, traits: {health: "
                                 "{good: 3, bad: 1}}}\n" +
                                 more + "measures:\n" + measures);
}

RunResult run_rules(std::string const& measures, std::string const& more = {}) {
  return rules_world(measures, more).run(2);
}

double const people = static_cast<double>(support::people_for_this_build(20'000));

TEST(MeasureRules, NobodyIsAskedAgainTooSoon) {
  // People go to and fro many times; who has refused is asked again after a year, four times at most in four years.
  auto const yearly = run_rules("  - {name: m, who: {state: out}, uptake: 0, again_after: 1 year}\n");
  EXPECT_LE(sum(yearly, "refusals"), 4 * people);
  EXPECT_GT(sum(yearly, "refusals"), 3 * people);
  // Without it, each time that they come back.
  auto const returning = run_rules("  - {name: m, who: {state: out}, uptake: 0}\n");
  EXPECT_EQ(sum(returning, "refusals"), people + sum(returning, "transitions", {{"transition", "work -> out"}}));
}

TEST(MeasureRules, HistoryIsOfTheLifeSoFar) {
  auto const result = run_rules("  - {name: m, who: {state: out, history: {left: work, within: 1 month}}}\n");
  EXPECT_EQ(sum(result, "participants"), sum(result, "transitions", {{"transition", "work -> out"}}));
  // It ends when the state is left, or when what happened lies too far back for who has not begun.
  auto const late = run_rules(
      "  - {name: m, who: {state: out, history: {left: work, within: 1 month}}, found_after: {median: 2 months, shape: "
      "fixed}}\n");
  EXPECT_EQ(sum(late, "offers"), 0);
  auto const second = run_rules(
      "  - {name: first, who: {state: out}, lasts: {median: 1 month, shape: fixed}}\n"
      "  - {name: second, who: {state: [out, work], history: {ended: first, within: 1 year}}, lasts: {median: 1 "
      "week}}\n");
  EXPECT_GT(sum(second, "participants", {{"measure", "second"}}), 0.9 * people);
}

TEST(MeasureRules, TimeInTheStateAndAgeOpenAndClose) {
  auto const result =
      run_rules("  - {name: m, who: {state: out, time_in_state: {at_least: 6 months, less_than: 1 year}}}\n",
                "changes: [{transition: work -> out, hazard_ratio: 0}]\n");
  double const expected = std::exp(-0.8 * 0.5);
  EXPECT_NEAR(sum(result, "participants") / people, expected, 4 * std::sqrt(expected * (1 - expected) / people));
  auto const aged = run_rules("  - {name: m, who: {state: [out, work], age: {from: 30, to: 31}}, uptake: 1}\n");
  EXPECT_NEAR(sum(aged, "participants"), people / 2, 2);
  EXPECT_EQ(sum(aged, "participants", {{"year", "2025"}}), sum(aged, "participants"));
}

TEST(MeasureRules, PeopleGiveUpAtTheirRate) {
  auto const result =
      run_rules("  - {name: m, who: {state: out}, places: {total: 0}, queue: {gives_up_after: {median: 6 months}}}\n",
                "changes: [{transition: work -> out, hazard_ratio: 0}]\n");
  double const rate = std::log(2.0) / 0.5;
  double const expected = rate / (rate + 0.8) * (1 - std::exp(-4 * (rate + 0.8)));
  EXPECT_NEAR(sum(result, "gave_up") / people, expected, 4 * std::sqrt(expected * (1 - expected) / people));
  EXPECT_EQ(sum(result, "requests"), people);
  EXPECT_NEAR(sum(result, "waiting_days") / people, 365.25 * (1 - std::exp(-4 * (rate + 0.8))) / (rate + 0.8), 5);
}

TEST(MeasureRules, PlacesBecomeFewerAndMore) {
  auto const result = run_rules(
      "  - {name: m, who: {state: out}, places: {total: {2025: 50, 2026: 0, 2027: 80}}, lasts: {median: 1 month, "
      "shape: "
      "fixed}}\n");
  EXPECT_GT(sum(result, "participants", {{"year", "2025"}}), 500);
  EXPECT_EQ(sum(result, "participants", {{"year", "2026"}}), 0);
  EXPECT_EQ(sum(result, "in_measure", {{"year", "2026"}}), 0);
  EXPECT_EQ(sum(result, "in_measure", {{"year", "2027"}}), 80);
  EXPECT_NEAR(sum(result, "place_years", {{"year", "2025"}}), 50 * 365 / 365.25, 1e-9);
  EXPECT_EQ(sum(result, "place_years", {{"year", "2026"}}), 0);
  EXPECT_NEAR(sum(result, "place_years"), 50 * 365 / 365.25 + 80 * (365 + 366) / 365.25, 1e-9);
  // Nobody is sent away when places go, so a month of 50 may come on top.
  EXPECT_LE(sum(result, "participant_years"), sum(result, "place_years") + 50.0 / 12);
}

TEST(MeasureRules, WhoMovesAsksWhereTheyLive) {
  std::string const moves = "demography: {moves: {rates: moving.csv, to: to.csv}}\n";
  auto const unlimited = run_rules("  - {name: m, who: {state: [out, work]}, ends_when: leaves_state}\n", moves);
  auto const plenty = run_rules(
      "  - {name: m, who: {state: [out, work]}, ends_when: leaves_state, places: {per_region: 100000}}\n", moves);
  EXPECT_EQ(sum(unlimited, "in_measure", {{"year", "2028"}}), people);
  EXPECT_EQ(sum(plenty, "in_measure", {{"year", "2028"}}), people);
  EXPECT_GT(sum(plenty, "early_exits"), 0.5 * people);
  EXPECT_EQ(sum(unlimited, "early_exits"), 0);
  // A service in the north alone: whoever moves south leaves it.
  auto const north =
      run_rules("  - {name: m, who: {state: [out, work], region: north}, ends_when: leaves_state}\n", moves);
  EXPECT_EQ(sum(north, "in_measure", {{"year", "2028"}, {"region", "south"}}), 0);
  EXPECT_EQ(sum(north, "in_measure", {{"year", "2028"}, {"region", "north"}}),
            sum(north, "stock", {{"year", "2028"}, {"region", "north"}}) -
                sum(north, "stock", {{"year", "2028"}, {"region", "north"}, {"state", "dead"}}));
}

/// The standard deviation over draws of a number of each.
template <class Of>
double spread_over_draws(int draws, Of const& of) {
  double mean = 0;
  double squares = 0;
  for (int draw = 0; draw < draws; ++draw) {
    mean += of(std::to_string(draw)) / draws;
    squares += of(std::to_string(draw)) * of(std::to_string(draw)) / draws;
  }
  return std::sqrt((squares - mean * mean) * draws / (draws - 1));
}

TEST(MeasureRules, ParametersAreDrawnWithTheDraws) {
  constexpr int draws = 60;
  auto const result = run_rules(
      "  - {name: m, who: {state: out}, uptake: {mean: 0.5, interval_95: [0.3, 0.7]},\n"
      "     lasts: {median: 2 months, interval_95: [1 month, 4 months]}, ends_when: time}\n",
      "draws: 60\n");
  auto const logit_of_uptake = [&](std::string const& draw) {
    double const share = sum(result, "participants", {{"draw", draw}}) / sum(result, "offers", {{"draw", draw}});
    return std::log(share / (1 - share));
  };
  double const sd_of_logit = 2 * std::log(0.7 / 0.3) / (2 * 1.96);
  EXPECT_NEAR(spread_over_draws(draws, logit_of_uptake), sd_of_logit, 0.3 * sd_of_logit);
  auto const log_of_stay = [&](std::string const& draw) {
    return std::log(sum(result, "participant_years", {{"draw", draw}}) / sum(result, "participants", {{"draw", draw}}));
  };
  double const sd_of_log = std::log(4.0) / (2 * 1.96);
  EXPECT_NEAR(spread_over_draws(draws, log_of_stay), sd_of_log, 0.3 * sd_of_log);
}

/// Rows of those who got one of few places on the first day.
std::vector<PersonRow> served(support::World const& of) {
  Diagnostics diagnostics;
  RunPlan const plan = compile(of.scenario, of.rates, of.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  Answers const answers = allocate(plan, of.people, RandomKey{of.scenario.seed, 0, 0}, 1, nullptr);
  std::vector<PersonRow> rows;
  for (PersonRow const row : ids_of(of.people.key))
    if (!answers.of(row).empty() && answers.of(row).front().time == plan.start) rows.push_back(row);
  return rows;
}

TEST(MeasureRules, TheOrderOfTheQueueIsKept) {
  auto const first = [](std::string const& order) {
    auto const of =
        rules_world("  - {name: m, who: {state: out}, places: {total: 40}, queue: {order: " + order + "}}\n", {}, 2000);
    return std::pair{of, served(of)};
  };
  auto const [sick_world, sick] = first("{by_trait: {health: [bad]}}");
  EXPECT_EQ(sick.size(), std::min<std::size_t>(40, sick_world.people.size()));
  auto const is_sick = [&people_of = sick_world.people](PersonRow row) { return people_of.traits[0][row] == 1; };
  auto const all_sick =
      static_cast<std::size_t>(std::ranges::count(sick_world.people.traits[0].values(), std::uint16_t{1}));
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count_if(sick, is_sick)), std::min(sick.size(), all_sick));
  auto const [young_world, young] = first("youngest");
  for (PersonRow const row : young)
    EXPECT_EQ(young_world.people.birth[row].minutes, std::ranges::max(young_world.people.birth.values()).minutes);
  auto const [by_key_world, by_key] = first("first_come");
  PersonKey highest{0};
  for (PersonRow const row : by_key) highest = std::max(highest, by_key_world.people.key[row]);
  auto const is_lower = [&](PersonKey key) { return key <= highest; };
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count_if(by_key_world.people.key.values(), is_lower)), by_key.size());
  EXPECT_NE(first("random").second, by_key);
}

}  // namespace
}  // namespace utvei
