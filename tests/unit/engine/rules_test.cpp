// SPDX-License-Identifier: Apache-2.0
// Limits, ages at which a state ends, and people who enter with time already spent.
#include "rich_world.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::Why;

constexpr std::int64_t week = minutes_per_week;

/// Sick people whose limit is the only way out besides a rate; where they go tells why they left.
std::string sick_model(std::string const& limit, double rate) {
  return "utvei: model/1\nname: sick\nstates:\n  sick: {limit: " + limit +
         "}\n  aap: {absorbing: true}\n  unknown: {absorbing: true}\n  work: {absorbing: true}\n"
         "transitions:\n  - {from: sick, to: work, rate_per_year: " +
         std::to_string(rate) + "}\n";
}

std::string sick_scenario(std::uint64_t persons, std::string const& time_in_state) {
  return "start: 2025-01-01\nyears: 5\nlife_courses: all\nbreakdowns: [[state]]\npopulation: {persons: " +
         std::to_string(persons) + ", state: sick, time_in_state: " + time_in_state + "}\n";
}

double share_se(double share, double n) {
  return std::sqrt(share * (1 - share) / n);
}

TEST(Limits, EndAStayToTheMinuteForWhoeverIsStillThere) {
  auto const world = support::make_world(sick_model("{after: 52 weeks, to: {aap: 0.65, unknown: 0.35}}", 0.8),
                                         sick_scenario(20'000, "0 days"));
  double at_limit = 0;
  double to_aap = 0;
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto const& stay = life.front();
    ASSERT_LE(stay.to - stay.from, 52 * week);
    ASSERT_EQ(stay.end == Why::limit, stay.to - stay.from == 52 * week);
    ASSERT_EQ(stay.end == Why::limit, stay.next != 3);
    at_limit += stay.end == Why::limit ? 1 : 0;
    to_aap += stay.next == 1 ? 1 : 0;
  }
  double const exact = std::exp(-0.8 * 52 * week / minutes_per_year);
  EXPECT_NEAR(at_limit / 20'000, exact, 4 * share_se(exact, 20'000));
  EXPECT_NEAR(to_aap / at_limit, 0.65, 4 * share_se(0.65, at_limit));
}

TEST(Limits, LetTheirShareStayAtTheSameRates) {
  auto const world = support::make_world(sick_model("{after: 1 year, stay: 0.6, to: {aap: 0.5, unknown: 0.5}}", 0.5),
                                         sick_scenario(20'000, "0 days"));
  double reached = 0;
  double stayed = 0;
  double still_there_two_years_later = 0;
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto const& stay = life.front();
    auto const spent = stay.to - stay.from;
    ASSERT_EQ(stay.end == Why::limit, spent == minutes_per_year && stay.next != 3);
    reached += spent >= minutes_per_year ? 1 : 0;
    stayed += spent > minutes_per_year ? 1 : 0;
    still_there_two_years_later += spent > 3 * minutes_per_year ? 1 : 0;
  }
  EXPECT_NEAR(reached / 20'000, std::exp(-0.5), 4 * share_se(std::exp(-0.5), 20'000));
  EXPECT_NEAR(stayed / reached, 0.6, 4 * share_se(0.6, reached));
  EXPECT_NEAR(still_there_two_years_later / stayed, std::exp(-1.0), 4 * share_se(std::exp(-1.0), stayed));
}

TEST(Limits, ComeOneAfterTheOther) {
  auto const world = support::make_world(
      sick_model("[{after: 1 year, stay: 0.5, to: {aap: 1}}, {after: 2 years, to: {unknown: 1}}]", 0.2),
      sick_scenario(10'000, "0 days"));
  double first = 0;
  double second = 0;
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto const& stay = life.front();
    if (stay.end != Why::limit) continue;
    ASSERT_EQ(stay.to - stay.from, (stay.next == 1 ? 1 : 2) * minutes_per_year);
    (stay.next == 1 ? first : second) += 1;
  }
  double const at_first = 0.5 * std::exp(-0.2);
  double const at_second = 0.5 * std::exp(-0.4);
  EXPECT_NEAR(first / 10'000, at_first, 4 * share_se(at_first, 10'000));
  EXPECT_NEAR(second / 10'000, at_second, 4 * share_se(at_second, 10'000));
}

