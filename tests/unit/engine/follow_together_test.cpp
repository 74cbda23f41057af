// SPDX-License-Identifier: Apache-2.0
// Runs that are followed together count what each counts alone, to the last byte.
#include "rich_world.hpp"

#include <utvei/engine/parted_run.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view with_definition = R"(
definitions:
  outside: {states: [aap, disability, unknown], age: {from: 16, to: 67}, at: "11-16", better: less}
)";

constexpr std::string_view one_place = R"(
  - name: follow_up
    runs: {from: 2027-01-01, until: 2033-01-01}
    who: {state: aap, age: {to: 40}, region: [n1, n2]}
    found_after: {median: 3 months}
    uptake: 0.7
    places: {per_region: {n1: 2, n2: 1}}
    queue: {order: longest_out, gives_up_after: {median: 9 months}, at_most: 5}
    lasts: {median: 12 months}
    effects:
      - {transition: aap -> work, hazard_ratio: 3, after: {half_life: 1 year}, assumed: true}
)";
constexpr std::string_view course = R"(
  - name: course
    runs: {from: 2026-01-01}
    who: {state: unknown, time_in_state: {at_least: 3 months}}
    found_after: {median: 6 months}
    uptake: 0.5
    lasts: {median: 6 months, shape: fixed}
    ends_when: leaves_state
    effects:
      - {transition: unknown -> work, hazard_ratio: 1.3, assumed: true}
)";
constexpr std::string_view after_course = R"(
  - name: more
    who: {state: [work, unknown], history: {ended: course, within: 1 year}}
    lasts: {median: 6 months}
    effects:
      - {transition: work -> sick_leave, hazard_ratio: 0.5, assumed: true}
)";
constexpr std::string_view needs = R"(
needs:
  health: {share: {aap: 0.8, unknown: 0.25}, wait: {median: 10 weeks}, takes: {median: 10 months}, slows: {"* -> work": 0.7}, assumed: true}
  debt: {share: 0.3, takes: {median: 5 months}}
coordination: {way: one_after_another, contact: [aap, unknown], assessment_after: {one_after_another: {median: 6 months}, referral: {median: 4 months}, together: {median: 1 month}}}
)";
constexpr std::string_view hard_to_find = R"(
  - name: seldom
    runs: {from: 2026-02-01, until: 2034-01-01}
    who: {state: [unknown, aap], age: {from: 17, to: 45}, time_in_state: {at_least: 2 months}, traits: {sex: [female]}}
    found_after: {median: 3 years}
    effects:
      - {transition: unknown -> work, hazard_ratio: 2, assumed: true}
)";
constexpr std::string_view seldom_needs = R"(
needs:
  health: {share: {aap: 0.2, unknown: 0.05}, takes: {median: 10 months}, slows: {"* -> work": 0.7}, assumed: true}
coordination: {way: together, contact: [aap, unknown], assessment_after: {one_after_another: {median: 6 months}, referral: {median: 4 months}, together: {median: 1 month}}}
)";
constexpr std::string_view since_contact = R"(
events:
  job: {since: contact, comes_to: work, within: 3 years}
)";
constexpr std::string_view moves = R"(
demography: {moves: {rates: moving.csv, to: to.csv}}
)";
constexpr std::string_view ways = R"(
pathways:
  ways:
    back: {steps: [sick_leave, work], within: 2 years}
  flows: true
  sequences: {spells: 4, by: state, most: 15}
)";

std::string text(std::string_view a, std::string_view b = {}, std::string_view c = {}) {
  return std::string{a} + std::string{b} + std::string{c};
}

/// A scenario of a world that others share people with.
struct Run {
  Run(support::World const& baseline, std::string_view more)
      : world{rich::world(more, text(rich::model, with_definition))} {
    world.scenario.life_courses = {};
    Diagnostics diagnostics;
    RunPlan plan = compile(world.scenario, world.rates, baseline.people, 0, diagnostics);
    throw_if_errors(diagnostics);
    run = std::make_unique<PartedRun>(world.scenario, world.rates, baseline.people, std::move(plan), 1);
  }
  support::World world;
  std::unique_ptr<PartedRun> run;
};

