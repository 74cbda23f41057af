// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/population/memory.hpp"
#include "example.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using example::model;
using example::people_of;

TEST(MakePopulation, OneValueIsEverybodys) {
  auto const people =
      people_of("{persons: 10, state: work, age: 16, region: r02, traits: {sex: male, debt: 2.5}}", model());
  ASSERT_EQ(people.size(), 10U);
  PersonRow const last{9};
  EXPECT_EQ(people.state[last], StateId{1});
  EXPECT_EQ(people.birth[last], example::start() - duration_of_years(16));
  EXPECT_EQ(people.region[last], RegionId{1});
  EXPECT_EQ(people.traits[0][last], 1U);
  EXPECT_FLOAT_EQ(people.numbers[1][last], 2.5F);
  EXPECT_EQ(people.key[last].value, mix64(10));
  EXPECT_EQ(people.data_class, "synthetic");
}

TEST(MakePopulation, WarnsOfWhoIsPastTheAgeAtWhichTheStateEnds) {
  Model with_end = model();
  with_end.states[StateId{1}].ends_at_age.emplace().age = duration_of_years(67);
  auto const warnings_of = [&](std::string const& age) {
    Diagnostics diagnostics;
    auto const spec =
        example::spec_of("{persons: 100, state: {work: 1, outside: 1}, age: " + age + "}", with_end, diagnostics);
    make_population(spec, with_end, example::start(), diagnostics);
    return render(diagnostics);
  };
  EXPECT_EQ(warnings_of("66.9"), "");
  EXPECT_THAT(warnings_of("67"), testing::HasSubstr("51 of 100 people start in `work` at the age of 67 years or more"));
}

TEST(MakePopulation, ColumnsThatAreNotGivenStayEmpty) {
  auto const people = people_of("{persons: 3, state: work}", model());
  EXPECT_TRUE(people.birth.empty());
  EXPECT_TRUE(people.region.empty());
  EXPECT_TRUE(people.time_in_state.empty());
  ASSERT_EQ(people.traits.size(), 2U);
  EXPECT_TRUE(people.traits[0].empty());
  EXPECT_TRUE(people.numbers[1].empty());
}

TEST(MakePopulation, PersonsAreTheSameForAnyNumberOfPersons) {
  std::string const shares =
      "state: {school: 3, work: 1}, age: {16: 1, 20: 2}, region: {r01: 1, r02: 4}, traits: {sex: {female: 1, male: "
      "1}}}";
  auto const few = people_of("{persons: 100, " + shares, model());
  auto const many = people_of("{persons: 5000, " + shares, model());
  for (std::size_t i = 0; i < few.size(); ++i) {
    PersonRow const row{i};
    EXPECT_EQ(few.key[row], many.key[row]);
    EXPECT_EQ(few.state[row], many.state[row]);
    EXPECT_EQ(few.birth[row], many.birth[row]);
    EXPECT_EQ(few.region[row], many.region[row]);
    EXPECT_EQ(few.traits[0][row], many.traits[0][row]);
  }
}

TEST(MakePopulation, AnAttributeDoesNotDependOnTheOthers) {
  auto const plain = people_of("{persons: 500, state: {school: 3, work: 1}}", model());
  auto const rich =
      people_of("{persons: 500, state: {school: 3, work: 1}, age: {16: 1, 20: 2}, region: {r01: 1, r02: 4}}", model());
  EXPECT_EQ(plain.state.values(), rich.state.values());
}

TEST(MakePopulation, SharesAreMetClosely) {
  auto const people =
      people_of("{persons: 10000, state: {school: 0.7, work: 0.3}, region: {r01: 0.25, r02: 0.75}}", model());
  auto const count = [&](StateId state, RegionId region) {
    int n = 0;
    for (std::size_t i = 0; i < people.size(); ++i)
      n += people.state[PersonRow{i}] == state && people.region[PersonRow{i}] == region;
    return n;
  };
  // Random draws would miss by a standard deviation of 43; the joint discrepancy of the sequence is far smaller.
  EXPECT_NEAR(count(StateId{0}, RegionId{0}), 1750, 12);
  EXPECT_NEAR(count(StateId{1}, RegionId{0}), 750, 12);
  EXPECT_NEAR(count(StateId{0}, RegionId{1}), 5250, 12);
  EXPECT_NEAR(count(StateId{1}, RegionId{1}), 2250, 12);
}

TEST(MakePopulation, TheFirstPeopleAreKnown) {
  // floor(2^64 frac(sqrt 2)) / 2^64 = 0.41421…, 0.82842…, 0.24264…, 0.65685…
  auto const people = people_of("{persons: 4, state: {school: 1, work: 1}}", model());
  EXPECT_THAT(people.state.values(), testing::ElementsAre(StateId{0}, StateId{1}, StateId{0}, StateId{1}));
}

TEST(MakePopulation, KeysAreDifferent) {
  auto const people = people_of("{persons: 20000, state: work}", model());
  std::set<std::uint64_t> keys;
  for (PersonKey const key : people.key) keys.insert(key.value);
  EXPECT_EQ(keys.size(), people.size());
}

TEST(MakePopulation, TimeInStateIsSharedOutAsWell) {
  auto const people = people_of("{persons: 100, state: work, time_in_state: {0 days: 1, 1 year: 1}}", model());
  auto const& times = people.time_in_state.values();
  EXPECT_THAT(times, testing::Contains(Duration{0}).Times(49));
  EXPECT_THAT(times, testing::Contains(Duration{minutes_per_year}).Times(51));
}

TEST(FitsIntoMemory, SaysHowMuchMorePeopleWouldNeed) {
  Diagnostics diagnostics;
  EXPECT_TRUE(fits_into_memory(1000, 28, {}, diagnostics));
  constexpr std::size_t terabyte = 1'000'000'000'000;
  EXPECT_FALSE(fits_into_memory(1'000'000, terabyte, {}, diagnostics));
  ASSERT_EQ(diagnostics.error_count(), 1U);
  EXPECT_THAT(diagnostics.all().front().why, testing::HasSubstr("they need 1000000000.0 GB"));
  EXPECT_FALSE(fits_into_memory(4'000'000'001, 1, {}, diagnostics));
  EXPECT_THAT(diagnostics.all().back().problem, testing::HasSubstr("too many"));
}

TEST(StartStates, AreThoseWithAShare) {
  Diagnostics diagnostics;
  auto const spec = example::spec_of("{persons: 4, state: {outside: 1, work: 0, school: 2}}", model(), diagnostics);
  EXPECT_THAT(start_states(spec, model()), testing::ElementsAre(StateId{0}, StateId{2}));
}

}  // namespace
}  // namespace utvei
