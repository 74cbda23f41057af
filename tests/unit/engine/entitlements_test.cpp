// SPDX-License-Identifier: Apache-2.0
// Clocks that count time in some states, rules of some dates, and ages by year of birth.
#include "support/world.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::Why;

constexpr std::int64_t a_week = minutes_per_week;

/// Sick pay as it is in Norway: so much within three years, earned anew by half a year of work.
std::string sick_pay_model(std::string const& clock, std::string const& more = "") {
  return "utvei: model/1\nname: sick_pay\nstates:\n  work: {}\n  sick: {}\n  idle: {}\n  aap: {absorbing: true}\n"
         "clocks:\n  sick_pay: {counts_in: [sick]" +
         clock + "}\nlimits:\n  - {clock: sick_pay, after: 20 weeks, to: {aap: 1}" + more +
         "}\ntransitions:\n  - {from: work, to: sick, rate_per_year: 3}\n  - {from: sick, to: work, rate_per_year: 5}\n"
         "  - {from: sick, to: idle, rate_per_year: 2}\n  - {from: idle, to: work, rate_per_year: 8}\n";
}

std::string lives_scenario(int years, std::uint64_t persons, std::string const& state = "work") {
  return "start: 2025-01-01\nyears: " + std::to_string(years) +
         "\nlife_courses: all\nbreakdowns: [[state]]\npopulation: {persons: " + std::to_string(persons) +
         ", state: " + state + "}\n";
}

/// Minutes of a life before `now` that were spent in a state, after some moment.
std::int64_t spent(support::LifeCourse const& life, std::uint16_t state, std::int64_t after, std::int64_t now) {
  std::int64_t sum = 0;
  for (auto const& stay : life) {
    if (stay.state == state) sum += std::max<std::int64_t>(0, std::min(stay.to, now) - std::max(stay.from, after));
  }
  return sum;
}

TEST(Entitlements, AreUsedUpOverManyStays) {
  auto const result = support::make_world(sick_pay_model(""), lives_scenario(8, 500)).run();
  std::size_t used_up = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    for (auto const& stay : life) {
      if (stay.state != 1) continue;
      std::int64_t const used = spent(life, 1, 0, stay.to);
      ASSERT_LE(used, 20 * a_week);
      ASSERT_EQ(stay.end == Why::limit, used == 20 * a_week);
      used_up += stay.end == Why::limit ? 1U : 0U;
    }
  }
  EXPECT_GT(used_up, 300U);
}

TEST(Entitlements, CountOnlyWhatIsNotTooLongAgo) {
  auto const result = support::make_world(sick_pay_model(", within: 1 year"), lives_scenario(8, 500)).run();
  std::size_t used_up = 0;
  std::size_t beyond_all = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    for (auto const& stay : life) {
      if (stay.state != 1) continue;
      // The first minute at which 20 weeks of the last year were sick is the one in which the stay ends.
      std::int64_t const used = spent(life, 1, stay.to - minutes_per_year, stay.to);
      ASSERT_LE(used, 20 * a_week);
      if (stay.end == Why::limit) {
        ASSERT_EQ(used, 20 * a_week);
        ++used_up;
      } else if (stay.end == Why::transition) {
        ASSERT_LT(spent(life, 1, stay.to - 1 - minutes_per_year, stay.to - 1), 20 * a_week);
      }
      beyond_all += spent(life, 1, 0, stay.to) > 20 * a_week ? 1U : 0U;
    }
  }
  EXPECT_GT(used_up, 200U);
  EXPECT_GT(beyond_all, 200U);
}

TEST(Entitlements, AreEarnedAnewByAnUnbrokenSpell) {
  auto const result =
      support::make_world(sick_pay_model(", renewed_after: {26 weeks: [work]}"), lives_scenario(8, 500)).run();
  std::size_t used_up = 0;
  std::size_t renewed = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    std::int64_t since = 0;  // of the last renewal
    for (auto const& stay : life) {
      if (stay.state == 0 && stay.to - stay.from >= 26 * a_week) {
        since = stay.to;
        ++renewed;
      }
      if (stay.state != 1) continue;
      std::int64_t const used = spent(life, 1, since, stay.to);
      ASSERT_LE(used, 20 * a_week);
      ASSERT_EQ(stay.end == Why::limit, used == 20 * a_week);
      used_up += stay.end == Why::limit ? 1U : 0U;
    }
  }
  EXPECT_GT(used_up, 200U);
  EXPECT_GT(renewed, 500U);
}