/// Follows scenarios alone and together; gives how many lives of each were followed.
std::vector<std::uint64_t> expect_same(std::vector<std::string> const& scenarios, std::uint32_t replicate = 0,
                                       SimulateOptions const& options = {}) {
  support::World const people = rich::world(scenarios.front(), text(rich::model, with_definition));
  std::vector<std::unique_ptr<Run>> all;
  std::vector<PartedRun*> runs;
  for (std::string const& more : scenarios) {
    all.push_back(std::make_unique<Run>(people, more));
    runs.push_back(all.back()->run.get());
  }
  RunPart const part{0, replicate, 0, people.people.size()};
  std::vector<std::uint64_t> lives;
  auto together = PartedRun::follow_together(runs, part, options);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_TRUE(runs[i]->can_join(*runs.front()));
    PartTallies alone = runs[i]->follow(part, {});
    EXPECT_TRUE(runs[i]->pack(together[i].tallies) == runs[i]->pack(alone)) << i << ": " << scenarios[i];
    lives.push_back(together[i].lives);
  }
  return lives;
}

TEST(FollowTogether, ARateThatChangesForSomeIsFollowedForThemAlone) {
  auto const lives = expect_same(
      {"", text("changes:\n  - {transition: aap -> work, hazard_ratio: 1.5, region: n1, from: 2030-01-01}\n"),
       text("changes:\n  - {transition: work -> sick_leave, hazard_ratio: 0.8, age: {from: 40, to: 45}}\n"),
       text("changes:\n  - {transition: work -> sick_leave, hazard_ratio: 0.8}\n")});
  EXPECT_LT(lives[1], lives[0] / 4);
  EXPECT_LT(lives[2], lives[0] / 2);
  EXPECT_EQ(lives[3], lives[0]) << "nearly everybody works some time: all are followed";
}

TEST(FollowTogether, PlacesThatPeopleWaitFor) {
  std::string const one = text("measures:", one_place);
  for (std::uint32_t const replicate : {0U, 1U}) {
    auto const lives = expect_same(
        {"", one, text("measures:", one_place, course), text("measures:", course, after_course)}, replicate);
    EXPECT_LT(lives[1], lives[0] / 3);
    EXPECT_LT(lives[2], lives[0]);
  }
}

TEST(FollowTogether, ABaselineWithMeasures) {
  expect_same({text("measures:", one_place), "", text("measures:", one_place, course),
               text("changes:\n  - {transition: aap -> work, hazard_ratio: 1.5, region: n1}\nmeasures:", one_place)});
}

TEST(FollowTogether, Needs) {
  expect_same({"", std::string{needs}, text(needs, "measures:", course)});
}

TEST(FollowTogether, WhoIsSoughtAndNotFoundIsNotFollowed) {
  std::string const seldom = text("measures:", hard_to_find);
  std::string at_once = seldom;
  at_once.replace(at_once.find("3 years"), 7, "1 day");
  for (std::uint32_t const replicate : {0U, 1U, 2U}) {
    auto const lives = expect_same({"", seldom, at_once, text("measures:", hard_to_find, course)}, replicate);
    EXPECT_LT(lives[1], lives[2] * 3 / 4);
  }
  expect_same({seldom, "", at_once, text("measures:", hard_to_find, one_place)});
}

TEST(FollowTogether, WhoHasNoNeedsIsNotFollowed) {
  auto const lives = expect_same({"", std::string{seldom_needs}, std::string{needs}});
  EXPECT_LT(lives[1], lives[2] / 3);
  expect_same({std::string{seldom_needs}, "", std::string{needs}});
}

TEST(FollowTogether, ContactsAreCountedWhereTheyBeginEvents) {
  expect_same({text(seldom_needs, since_contact), text(needs, since_contact),
               text(seldom_needs, since_contact, text("measures:", course))});
}

TEST(FollowTogether, PeopleWhoMove) {
  expect_same(
      {std::string{moves}, text(moves, "measures:", hard_to_find), text(moves, "measures:", one_place),
       text(moves, needs),
       text(moves, "changes:\n  - {transition: aap -> work, hazard_ratio: 1.5, region: n1, from: 2030-01-01}\n")});
}

TEST(FollowTogether, SeveralThreads) {
  SimulateOptions options;
  options.threads = 3;
  options.block_size = 100;
  expect_same({"", text("measures:", one_place, course), std::string{needs},
               text("changes:\n  - {transition: aap -> work, hazard_ratio: 1.5, region: n1}\n")},
              0, options);
}

TEST(FollowTogether, WaysThroughTheStates) {
  auto const lives = expect_same({std::string{ways}, text(ways, "measures:", one_place)});
  EXPECT_LT(lives[1], lives[0] / 3);
}

}  // namespace
}  // namespace utvei