TEST(DelayedEntry, CountsTheTimeThatIsAlreadySpent) {
  auto const world = support::make_world(sick_model("{after: 52 weeks, to: {aap: 0.5, unknown: 0.5}}", 0.8),
                                         sick_scenario(6'000, "{40 weeks: 1, 52 weeks: 1, 60 weeks: 1}"));
  double at_limit = 0;
  double with_forty = 0;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto const spent = world.people.time_in_state[rows.at(person)].minutes;
    auto const& stay = life.front();
    // Who is at the limit or over it leaves in the first minute.
    std::int64_t const left = std::max<std::int64_t>(1, 52 * week - spent);
    ASSERT_LE(stay.to - stay.from, left);
    ASSERT_EQ(stay.end == Why::limit, stay.to - stay.from == left);
    if (spent == 40 * week) {
      with_forty += 1;
      at_limit += stay.end == Why::limit ? 1 : 0;
    }
  }
  double const exact = std::exp(-0.8 * 12 * week / minutes_per_year);
  EXPECT_NEAR(at_limit / with_forty, exact, 4 * share_se(exact, with_forty));
}

TEST(AgeEnds, ComeOnTheMinuteOfTheAge) {
  auto const world = rich::world();
  auto const work = world.scenario.model.state("work").value().value();
  auto const disability = world.scenario.model.state("disability").value().value();
  auto const retired = world.scenario.model.state("retired").value().value();
  std::size_t at_age = 0;
  std::size_t later = 0;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    std::int64_t const pension = (world.people.birth[rows.at(person)] + duration_of_years(67)).minutes;
    for (auto const& stay : life) {
      if (stay.state == retired) {
        ASSERT_EQ(stay.end, Why::end);
      }
      if (stay.state != work && stay.state != disability) continue;
      ASSERT_LE(stay.to, std::max(pension, stay.from + 1));
      ASSERT_EQ(stay.end == Why::age, stay.next == retired);
      if (stay.end != Why::age) continue;
      ASSERT_EQ(stay.to, std::max(pension, stay.from + 1));
      (stay.to == pension ? at_age : later) += 1;
    }
  }
  EXPECT_GT(at_age, 300U);
  // Some come back to work over the age, from states without it.
  EXPECT_GT(later, 5U);
}

TEST(Limits, HoldOnEachVisitOfAWholeLife) {
  auto const world = rich::world();
  auto const sick_leave = world.scenario.model.state("sick_leave").value().value();
  auto const aap = world.scenario.model.state("aap").value().value();
  double reached = 0;
  double stayed = 0;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    for (std::size_t i = 0; i < life.size(); ++i) {
      auto const& stay = life[i];
      auto const before = i == 0 ? world.people.time_in_state[rows.at(person)].minutes : 0;
      auto const spent = stay.to - stay.from + before;
      if (stay.state == sick_leave) {
        ASSERT_LE(spent, std::max(52 * week, before + 1));
      }
      if (stay.state == aap && before == 0 && spent >= 3 * minutes_per_year) {
        ASSERT_EQ(stay.end == Why::limit, spent == 3 * minutes_per_year);
        reached += 1;
        stayed += spent > 3 * minutes_per_year ? 1 : 0;
      }
    }
  }
  ASSERT_GT(reached, 200);
  EXPECT_NEAR(stayed / reached, 0.6, 4 * share_se(0.6, reached));
}

TEST(Limits, GoWhereTheSharesOfTheRegionAndTraitsSay) {
  support::TempFolder const folder;
  rich::write_files(folder);
  std::string model{rich::model};
  std::string const shares = "{aap: 0.65, work: 0.25, unknown: 0.1}";
  model.replace(model.find(shares), shares.size(), "destinations.csv");
  folder.write("destinations.csv", "region;to;share\nnord;aap;1\ns1;work;1\n");
  auto const world = support::make_world(folder, model, rich::scenario());
  auto const sick_leave = world.scenario.model.state("sick_leave").value().value();
  auto const aap = world.scenario.model.state("aap").value().value();
  RegionId const south = world.scenario.model.regions.find("s1").value();
  std::size_t seen = 0;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    for (auto const& stay : life) {
      if (stay.state != sick_leave || stay.end != Why::limit) continue;
      ASSERT_EQ(stay.next == aap, world.people.region[rows.at(person)] != south);
      ++seen;
    }
  }
  EXPECT_GT(seen, 200U);
}

}  // namespace
}  // namespace utvei
