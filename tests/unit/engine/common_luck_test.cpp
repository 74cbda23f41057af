// SPDX-License-Identifier: Apache-2.0
// What a run must not depend on, and how closely scenarios keep together.
#include "rich_world.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <gtest/gtest.h>

/// Leaves out, visibly, what would only cost time where a sanitizer watches each step.
#ifdef UTVEI_SANITIZED
#define UTVEI_SKIP_WHERE_SANITIZED(why) GTEST_SKIP() << (why)
#else
#define UTVEI_SKIP_WHERE_SANITIZED(why) static_cast<void>(why)
#endif

namespace utvei {
namespace {

using support::life_courses_of;
using support::lives_that_differ;

TEST(CommonLuck, ThreadsAndBlocksChangeNoNumber) {
  support::World const world = rich::world("replicates: 2\n");
  RunResult const one = world.run(1, 10'000);
  for (std::size_t const threads : {1U, 2U, 3U, 7U}) {
    for (std::size_t const block : {1U, 64U, 10'000U}) {
      EXPECT_TRUE(support::same_numbers(one, world.run(threads, block))) << threads << " threads, blocks of " << block;
    }
  }
}

TEST(CommonLuck, AHazardRatioOfOneChangesNoEvent) {
  auto const plain = life_courses_of(rich::world().run());
  auto const cut = life_courses_of(rich::world(R"(changes:
  - {transition: work -> sick_leave, hazard_ratio: 1, age: {from: 19.7, to: 44.4}, from: 2026-02-03, to: 2029-08-09}
  - {transition: "* -> work", hazard_ratio: 1, region: n1, from: 2027-05-05}
  - {transition: aap -> *, hazard_ratio: 1, traits: {sex: [female]}, age: {from: 33.3}}
)")
                                       .run());
  std::size_t events = 0;
  for (auto const& [person, life] : plain) events += life.size();
  EXPECT_GT(events, 20'000U);
  EXPECT_EQ(lives_that_differ(plain, cut), 0U);
}

TEST(CommonLuck, RatiosThatCancelChangeNoEvent) {
  auto const plain = life_courses_of(rich::world().run());
  auto const cancelled = life_courses_of(rich::world(R"(changes:
  - {transition: work -> sick_leave, hazard_ratio: 2, from: 2028-02-03, to: 2029-08-09}
  - {transition: work -> sick_leave, hazard_ratio: 0.5, from: 2028-02-03, to: 2029-08-09}
)")
                                             .run());
  EXPECT_EQ(lives_that_differ(plain, cancelled), 0U);
}

TEST(CommonLuck, AChangeInOneRegionChangesNoEventElsewhere) {
  support::World const world = rich::world();
  auto const plain = life_courses_of(world.run());
  auto const changed = life_courses_of(
      rich::world("changes:\n  - {transition: sick_leave -> work, hazard_ratio: 1.3, region: nord}\n").run());
  RegionId const elsewhere = world.scenario.model.regions.find("s1").value();
  auto const sick_leave = world.scenario.model.state("sick_leave").value().value();
  std::size_t differ = 0;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : plain) {
    if (life == changed.at(person)) continue;
    ++differ;
    EXPECT_NE(world.people.region[rows.at(person)], elsewhere) << person;
    EXPECT_TRUE(std::ranges::any_of(life, [&](auto const& stay) { return stay.state == sick_leave; })) << person;
  }
  EXPECT_GT(differ, 300U);
}

TEST(CommonLuck, ALaterChangeLeavesThePastAlone) {
  auto const plain = life_courses_of(rich::world().run());
  auto const changed = life_courses_of(
      rich::world("changes:\n  - {transition: \"* -> work\", hazard_ratio: 2, from: 2031-03-04}\n").run());
  std::int64_t const from = date(2031, 3, 4)->minutes;
  std::size_t differ = 0;
  for (auto const& [person, life] : plain) {
    auto const& other = changed.at(person);
    differ += life == other ? 0U : 1U;
    for (std::size_t i = 0; i < life.size() && life[i].to <= from; ++i) ASSERT_EQ(life[i], other.at(i)) << person;
  }
  EXPECT_GT(differ, 500U);
}

TEST(CommonLuck, ChangesBeforeAndAfterTheRunChangeNoEvent) {
  auto const plain = life_courses_of(rich::world().run());
  auto const changed = life_courses_of(rich::world(R"(changes:
  - {transition: unknown -> work, hazard_ratio: 3, to: 2025-06-15}
  - {transition: unknown -> aap, hazard_ratio: 3, from: 2010-01-01, to: 2020-01-01}
  - {transition: school -> work, hazard_ratio: 3, from: 2037-06-15}
  - {transition: work -> sick_leave, hazard_ratio: 3, from: 2050-01-01, to: 2060-01-01}
)")
                                           .run());
  EXPECT_EQ(lives_that_differ(plain, changed), 0U);
}

TEST(CommonLuck, OtherBreakdownsGroupsAndDatesChangeNoEvent) {
  support::World const world = rich::world();
  support::World const fuller = [&] {
    support::World other = world;
    other.scenario.breakdowns.push_back({{TallyDimension::Kind::state}});
    other.scenario.breakdowns.push_back({{TallyDimension::Kind::age_group}, {TallyDimension::Kind::region}});
    other.scenario.groups = 33;
    other.scenario.age_groups = {16, 40};
    other.scenario.stock_dates.clear();
    return other;
  }();
  EXPECT_EQ(world.run().life_courses, fuller.run().life_courses);
}

TEST(CommonLuck, AStateThatIsAddedShiftsNobodysLuckBeforeItIsMet) {
  std::string model{rich::model};
  model.insert(model.find("traits:"), "  abroad: {group: outside}\n");
  model.insert(
      model.find("  - {from: school, to: unknown"),
      "  - {from: disability, to: abroad, rate_per_year: 0.5}\n  - {from: abroad, to: work, rate_per_year: 1}\n");
  auto const plain = life_courses_of(rich::world().run());
  support::World const larger = rich::world({}, model);
  auto const result = life_courses_of(larger.run());
  auto const abroad = larger.scenario.model.state("abroad").value().value();
  std::size_t met = 0;
  for (auto const& [person, life] : plain) {
    auto other = result.at(person);
    bool const meets = std::ranges::any_of(other, [&](auto const& stay) { return stay.state == abroad; });
    met += meets ? 1U : 0U;
    // The numbers of the states have moved; their names have not.
    for (auto& stay : other) {
      stay.state = static_cast<std::uint16_t>(stay.state - (stay.state > abroad ? 1 : 0));
      stay.next = static_cast<std::uint16_t>(stay.next - (stay.next > abroad ? 1 : 0));
    }
    if (!meets) {
      ASSERT_EQ(life, other) << person;
    }
  }
  EXPECT_GT(met, 50U);
}

TEST(CommonLuck, APersonLivesTheSameAmongAnyNumber) {
  auto const many = life_courses_of(rich::world().run());
  support::World world = rich::world();
  world.scenario.population.persons = 501;
  Diagnostics diagnostics;
  world.people = make_population(world.scenario.population, world.scenario.model, world.scenario.start, diagnostics);
  auto const few = life_courses_of(world.run());
  ASSERT_EQ(few.size(), 501U);
  for (auto const& [person, life] : few) ASSERT_EQ(life, many.at(person)) << person;
}

TEST(CommonLuck, ASampleHoldsTheSamePeopleAndTheirWholeLives) {
  auto const all = life_courses_of(rich::world().run());
  support::World world = rich::world();
  world.scenario.life_courses = {LifeCourseRequest::Kind::sample, 100};
  auto const sample = life_courses_of(world.run());
  EXPECT_EQ(sample.size(), 100U);
  for (auto const& [person, life] : sample) ASSERT_EQ(life, all.at(person)) << person;
}

TEST(CommonLuck, SeedsAndReplicatesHaveLuckOfTheirOwn) {
  support::World world = rich::world();
  auto const plain = life_courses_of(world.run());
  world.scenario.seed = 8;
  EXPECT_GT(lives_that_differ(plain, life_courses_of(world.run())), 2'500U);
  world.scenario.seed = 7;
  world.scenario.replicates = 2;
  RunResult const twice = world.run();
  Table const& transitions = *twice.table("transitions");
  ASSERT_EQ(transitions.dimensions[1].name, "replicate");
  auto const& counts = std::get<std::vector<std::int64_t>>(transitions.values);
  auto const half = static_cast<std::ptrdiff_t>(counts.size() / 2);
  EXPECT_FALSE(std::equal(counts.begin(), counts.begin() + half, counts.begin() + half));
}

/// The set-up of the experiment on coupling schemes: four states, rates per month, 2,000 people who start without a
/// job, 120 months; the effect is months in work per person.
support::World coupling_world(std::string const& changes) {
  std::string model =
      "utvei: model/1\nname: coupling\nstates: {education: {}, training: {}, employment: {}, joblessness: {}}\n"
      "traits: {arm: [control, treated]}\ntransitions:\n";
  constexpr std::array names{"education", "training", "employment", "joblessness"};
  constexpr double per_month[4][4] = {
      {0, .003, .0185, .0057}, {.0047, 0, .0374, .0130}, {.0092, .0025, 0, .0064}, {.0382, .0145, .0414, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      if (i == j) continue;
      model += "  - {from: " + std::string{names[i]} + ", to: " + names[j] +
               ", rate_per_year: " + std::to_string(12 * per_month[i][j]) + "}\n";
    }
  }
  return support::make_world(
      model,
      "start: 2025-01-01\nyears: 10\nbreakdowns: [[state]]\ngroups: 2\n"
      "population: {persons: 2000, state: joblessness, traits: {arm: {control: 19, treated: 1}}}\n" +
          changes);
}

/// How much smaller the variance of the effect is with common luck than with independent luck.
double variance_reduction(std::string const& change) {
  support::World baseline = coupling_world("");
  support::World what_if = coupling_world(change);
  auto const months = [](support::World const& world) {
    return 12 * support::total(world.run(), "person_years", "state", "employment") / 2000;
  };
  support::Mean paired;
  support::Mean independent;
  constexpr std::uint32_t seeds = 400;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    baseline.scenario.seed = seed;
    what_if.scenario.seed = seed;
    double const plain = months(baseline);
    paired.add(months(what_if) - plain);
    what_if.scenario.seed = seed + 1'000'000;
    independent.add(months(what_if) - plain);
  }
  EXPECT_NEAR(paired.mean(), independent.mean(), 4 * independent.se());
  return independent.variance() / paired.variance();
}

TEST(CommonLuck, ReducesTheVarianceOfAnEffectOnAll) {
  UTVEI_SKIP_WHERE_SANITIZED("the same lives as in other tests, a hundred times");
  double const factor = variance_reduction("changes: [{transition: joblessness -> employment, hazard_ratio: 1.3}]\n");
  RecordProperty("factor", std::to_string(factor));
  EXPECT_GE(factor, 15);
}

TEST(CommonLuck, ReducesTheVarianceOfAnEffectOnFew) {
  UTVEI_SKIP_WHERE_SANITIZED("the same lives as in other tests, a hundred times");
  double const factor = variance_reduction(
      "changes: [{transition: joblessness -> employment, hazard_ratio: 1.3, traits: {arm: [treated]}}]\n");
  RecordProperty("factor", std::to_string(factor));
  EXPECT_GE(factor, 300);
}

}  // namespace
}  // namespace utvei
