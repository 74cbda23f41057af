// SPDX-License-Identifier: Apache-2.0
// Runs against closed forms: a Markov chain of four states, and a semi-Markov process with limits.
#include "closed_form_worlds.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

/// Where somebody is at a moment after the start.
std::uint16_t state_at(support::LifeCourse const& life, std::int64_t minutes) {
  std::int64_t const at = life.front().from + minutes;
  return std::ranges::find_if(life, [at](auto const& stay) { return at < stay.to; })->state;
}

/// Minutes in a state until a moment after the start.
std::int64_t minutes_in(support::LifeCourse const& life, std::uint16_t state, std::int64_t minutes) {
  std::int64_t const until = life.front().from + minutes;
  std::int64_t sum = 0;
  for (auto const& stay : life) {
    if (stay.state == state) sum += std::max<std::int64_t>(0, std::min(stay.to, until) - stay.from);
  }
  return sum;
}

class FourStates : public testing::Test {
 protected:
  void run(std::filesystem::path const& data) {
    // Eleven years hold 120 months of 30.4375 days.
    world = support::make_world(four_states_model(data),
                                "start: 2025-01-01\nyears: 11\nlife_courses: all\nbreakdowns: [[state]]\nseed: 3\n"
                                "population: {persons: 240000, state: {education: 1, training: 1, employment: 1, "
                                "joblessness: 1}}\n");
    for (auto& [person, life] : support::life_courses_of(world.run())) {
      by_start[life.front().state].push_back(std::move(life));
    }
  }
  support::World world;
  std::map<std::uint16_t, std::vector<support::LifeCourse>> by_start;
};

TEST_F(FourStates, HaveTheProbabilitiesAndExpectedTimesOfTheMatrixExponential) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  run(data);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_ctmc4_P_and_occupancy.csv")) {
    auto const& lives = by_start.at(state_of(row.at("from")));
    auto const state = state_of(row.at("state"));
    auto const until = static_cast<std::int64_t>(number(row, "t")) * minutes_per_month;
    support::Mean time;
    double there = 0;
    for (auto const& life : lives) {
      there += state_at(life, until) == state ? 1 : 0;
      time.add(static_cast<double>(minutes_in(life, state, until)) / minutes_per_month);
    }
    auto const n = static_cast<double>(lives.size());
    double const p = number(row, "P");
    EXPECT_NEAR(there / n, p, 4 * std::sqrt(p * (1 - p) / n)) << row.at("t") << row.at("from") << row.at("state");
    EXPECT_NEAR(time.mean(), number(row, "expected_time"), 4 * time.se())
        << row.at("t") << row.at("from") << row.at("state");
    ++compared;
  }
  EXPECT_EQ(compared, 64);
}

TEST_F(FourStates, HaveTheExpectedTransitions) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  run(data);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_ctmc4_expected_transitions.csv")) {
    auto const from = state_of(row.at("from"));
    auto const to = state_of(row.at("to"));
    support::Mean events;
    for (auto const& life : by_start.at(state_of(row.at("start")))) {
      std::int64_t const until = life.front().from + 60 * minutes_per_month;
      events.add(static_cast<double>(std::ranges::count_if(life, [&](auto const& stay) {
        return stay.end == support::Why::transition && stay.to <= until && stay.state == from && stay.next == to;
      })));
    }
    EXPECT_NEAR(events.mean(), number(row, "expected_transitions_60m"), 4 * events.se())
        << row.at("from") << row.at("to");
    ++compared;
  }
  EXPECT_EQ(compared, 12);
}

TEST(SemiMarkov, HasTheTransientSharesWithLimits) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  support::World const world = semi_markov(
      "start: 2025-01-01\nyears: 10\nlife_courses: all\nbreakdowns: [[state]]\nseed: 5\n"
      "population: {persons: 100000, state: Work}\n");
  auto const lives = support::life_courses_of(world.run());
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_semimarkov_limits_transient.csv")) {
    auto const at = static_cast<std::int64_t>(number(row, "week")) * minutes_per_week;
    for (std::uint16_t state = 0; state < 4; ++state) {
      std::string const& name = world.scenario.model.states[StateId{state}].name;
      auto const there = static_cast<double>(
          std::ranges::count_if(lives, [&](auto const& life) { return state_at(life.second, at) == state; }));
      double const p = number(row, name);
      auto const n = static_cast<double>(lives.size());
      // The reference itself holds to 2e-6.
      EXPECT_NEAR(there / n, p, 4 * std::sqrt(p * (1 - p) / n) + 2e-6) << name << " in week " << row.at("week");
      ++compared;
    }
  }
  EXPECT_EQ(compared, 20);
}

TEST(SemiMarkov, HasTheLongRunSharesWithLimits) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  support::World const world = semi_markov(
      "start: 2000-01-01\nyears: 150\nbreakdowns: [[year, state]]\ngroups: 200\nseed: 5\n"
      "population: {persons: 20000, state: Work}\n");
  RunResult const result = world.run();
  // The first eighty years forget where everybody began. By group, for the error.
  constexpr std::size_t from_year = 80;
  constexpr std::size_t years = 150;
  constexpr std::size_t groups = 200;
  Table const& table = *result.group_table("person_years");
  ASSERT_EQ(table.size(), groups * years * 4);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_semimarkov_limits_longrun.csv")) {
    std::size_t const state = world.scenario.model.state(row.at("state")).value().value();
    double sum = 0;
    double everything = 0;
    double squares = 0;
    for (std::size_t g = 0; g < groups; ++g) {
      double in_state = 0;
      double all = 0;
      for (std::size_t cell = (g * years + from_year) * 4; cell < (g + 1) * years * 4; ++cell) {
        in_state += cell % 4 == state ? table.value(cell) : 0;
        all += table.value(cell);
      }
      double const residual = in_state - number(row, "longrun_share") * all;
      squares += residual * residual;
      sum += in_state;
      everything += all;
    }
    EXPECT_NEAR(sum / everything, number(row, "longrun_share"), 4 * std::sqrt(squares) / everything) << row.at("state");
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

}  // namespace
}  // namespace utvei
