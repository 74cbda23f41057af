// SPDX-License-Identifier: Apache-2.0
// Clocks that count with a level of a trait, and limits that only set traits: against closed forms, and event by event
// against sums over the lives that were recorded.
#include "flag_lives.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr double on = 1.5;   // a year, of those without the flag
constexpr double off = 2.0;  // of those with it
constexpr std::int64_t right = 52 * minutes_per_week;

/// The flag comes and goes; its clock leads out after 52 weeks with it.
std::string flag_model(std::string const& states, std::string const& limits, std::string const& clock = "") {
  return "utvei: model/1\nname: flags\nstates:\n" + states +
         "traits:\n  flag:\n    levels: [\"no\", \"yes\"]\n    changes:\n"
         "      - {from: \"no\", to: \"yes\", rate_per_year: 1.5}\n      - {from: \"yes\", to: \"no\", rate_per_year: "
         "2}\n"
         "clocks:\n  right: {counts_when: {flag: [\"yes\"]}" +
         clock + "}\n" + limits;
}

std::string flag_scenario(int years, std::uint64_t persons, std::string const& level, std::string const& state = "a") {
  return "start: 2025-01-01\nyears: " + std::to_string(years) +
         "\nlife_courses: all\nbreakdowns: [[state]]\npopulation: {persons: " + std::to_string(persons) +
         ", state: " + state + ", traits: {flag: {" + level + "}}}\n";
}

