// SPDX-License-Identifier: Apache-2.0
// Who may wait for whom, and what several who follow them say to each other.
#include "../../../sim/engine/catchments.hpp"

#include "rich_world.hpp"
#include "support/threads_together.hpp"

#include <utvei/engine/parted_run.hpp>

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
constexpr std::uint32_t none = Catchments::none;

RunPlan plan_of_draw_0(support::World const& world) {
  Diagnostics diagnostics;
  RunPlan plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

std::string measure(std::string const& name, std::string const& more) {
  return "  - {name: " + name + ", who: {state: [aap, unknown]}, lasts: {median: 5 months}" + more + "}\n";
}

/// Of the regions nord, n1, n2 and s1.
std::vector<std::uint32_t> catchments(std::string const& measures, std::string const& more = {}) {
  support::World const world = rich::world("measures:\n" + measures + more);
  Catchments const found{plan_of_draw_0(world), world.people, world.scenario.model.regions.size()};
  std::vector<std::uint32_t> numbers;
  for (std::size_t r = 0; r < world.scenario.model.regions.size(); ++r) numbers.push_back(found.of(RegionId{r}));
  return numbers;
}

TEST(Catchments, AreRegionsThatShareADesk) {
  EXPECT_THAT(catchments(measure("a", "")), ElementsAre(none, none, none, none));
  EXPECT_THAT(catchments(measure("a", ", places: {total: 5}")), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(catchments(measure("a", ", places: {per_region: {nord: 3, s1: 2}}")), ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(catchments(measure("a", ", places: {per_region: {n1: 3, s1: 2}}")), ElementsAre(none, 0, none, 1));
}

TEST(Catchments, AreThoseOfAllWhoMayAskThere) {
  std::string const somewhere =
      "  - {name: a, who: {state: aap, region: n2}, lasts: {median: 5 months}, places: {total: 5}}\n";
  EXPECT_THAT(catchments(somewhere), ElementsAre(none, none, 0, none));
}

TEST(Catchments, HangTogetherByResourcesAndByWhoMayWaitAtTwoDesks) {
  std::string const mentors = "resources: {mentor: {total: 4}}\n";
  std::string const local = measure("a", ", places: {per_region: {n1: 3, s1: 2}}");
  EXPECT_THAT(catchments(local + measure("b", ", uses: mentor"), mentors), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(catchments(local + measure("b", ", places: {per_region: {nord: 2}}")), ElementsAre(0, 0, 0, 1));
  // A desk where everybody gets a place at the next date makes nobody wait for another.
  EXPECT_THAT(catchments(local + measure("b", ", allocate: {every: 1 month}")), ElementsAre(none, 0, none, 1));
  EXPECT_THAT(catchments(measure("b", ", allocate: {every: 1 month, group_size: 2}")), ElementsAre(0, 0, 0, 0));
}

TEST(Catchments, ServeAtDatesIfAllTheirDesksDo) {
  auto const serve_at_dates = [](std::string const& measures) {
    support::World const world = rich::world("measures:\n" + measures);
    return PartedRun{world.scenario, world.rates, world.people, plan_of_draw_0(world), 1}.serves_at_dates();
  };
  std::string const monthly = measure("a", ", places: {total: 5}, allocate: {every: 1 month}");
  EXPECT_TRUE(serve_at_dates(monthly));
  EXPECT_FALSE(serve_at_dates(measure("a", "")));
  EXPECT_FALSE(serve_at_dates(monthly + measure("b", ", places: {total: 5}")));
  EXPECT_FALSE(serve_at_dates(measure("a", ", places: {total: 5}, queue: {at_most: 3}, allocate: {every: 1 month}")));
}

TEST(PeopleWhoWait, AreCutByCatchment) {
  support::World const world = rich::world("measures:\n" + measure("a", ", places: {per_region: {nord: 3}}"));
  PartedRun const run{world.scenario, world.rates, world.people, plan_of_draw_0(world), 1};
  std::size_t north = 0;
  for (PersonRow const row : ids_of(world.people.key))
    north += world.scenario.model.regions[world.people.region[row]].code == "s1" ? 0U : 1U;
  // Nobody waits in s1: its people may be divided as one likes.
  EXPECT_THAT(run.cuts(1'000), ElementsAre(0, north, north + 1'000, world.people.size()));
  EXPECT_FALSE(run.may_cut_at(north - 1));
  EXPECT_TRUE(run.may_cut_at(north));
  EXPECT_TRUE(run.may_cut_at(north + 7));
}

/// What is counted of everybody at once, and catchment by catchment.
void expect_same_in_catchments(std::string const& measures) {
  support::World world = rich::world(measures);
  world.scenario.life_courses = {};
  PartedRun run{world.scenario, world.rates, world.people, plan_of_draw_0(world), 1};
  auto const cuts = run.cuts(1);
  PartTallies sum = run.follow({0, 0, 0, 0}, {});
  for (std::size_t i = 1; i < cuts.size(); ++i) sum.add(run.follow({0, 0, cuts[i - 1], cuts[i]}, {}));
  PartTallies whole = run.follow({0, 0, 0, world.people.size()}, {});
  EXPECT_EQ(run.pack(sum), run.pack(whole)) << measures;
}

TEST(PeopleWhoWait, DoNotHangOnDesksOfOtherCatchments) {
  std::string const dates = ", allocate: {every: 1 month}";
  std::string const random_order = ", queue: {order: random}";
  // A resource of each catchment, for two measures with different orders of those who wait.
  expect_same_in_catchments("resources: {mentor: {per_region: {nord: 6, s1: 6}}}\nmeasures:\n" +
                            measure("a", ", uses: mentor" + random_order + dates) +
                            measure("b", ", uses: mentor" + dates));
  // Two that exclude each other, each with places of its own.
  std::string const places = ", places: {per_region: {n1: 3, n2: 4, s1: 5}}";
  expect_same_in_catchments("measures:\n" + measure("a", places + random_order + dates) +
                            measure("b", places + ", not_with: [a]" + dates) +
                            measure("c", ", places: {per_region: {nord: 5, s1: 5}}, queue: {order: youngest}" + dates));
}

TEST(PeopleWhoWait, AddUpFromTheSharesOfSeveral) {
  for (std::string const queue : {", places: {total: 40}, allocate: {every: 1 month}", ", places: {total: 40}",
                                  ", places: {total: 40}, queue: {at_most: 5, order: longest_out}"}) {
    support::World world =
        rich::world("measures:\n" + measure("a", queue) + measure("b", ", places: {per_region: {nord: 9, s1: 9}}"));
    world.scenario.life_courses = {};
    PartedRun run{world.scenario, world.rates, world.people, plan_of_draw_0(world), 1};
    RunPart const everybody{0, 0, 0, world.people.size()};
    PartTallies whole = run.follow(everybody, {});
    std::string const expected = run.pack(whole);
    for (std::size_t const members : {1U, 2U, 5U}) {
      std::vector<std::string> packed(members);
      support::ThreadsTogether{members}.run([&](Exchange& others) {
        SimulateOptions options;
        options.threads = 1 + others.member() % 2;
        PartTallies share = run.follow_with(others, everybody, options);
        packed[others.member()] = run.pack(share);
      });
      PartTallies sum = run.follow({0, 0, 0, 0}, {});
      for (std::string const& share : packed) sum.add(run.unpack(share));
      EXPECT_EQ(run.pack(sum), expected) << members << " members" << queue;
    }
  }
}

TEST(PeopleWhoWait, SayLittleToEachOtherWherePlacesAreGivenAtDates) {
  std::string const quarterly = measure("a", ", places: {total: 40}, allocate: {every: 3 months}");
  auto const rounds = [](std::string const& measures) {
    support::World const world = rich::world("measures:\n" + measures);
    PartedRun run{world.scenario, world.rates, world.people, plan_of_draw_0(world), 1};
    support::ThreadsTogether together{2};
    together.run([&](Exchange& others) {
      static_cast<void>(run.follow_with(others, {0, 0, 0, world.people.size()}, {}));
    });
    return together.rounds();
  };
  // Once for the first requests, and once for each measure and quarter of twelve years.
  EXPECT_LE(rounds(quarterly), 1 + 12 * 4 + 1);
  EXPECT_LE(rounds(quarterly + measure("b", ", places: {total: 30}, allocate: {every: 3 months}")),
            1 + 2 * (12 * 4 + 1));
  EXPECT_GT(rounds(measure("a", ", places: {total: 40}")), 200);
}

}  // namespace
}  // namespace utvei
