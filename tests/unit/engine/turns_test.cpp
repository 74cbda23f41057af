// SPDX-License-Identifier: Apache-2.0
// Moves between regions and changes of traits, beside the state.
#include "support/matrix_exponential.hpp"
#include "support/world.hpp"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::Why;

double se_of_share(double share, double n) {
  return std::sqrt(share * (1 - share) / n);
}

constexpr char const* two_regions = "region;name_nb\nnorth;Nord\nsouth;Sør\n";

/// State × region, under rates of work that hang on the region.
constexpr char const* model_by_region =
    "utvei: model/1\nname: moving\nregions: regions.csv\nstates:\n  out: {}\n  work: {}\n"
    "transitions:\n  - {from: out, to: work, rates: rates.csv}\n  - {from: work, to: out, rate_per_year: 0.4}\n";
constexpr char const* rates_by_region = "from;to;region;rate_per_year\nout;work;north;0.3\nout;work;south;1.5\n";
constexpr char const* moving = "region;rate_per_year\nnorth;0.5\nsouth;0.2\n";
constexpr char const* both_ways = "from;to;count\nnorth;south;1\nsouth;north;1\n";

support::World moving_world(std::string const& more, std::uint64_t persons) {
  support::TempFolder const folder;
  folder.write("regions.csv", two_regions);
  folder.write("rates.csv", rates_by_region);
  folder.write("moving.csv", moving);
  folder.write("to.csv", both_ways);
  return support::make_world(folder, model_by_region,
                             "start: 2025-01-01\nyears: 4\nbreakdowns: [[region, year, state]]\n"
                             "stock_dates: [\"07-01\"]\npopulation: {persons: " +
                                 std::to_string(persons) + ", state: out, region: {north: 1}}\n" + more);
}

TEST(Moves, GiveTheStateOccupationOfTheJointChain) {
  std::uint64_t const persons = support::people_for_this_build(200'000);
  auto const result = moving_world("demography: {moves: {rates: moving.csv, to: to.csv}}\n", persons).run();
  // out north, work north, out south, work south
  support::Matrix const q{{-0.8, 0.3, 0.5, 0}, {0.4, -0.9, 0, 0.5}, {0.2, 0, -1.7, 1.5}, {0, 0.2, 0.4, -0.6}};
  auto const n = static_cast<double>(persons);
  std::vector<std::pair<std::string, std::string>> const cells{
      {"north", "out"}, {"north", "work"}, {"south", "out"}, {"south", "work"}};
  Table const& years = *result.table("person_years");
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    double sum = 0;
    for (std::size_t i = 0; i < years.size(); ++i) {
      std::size_t const state = i % 2;
      std::size_t const region = i / 2 / years.dimensions[2].labels.size() % 2;
      if (region * 2 + state == cell) sum += years.value(i);
    }
    auto const exact = support::time_in_state(q, 0, cell, 1461.0 / 365.25);
    EXPECT_NEAR(sum / n, exact.mean, 4 * std::sqrt(exact.variance / n)) << cells[cell].first << cells[cell].second;
  }
}