/// Who has the flag at the start needs `right` of time with it, and Poisson(off × right) breaks, each exponential.
TEST(FlagClocks, TakeWhatBreaksOfExponentialLengthAdd) {
  std::uint64_t const persons = support::people_for_this_build(40'000);
  auto const result = support::make_world(flag_model("  a: {limit: {clock: right, after: 52 weeks, to: {out: 1}}}\n"
                                                     "  out: {absorbing: true}\n",
                                                     ""),
                                          flag_scenario(60, persons, "\"yes\": 1"))
                          .run();
  support::Mean time;
  double without_break = 0;
  for (auto const& [person, life] : support::life_courses_of(result)) {
    ASSERT_EQ(life.front().end, support::Why::limit);
    std::int64_t const took = life.front().to - life.front().from;
    ASSERT_GE(took, right);
    without_break += took == right ? 1 : 0;
    time.add(static_cast<double>(took) / minutes_per_year);
  }
  double const years = static_cast<double>(right) / minutes_per_year;
  double const breaks = off * years;
  double const n = static_cast<double>(persons);
  double const none = std::exp(-breaks);
  EXPECT_NEAR(time.mean(), years + breaks / on, 4 * time.se());
  EXPECT_NEAR(time.variance(), 2 * breaks / (on * on), 0.05 * 2 * breaks / (on * on));
  EXPECT_NEAR(without_break / n, none, 4 * std::sqrt(none * (1 - none) / n));
}

TEST(FlagClocks, GoOnInWhicheverState) {
  auto const result =
      support::make_world(flag_model("  a: {}\n  b: {}\n  out: {absorbing: true}\n",
                                     "transitions:\n  - {from: a, to: b, rate_per_year: 3}\n"
                                     "  - {from: b, to: a, rate_per_year: 2}\n"
                                     "  - {from: b, to: out, rate_per_year: 0.01}\n"
                                     "limits: [{clock: right, after: 52 weeks, sets: {flag: \"no\"}}]\n"),
                          flag_scenario(12, 800, "\"yes\": 1, \"no\": 1"))
          .run();
  std::size_t used_up = 0;
  for (auto const& life : flags::lives_of(result)) {
    std::int64_t used = 0;
    for (flags::Piece const& piece : life) {
      if (piece.level != 1 || piece.state == 2) continue;  // nobody's traits change in `out`
      // Whoever gets the flag again, once the right is used up, has it for a minute.
      if (used >= right) {
        ASSERT_EQ(piece.to - piece.from, 1);
        continue;
      }
      used += piece.to - piece.from;
      ASSERT_LE(used, right);
      used_up += used == right ? 1U : 0U;
    }
  }
  EXPECT_GT(used_up, 600U);
}

TEST(FlagClocks, SpendLuckOfTheStateAsIfNothingHadHappened) {
  std::string const states = "  a: {}\n  b: {}\n";
  std::string const ways =
      "transitions:\n  - {from: a, to: b, rate_per_year: 3}\n  - {from: b, to: a, rate_per_year: 2}\n";
  auto const plain = support::make_world(flag_model(states, ways), flag_scenario(6, 2000, "\"yes\": 1")).run();
  auto const limited =
      support::make_world(
          flag_model(states, ways + "limits: [{clock: right, after: 20 weeks, sets: {flag: \"no\"}}]\n"),
          flag_scenario(6, 2000, "\"yes\": 1"))
          .run();
  EXPECT_EQ(support::lives_that_differ(support::life_courses_of(plain), support::life_courses_of(limited)), 0U);
  EXPECT_NE(plain.life_courses->changes, limited.life_courses->changes);
}

TEST(FlagClocks, LetAShareBeAndAskTheOthersAgain) {
  auto const result =
      support::make_world(flag_model("  a: {}\n  b: {}\n",
                                     "transitions:\n  - {from: a, to: b, rate_per_year: 1}\n"
                                     "  - {from: b, to: a, rate_per_year: 1}\n"
                                     "limits: [{clock: right, after: 8 weeks, stay: 0.6, sets: {flag: \"no\"}}]\n"),
                          flag_scenario(20, 4000, "\"yes\": 1"))
          .run();
  double let_be = 0;
  for (auto const& life : flags::lives_of(result)) {
    std::int64_t used = 0;
    for (flags::Piece const& piece : life) used += piece.level == 1 ? piece.to - piece.from : 0;
    // Others come back to the flag some ten times, and are asked each time; 0.6 of them stay then.
    let_be += used > 16 * minutes_per_week ? 1 : 0;
  }
  EXPECT_GT(let_be / 4000, 0.99);
}

/// All at once: three states, a flag that transitions set as well, a limit that leads out of two of the states, one
/// that only sets, a window and renewal. Each limit comes in the first minute in which the sum over the life has come
/// to it.
TEST(FlagClocks, ComeToTheirLimitsWhenTheSumOverTheLifeDoes) {
  auto const world = support::make_world(
      "utvei: model/1\nname: all\nstates:\n  a: {}\n  b: {}\n  c: {}\ntraits:\n  flag:\n    levels: [\"no\", \"yes\"]\n"
      "    changes: [{from: \"yes\", to: \"no\", rate_per_year: 0.8}, {from: \"no\", to: \"yes\", rate_per_year: "
      "0.5}]\n"
      "clocks:\n"
      "  leads: {counts_in: [a, b], counts_when: {flag: [\"yes\"]}, within: 2 years, renewed_after: {20 weeks: [b, "
      "c]}}\n"
      "  sets: {counts_when: {flag: \"yes\"}, within: 3 years}\n"
      "limits:\n  - {clock: leads, after: 30 weeks, to: {c: 1}}\n  - {clock: sets, after: 45 weeks, sets: {flag: "
      "\"no\"}}\n"
      "transitions:\n  - {from: a, to: b, rate_per_year: 2}\n  - {from: b, to: a, rate_per_year: 3}\n"
      "  - {from: b, to: c, rate_per_year: 0.5}\n  - {from: c, to: a, rate_per_year: 2, sets: {flag: \"yes\"}}\n",
      flag_scenario(15, 600, "\"yes\": 1, \"no\": 2"));
  auto const result = world.run();
  flags::Clock const leads{
      {true, true, false}, 30 * minutes_per_week, 2 * minutes_per_year, {{false, true, true}, 20 * minutes_per_week}};
  flags::Clock const sets{{true, true, true}, 45 * minutes_per_week, 3 * minutes_per_year, {}};
  std::size_t led = 0;
  std::size_t set = 0;
  for (auto const& life : flags::lives_of(result)) {
    for (std::size_t i = 0; i + 1 < life.size(); ++i) {
      flags::Piece const& piece = life[i];
      std::int64_t const leads_at = flags::due_in(leads, life, i);
      std::int64_t const sets_at = flags::due_in(sets, life, i);
      ASSERT_GE(leads_at, piece.to);
      ASSERT_GE(sets_at, piece.to);
      ASSERT_EQ(piece.end == support::Why::limit, leads_at == piece.to);
      if (sets_at == piece.to && !piece.end) {
        ASSERT_EQ(life[i + 1].level, 0);
        ASSERT_EQ(life[i + 1].state, piece.state);
        ++set;
      }
      led += piece.end == support::Why::limit ? 1U : 0U;
    }
  }
  EXPECT_GT(led, 1000U);
  EXPECT_GT(set, 300U);
  EXPECT_TRUE(support::same_numbers(result, world.run(3, 7)));
}

TEST(FlagClocks, AreRenewedByTimeWithoutTheFlagInTheSameState) {
  auto const result =
      support::make_world(
          "utvei: model/1\nname: renewed\nstates:\n  a: {}\n  out: {absorbing: true}\ntraits:\n  flag:\n"
          "    levels: [\"no\", \"yes\"]\n    changes: [{from: \"no\", to: \"yes\", rate_per_year: 1}]\n"
          "clocks:\n  right: {counts_when: {flag: \"yes\"}, renewed_after: {26 weeks: [a]}}\n"
          "limits: [{clock: right, after: 10 weeks, sets: {flag: \"no\"}}]\n"
          "transitions: [{from: a, to: out, rate_per_year: 0}]\n",
          flag_scenario(12, 500, "\"yes\": 1"))
          .run();
  std::size_t renewed = 0;
  for (auto const& life : flags::lives_of(result)) {
    ASSERT_EQ(life.front().to - life.front().from, 10 * minutes_per_week);
    for (std::size_t i = 2; i + 1 < life.size(); i += 2) {
      bool const is_earned = life[i - 1].to - life[i - 1].from >= 26 * minutes_per_week;
      ASSERT_EQ(life[i].to - life[i].from, is_earned ? 10 * minutes_per_week : 1);
      renewed += is_earned ? 1U : 0U;
    }
  }
  EXPECT_GT(renewed, 1000U);
}

/// A limit that leads to several states cannot say what people become in each; the states can.
TEST(StatesThatSet, GiveTheirLevelsToWhoeverEnters) {
  auto const result =
      support::make_world(
          "utvei: model/1\nname: entry\nstates:\n  a: {limit: {after: 1 year, to: {b: 0.5, c: 0.5}}}\n"
          "  b: {sets: {flag: \"yes\"}}\n  c: {sets: {flag: \"no\"}}\n  d: {sets: {flag: \"no\"}}\n"
          "traits: {flag: [\"no\", \"yes\"]}\ntransitions:\n  - {from: a, to: c, rate_per_year: 0.5}\n"
          "  - {from: b, to: c, rate_per_year: 0.7}\n  - {from: c, to: d, rate_per_year: 1, sets: {flag: \"yes\"}}\n"
          "  - {from: d, to: a, rate_per_year: 2}\n",
          flag_scenario(8, 500, "\"yes\": 1, \"no\": 1"))
          .run();
  std::size_t seen = 0;
  for (auto const& life : flags::lives_of(result)) {
    for (std::size_t i = 1; i < life.size(); ++i) {
      flags::Piece const& piece = life[i];
      ASSERT_TRUE(life[i - 1].end) << "only ways change the flag";
      std::uint32_t const before = life[i - 1].level;
      std::uint32_t const after = piece.state == 1 || piece.state == 3 ? 1 : piece.state == 2 ? 0 : before;
      ASSERT_EQ(piece.level, after);
      ++seen;
    }
  }
  EXPECT_GT(seen, 2000U);
}

}  // namespace
}  // namespace utvei