TEST(Entitlements, CountWhatWasSpentBeforeTheStart) {
  auto const result = support::make_world(sick_pay_model(""),
                                          "start: 2025-01-01\nyears: 1\nlife_courses: all\nbreakdowns: [[state]]\n"
                                          "population: {persons: 300, state: sick, time_in_state: 15 weeks}\n")
                          .run();
  for (auto const& [person, life] : support::life_courses_of(result)) {
    for (auto const& stay : life) {
      if (stay.state == 1 && stay.end == Why::limit) {
        ASSERT_EQ(spent(life, 1, 0, stay.to), 5 * a_week);
      }
    }
  }
}

TEST(Entitlements, AskOnceWhoMayStayInAllStatesInWhichTheyCount) {
  auto const result = support::make_world(
                          "utvei: model/1\nname: aap\nstates:\n  aap: {}\n  aap_work: {}\n  out: {absorbing: true}\n"
                          "clocks:\n  aap: {counts_in: [aap, aap_work]}\n"
                          "limits:\n  - {clock: aap, after: 1 year, stay: 0.6, to: {out: 1}}\n"
                          "transitions:\n  - {from: aap, to: aap_work, rate_per_year: 2}\n"
                          "  - {from: aap_work, to: aap, rate_per_year: 2}\n",
                          lives_scenario(4, 4000, "aap"))
                          .run();
  double stayed = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) stayed += life.back().state != 2 ? 1 : 0;
  EXPECT_NEAR(stayed / 4000, 0.6, 4 * std::sqrt(0.24 / 4000));
}

TEST(Rules, ComeIntoForceAndFindWhoIsOverThem) {
  auto const result = support::make_world(
                          "utvei: model/1\nname: dated\nstates:\n"
                          "  aap:\n    limit:\n"
                          "      - {after: 1 year, to: {out: 1}, valid: {from: 2027-01-01, to: 2028-01-01}}\n"
                          "  out: {absorbing: true}\n  work: {absorbing: true}\n"
                          "transitions:\n  - {from: aap, to: work, rate_per_year: 0.1}\n",
                          lives_scenario(5, 400, "aap"))
                          .run();
  std::int64_t const in_force = date(2027, 1, 1)->minutes;
  std::size_t found = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    auto const& stay = life.front();
    if (stay.end != Why::limit) {
      ASSERT_LE(stay.to, in_force);
      continue;
    }
    ASSERT_EQ(stay.to, in_force);
    ++found;
  }
  EXPECT_GT(found, 280U);
}

TEST(Rules, HoldForThoseWhoEnteredThen) {
  auto const result = support::make_world(
                          "utvei: model/1\nname: dated\nstates:\n"
                          "  school: {}\n"
                          "  aap:\n    limit:\n"
                          "      - {after: 2 years, to: {out: 1}, entered: {to: 2026-01-01}}\n"
                          "      - {after: 1 year, to: {work: 1}, entered: {from: 2026-01-01}}\n"
                          "  out: {absorbing: true}\n  work: {absorbing: true}\n"
                          "transitions:\n  - {from: school, to: aap, rate_per_year: 0.7}\n",
                          lives_scenario(6, 400, "school"))
                          .run();
  std::int64_t const change = date(2026, 1, 1)->minutes;
  std::map<bool, std::size_t> seen;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    if (life.size() < 3) continue;
    bool const before = life[1].from < change;
    ASSERT_EQ(life[1].to - life[1].from, (before ? 2 : 1) * minutes_per_year);
    ASSERT_EQ(life[2].state, before ? 2 : 3);
    ++seen[before];
  }
  EXPECT_GT(seen[true], 100U);
  EXPECT_GT(seen[false], 100U);
}

TEST(Rules, EndAtTheAgeOfTheCohort) {
  support::TempFolder const folder;
  folder.write("ages.csv", "born_from;born_to;age\n;1964;67\n1964;1965;67.5\n1965;;68\n");
  auto const result =
      support::make_world(folder,
                          "utvei: model/1\nname: pension\nstates:\n"
                          "  work: {ends_at_age: {file: ages.csv, to: {retired: 1}}}\n  retired: {absorbing: true}\n",
                          "start: 2030-01-01\nyears: 6\nlife_courses: all\nbreakdowns: [[state]]\n"
                          "population: {persons: 300, state: work, age: {66.2: 1, 65.5: 1, 64.4: 1}}\n")
          .run();
  auto const& lives = *result.life_courses;
  std::map<std::uint64_t, std::int64_t> birth;
  for (std::size_t i = 0; i < lives.people.person.size(); ++i) birth[lives.people.person[i]] = lives.people.birth[i];
  std::map<double, std::size_t> ages;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    ASSERT_EQ(life.size(), 2U);
    ++ages[static_cast<double>(life[0].to - birth.at(person)) / minutes_per_year];
  }
  EXPECT_EQ(ages.size(), 3U);
  EXPECT_EQ(ages.begin()->first, 67);
  EXPECT_EQ(ages.rbegin()->first, 68);
}

}  // namespace
}  // namespace utvei