TEST(Moves, AreCountedOnStockDatesWherePeopleLiveThen) {
  std::uint64_t const persons = support::people_for_this_build(100'000);
  auto const result = moving_world("demography: {moves: {rates: moving.csv, to: to.csv}}\n", persons).run();
  Table const& stock = *result.table("stock");
  double south = 0;
  double all = 0;
  std::size_t const years = stock.dimensions[2].labels.size();
  for (std::size_t i = 0; i < stock.size(); ++i) {
    if (i / 2 % years != 0) continue;  // the first year
    all += stock.value(i);
    if (i / 2 / years == 1) south += stock.value(i);
  }
  EXPECT_EQ(all, static_cast<double>(persons));
  double const t = 181.0 / 365.25;
  double const share = 0.5 / 0.7 * (1 - std::exp(-0.7 * t));
  EXPECT_NEAR(south / all, share, 4 * se_of_share(share, all));
}

TEST(Moves, ChangeNoEventOfTheStateWhereRatesAreTheSame) {
  support::TempFolder const folder;
  folder.write("regions.csv", two_regions);
  folder.write("moving.csv", moving);
  folder.write("to.csv", both_ways);
  std::string const model =
      "utvei: model/1\nname: same\nregions: regions.csv\nstates:\n  out: {limit: {after: 1 year, stay: 0.5, to: {work: "
      "1}}}\n"
      "  work: {}\ntransitions:\n  - {from: out, to: work, rate_per_year: 0.3}\n"
      "  - {from: work, to: out, rate_per_year: 0.6}\n";
  std::string const scenario =
      "start: 2025-01-01\nyears: 6\nlife_courses: all\nbreakdowns: [[region, year, state]]\n"
      "population: {persons: 3000, state: out, region: {north: 1, south: 1}}\n";
  auto const stay = support::make_world(folder, model, scenario).run();
  auto const move =
      support::make_world(folder, model, scenario + "demography: {moves: {rates: moving.csv, to: to.csv}}\n").run();
  EXPECT_EQ(support::lives_that_differ(support::life_courses_of(stay), support::life_courses_of(move)), 0U);
  EXPECT_TRUE(stay.life_courses->changes.person.empty());
  EXPECT_GT(move.life_courses->changes.person.size(), 3000U);
  EXPECT_NE(stay.tables, move.tables);
}

TEST(Moves, AreTheSameForAnyNumberOfThreads) {
  auto const world =
      moving_world("life_courses: {sample: 500}\ndemography: {moves: {rates: moving.csv, to: to.csv}}\n", 20'000);
  auto const one = world.run(1);
  EXPECT_TRUE(support::same_numbers(one, world.run(3, 7)));
}

TEST(Moves, AreNotMadeInAbsorbingStatesOrAbroad) {
  support::TempFolder const folder;
  folder.write("regions.csv", two_regions);
  folder.write("moving.csv", "rate_per_year\n50\n");
  folder.write("to.csv", both_ways);
  auto const result =
      support::make_world(folder,
                          "utvei: model/1\nname: away\nregions: regions.csv\nstates:\n  home: {}\n  abroad: {}\n"
                          "  dead: {absorbing: true}\ntransitions:\n  - {from: \"*\", to: dead, rate_per_year: 0.2}\n"
                          "  - {from: home, to: abroad, rate_per_year: 0.5}\n"
                          "  - {from: abroad, to: home, rate_per_year: 0.5}\n",
                          "start: 2025-01-01\nyears: 5\nlife_courses: all\nbreakdowns: [[region, state]]\n"
                          "population: {persons: 400, state: home, region: north}\n"
                          "demography: {outside: [abroad], moves: {rates: moving.csv, to: to.csv}}\n")
          .run();
  auto const lives = support::life_courses_of(result);
  auto const& changes = result.life_courses->changes;
  std::size_t at_home = 0;
  for (std::size_t i = 0; i < changes.person.size(); ++i) {
    for (auto const& stay : lives.at(changes.person[i])) {
      // A move in the minute in which the state changes comes after it, in the new state.
      if (stay.from <= changes.time[i] && changes.time[i] < stay.to) {
        EXPECT_EQ(stay.state, 0);
        ++at_home;
      }
    }
  }
  EXPECT_EQ(at_home, changes.person.size());
  EXPECT_GT(at_home, 20'000U);
}

constexpr char const* family_model =
    "utvei: model/1\nname: family\nstates:\n  out: {}\n  work: {}\n"
    "traits:\n  family:\n    levels: [alone, small, big]\n    changes:\n"
    "      - {from: alone, to: small, rate_per_year: 0.4}\n      - {from: small, to: big, after: 3 years}\n"
    "transitions:\n  - {from: out, to: work, rates: rates.csv}\n  - {from: work, to: out, rate_per_year: 0.4}\n";

support::World family_world(std::string const& family, int years, std::uint64_t persons) {
  support::TempFolder const folder;
  folder.write("rates.csv", "from;to;family;rate_per_year\nout;work;alone;0.9\nout;work;small;0.2\nout;work;big;0.6\n");
  return support::make_world(folder, family_model,
                             "start: 2025-01-01\nyears: " + std::to_string(years) +
                                 "\nlife_courses: all\nbreakdowns: [[family, state]]\npopulation: {persons: " +
                                 std::to_string(persons) + ", state: out, traits: {family: " + family + "}}\n");
}

TEST(TraitChanges, ComeAtTheirRateAndAfterTheirTime) {
  auto const result = family_world("alone", 8, 4000).run();
  auto const& changes = result.life_courses->changes;
  std::map<std::uint64_t, std::int64_t> became_small;
  double small = 0;
  for (std::size_t i = 0; i < changes.person.size(); ++i) {
    if (changes.value[i] == 1) {
      became_small[changes.person[i]] = changes.time[i];
      ++small;
    } else {
      ASSERT_EQ(changes.time[i] - became_small.at(changes.person[i]), 3 * minutes_per_year);
    }
  }
  double const share = 1 - std::exp(-0.4 * 8);
  EXPECT_NEAR(small / 4000, share, 4 * se_of_share(share, 4000));
}

TEST(TraitChanges, FindPeopleOfTheStartAnywhereInTheirWait) {
  auto const result = family_world("small", 2, 6000).run();
  double const changed = static_cast<double>(result.life_courses->changes.person.size());
  double const share = 2.0 * 365 / 365.25 / 3;
  EXPECT_NEAR(changed / 6000, share, 4 * se_of_share(share, 6000));
}

TEST(TraitChanges, ChangeTheIntensitiesFromThenOn) {
  std::uint64_t const persons = support::people_for_this_build(100'000);
  auto world = family_world("alone", 3, persons);
  world.scenario.life_courses = {};
  auto const result = world.run();
  // Nobody is big within three years: out alone, work alone, out small, work small.
  support::Matrix const q{{-1.3, 0.9, 0.4, 0}, {0.4, -0.8, 0, 0.4}, {0, 0, -0.2, 0.2}, {0, 0, 0.4, -0.4}};
  auto const n = static_cast<double>(persons);
  Table const& years = *result.table("person_years");
  for (std::size_t cell = 0; cell < 4; ++cell) {
    auto const exact = support::time_in_state(q, 0, cell, 1095.0 / 365.25);
    EXPECT_NEAR(years.value(cell) / n, exact.mean, 4 * std::sqrt(exact.variance / n)) << cell;
  }
}

TEST(TraitChanges, ComeAtAnAge) {
  auto const result =
      support::make_world(
          "utvei: model/1\nname: age\nstates:\n  out: {}\n  work: {absorbing: true}\n"
          "traits:\n  grown: {levels: [\"no\", \"yes\"], changes: [{from: \"no\", to: \"yes\", at_age: 18}]}\n"
          "transitions:\n  - {from: out, to: work, rate_per_year: 0.01}\n",
          "start: 2025-01-01\nyears: 5\nlife_courses: all\nbreakdowns: [[grown, state]]\n"
          "population: {persons: 100, state: out, age: {16: 1, 17.5: 1, 20: 1}, traits: {grown: \"no\"}}\n")
          .run();
  auto const& lives = *result.life_courses;
  std::map<std::uint64_t, std::int64_t> birth;
  for (std::size_t i = 0; i < lives.people.person.size(); ++i) birth[lives.people.person[i]] = lives.people.birth[i];
  std::int64_t const start = date(2025, 1, 1)->minutes;
  std::size_t younger = 0;
  for (auto const& [person, born] : birth) younger += born + 18 * minutes_per_year > start ? 1U : 0U;
  EXPECT_GT(younger, 60U);
  EXPECT_GT(lives.changes.person.size(), younger - 5);
  for (std::size_t i = 0; i < lives.changes.person.size(); ++i) {
    std::int64_t const eighteen = birth.at(lives.changes.person[i]) + 18 * minutes_per_year;
    EXPECT_EQ(lives.changes.time[i], eighteen);  // who is older already stays as they are
    EXPECT_GT(eighteen, start);
  }
}

TEST(TraitChanges, OfTwoTraitsComeAtOneAge) {
  auto const result =
      support::make_world(
          "utvei: model/1\nname: age\nstates:\n  out: {}\n  work: {absorbing: true}\n"
          "traits:\n  grown: {levels: [\"no\", \"yes\"], changes: [{from: \"no\", to: \"yes\", at_age: 18}]}\n"
          "  votes: {levels: [\"no\", \"yes\"], changes: [{from: \"no\", to: \"yes\", at_age: 18}]}\n"
          "transitions:\n  - {from: out, to: work, rate_per_year: 0.0001}\n",
          "start: 2025-01-01\nyears: 3\nlife_courses: all\nbreakdowns: [[grown, votes, state]]\n"
          "population: {persons: 40, state: out, age: 17, traits: {grown: \"no\", votes: \"no\"}}\n")
          .run();
  EXPECT_EQ(result.life_courses->changes.person.size(), 80U);
}

TEST(TraitChanges, ComeAndGoAtTheirAges) {
  auto const result =
      support::make_world(
          "utvei: model/1\nname: age\nstates:\n  out: {}\n  work: {absorbing: true}\n"
          "traits:\n  young: {levels: [\"no\", \"yes\"], changes: [{from: \"no\", to: \"yes\", at_age: 16}, "
          "{from: \"yes\", to: \"no\", at_age: 18}]}\n"
          "transitions:\n  - {from: out, to: work, rate_per_year: 0.001}\n",
          "start: 2025-01-01\nyears: 6\nlife_courses: all\nbreakdowns: [[young, state]]\n"
          "population: {persons: 50, state: out, age: {15: 1, 20: 1}, traits: {young: \"no\"}}\n")
          .run();
  EXPECT_NEAR(static_cast<double>(result.life_courses->changes.person.size()), 50, 4);
}

TEST(Settings, GiveThePaperToWhoeverCompletes) {
  support::TempFolder const folder;
  folder.write("rates.csv", "from;to;paper;rate_per_year\nwork;out;no;1.2\nwork;out;yes;0.3\n");
  std::uint64_t const persons = support::people_for_this_build(100'000);
  auto const result =
      support::make_world(
          folder,
          "utvei: model/1\nname: set\nstates:\n  apprentice: {}\n  work: {}\n  out: {}\n"
          "traits:\n  paper: [\"no\", \"yes\"]\ntransitions:\n"
          "  - {from: apprentice, to: out, rate_per_year: 0.2}\n"
          "  - {from: apprentice, to: work, rate_per_year: 0.5, sets: {paper: \"yes\"}}\n"
          "  - {from: work, to: out, rates: rates.csv}\n  - {from: out, to: work, rate_per_year: 0.5}\n",
          "start: 2025-01-01\nyears: 6\nbreakdowns: [[paper, state]]\npopulation: {persons: " +
              std::to_string(persons) + ", state: apprentice, traits: {paper: \"no\"}}\n")
          .run();
  // apprentice, then work and out without, then work and out with the paper.
  support::Matrix const q{
      {-0.7, 0, 0.2, 0.5, 0}, {0, -1.2, 1.2, 0, 0}, {0, 0.5, -0.5, 0, 0}, {0, 0, 0, -0.3, 0.3}, {0, 0, 0, 0.5, -0.5}};
  std::vector<std::size_t> const place{0, 1, 2, 4, 5};  // paper × state
  Table const& years = *result.table("person_years");
  auto const n = static_cast<double>(persons);
  for (std::size_t cell = 0; cell < place.size(); ++cell) {
    auto const exact = support::time_in_state(q, 0, cell, 2191.0 / 365.25);
    EXPECT_NEAR(years.value(place[cell]) / n, exact.mean, 4 * std::sqrt(exact.variance / n)) << cell;
  }
  EXPECT_EQ(years.value(3), 0);
}

TEST(Settings, OfALimitComeWithIt) {
  auto const result = support::make_world(
                          "utvei: model/1\nname: set\nstates:\n"
                          "  first: {limit: {after: 1 year, to: {second: 1}, sets: {paper: \"yes\"}}}\n"
                          "  second: {ends_at_age: {age: 30, to: {third: 1}, sets: {paper: lost}}}\n"
                          "  third: {absorbing: true}\ntraits:\n  paper: [\"no\", \"yes\", lost]\n",
                          "start: 2025-01-01\nyears: 6\nbreakdowns: [[paper, state]]\n"
                          "population: {persons: 10, state: first, age: 27, traits: {paper: \"no\"}}\n")
                          .run();
  Table const& years = *result.table("person_years");
  EXPECT_DOUBLE_EQ(years.value(0), 10);      // first, without
  EXPECT_DOUBLE_EQ(years.value(3 + 1), 20);  // second, with
  EXPECT_GT(years.value(6 + 2), 29);         // third, lost
}

}  // namespace
}  // namespace utvei
