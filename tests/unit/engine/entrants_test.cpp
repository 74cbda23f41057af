// SPDX-License-Identifier: Apache-2.0
// People who join a run after its start.
#include "support/world.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr char const* country_model =
    "utvei: model/1\nname: small\nregions: regions.csv\nstates:\n  school: {group: education}\n  work: {}\n"
    "  dead: {absorbing: true}\ntraits:\n  sex: [female, male]\ntransitions:\n"
    "  - {from: school, to: work, rate_per_year: 0.5}\n  - {from: work, to: school, rate_per_year: 0.1}\n"
    "  - {from: \"*\", to: dead}\n";

constexpr char const* death_rates =
    "from;to;age_from;age_to;rate_per_year\n*;dead;;50;0.01\n*;dead;50;;0.1\nschool;dead;;;0.002\n";

class EntrantsRun : public ::testing::Test {
 protected:
  EntrantsRun() {
    folder_.write("regions.csv", "region;name_nb\nnorth;Nord\nsouth;Sør\n");
    folder_.write("deaths.csv", death_rates);
  }

  support::World world(std::string const& entrants, std::string const& more = "file: entrants.csv, state: school") {
    folder_.write("entrants.csv", entrants);
    return support::make_world(folder_, country_model,
                               "start: 2025-01-01\nyears: 4\nlife_courses: all\n"
                               "breakdowns: [[region, year, state]]\nstock_dates: [\"12-31\"]\n"
                               "population: {persons: 50, state: work, age: 40, region: north, traits: {sex: female}}\n"
                               "demography: {deaths: deaths.csv, entrants: {" +
                                   more + "}}\n");
  }

  support::TempFolder folder_;
};

TEST_F(EntrantsRun, ComeInTheirYearAndAreCountedFromThenOn) {
  auto const two =
      world("year;region;sex;age;count\n2025;north;female;16;300\n2026;south;male;16;500\n2029;north;male;16;7\n");
  EXPECT_EQ(two.people.size(), 850U);
  for (std::size_t i = 50; i < two.people.size(); ++i) {
    PersonRow const row{i};
    Instant const enters = two.people.enters[row];
    EXPECT_EQ(year_of(enters), i < 350 ? 2025 : 2026);
    EXPECT_EQ((enters - two.people.birth[row]).minutes, 16 * minutes_per_year);
  }
  auto const result = two.run();
  Table const& stock = *result.table("stock");
  double heads = 0;
  for (std::size_t i = 0; i < stock.size(); ++i) {
    if (i / 3 % 4 == 1) heads += stock.value(i);
  }
  EXPECT_EQ(heads, std::ranges::count_if(two.people.enters, [](Instant t) { return t < *date(2026, 12, 31); }));
}

TEST_F(EntrantsRun, ComeEvenlyOverTheYearOrAllOnADay) {
  auto const evenly = world("year;region;sex;age;count\n2026;south;male;16;4000\n");
  double first_half = 0;
  for (Instant const enters : evenly.people.enters)
    first_half += enters > *date(2025, 1, 2) && enters < *date(2026, 7, 2);
  EXPECT_NEAR(first_half / 4000, 182.0 / 365, 4 * std::sqrt(0.25 / 4000));
  auto const august =
      world("year;region;sex;count\n;south;male;10\n", "file: entrants.csv, state: school, age: 16, at: \"08-15\"");
  ASSERT_EQ(august.people.size(), 90U);
  for (int year = 0; year < 4; ++year) {
    EXPECT_EQ(august.people.enters[PersonRow{static_cast<std::size_t>(50 + 10 * year)}], *date(2025 + year, 8, 15));
  }
}

TEST_F(EntrantsRun, KeepTheirLuckWhenOthersComeToo) {
  std::string const few = "year;region;sex;age_from;age_to;count\n2026;south;male;16;18;200\n";
  auto const before = support::life_courses_of(world(few).run());
  auto const after = support::life_courses_of(
      world("year;region;sex;age_from;age_to;count\n2025;north;female;16;17;90\n2026;south;male;16;18;220\n").run());
  EXPECT_EQ(before.size(), 250U);
  EXPECT_EQ(after.size(), 360U);
  for (auto const& [person, life] : before) EXPECT_EQ(after.at(person), life);
}

TEST_F(EntrantsRun, LeaveTheSampleOfTheStartAndItsFingerprintAlone) {
  auto few = world("year;region;sex;age;count\n2026;south;male;16;20\n");
  auto many = world("year;region;sex;age;count\n2026;south;male;16;20\n2027;north;female;16;400\n");
  few.scenario.life_courses = many.scenario.life_courses = {LifeCourseRequest::Kind::sample, 20};
  auto const one = few.run();
  auto const two = many.run();
  EXPECT_EQ(one.provenance.people, two.provenance.people);
  auto const kept = support::life_courses_of(two);
  for (auto const& [person, life] : support::life_courses_of(one)) EXPECT_EQ(kept.at(person), life);
}

TEST_F(EntrantsRun, AreRoundedWithoutBias) {
  std::string lines = "year;region;sex;age;count\n";
  for (int age = 0; age < 400; ++age) lines += ";south;male;" + std::to_string(age / 4.0) + ";0.3\n";
  auto const people = world(lines).people.size() - 50;
  EXPECT_NEAR(static_cast<double>(people), 4 * 400 * 0.3, 4 * std::sqrt(4 * 400 * 0.3 * 0.7));
}

TEST_F(EntrantsRun, DieAtTheRatesOfTheTable) {
  auto const result =
      world("year;region;sex;age;count\n2025;north;female;60;20000\n", "file: entrants.csv, state: work, at: \"01-02\"")
          .run();
  double deaths_from_work = 0;
  double years_in_work = 0;
  Table const& transitions = *result.table("transitions");
  std::size_t const passages = transitions.dimensions.back().labels.size();
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    if (transitions.dimensions.back().labels[i % passages] == "work -> dead") deaths_from_work += transitions.value(i);
  }
  years_in_work = support::total(result, "person_years", "state", "work");
  EXPECT_NEAR(deaths_from_work / years_in_work, 0.1, 4 * std::sqrt(0.1 / years_in_work));
}

TEST_F(EntrantsRun, AreTheSameForAnyNumberOfThreads) {
  auto const some = world("year;region;sex;age;count\n;north;female;16;900.5\n;south;male;30;77\n");
  EXPECT_TRUE(support::same_numbers(some.run(1), some.run(2, 11)));
}

}  // namespace
}  // namespace utvei
