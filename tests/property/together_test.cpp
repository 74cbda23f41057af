// SPDX-License-Identifier: Apache-2.0
// Scenarios that are followed beside a baseline count what each counts alone, whatever their measures are.
#include "random_measures.hpp"

#include <utvei/engine/parted_run.hpp>

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using property::check;
using property::pick;
using property::RandomWorld;

/// Whether all that can join the first count the same beside it as alone.
bool count_alike(std::vector<support::World>& worlds) {
  Population const& people = worlds.front().people;
  std::vector<std::unique_ptr<PartedRun>> all;
  std::vector<PartedRun*> runs;
  for (support::World& world : worlds) {
    world.scenario.life_courses = {};
    Diagnostics diagnostics;
    RunPlan plan = compile(world.scenario, world.rates, people, 0, diagnostics);
    throw_if_errors(diagnostics);
    all.push_back(std::make_unique<PartedRun>(world.scenario, world.rates, people, std::move(plan), 1));
    if (runs.empty() || all.back()->can_join(*runs.front())) runs.push_back(all.back().get());
  }
  RunPart const part{0, 0, 0, people.size()};
  auto together = PartedRun::follow_together(runs, part, {});
  for (std::size_t i = 0; i < runs.size(); ++i) {
    PartTallies alone = runs[i]->follow(part, {});
    if (runs[i]->pack(together[i].tallies) != runs[i]->pack(alone)) return false;
  }
  return true;
}

std::string random_change(RandomWorld const& world) {
  int const state = pick(0, static_cast<int>(world.states.size()) - 1);
  return fmt::format("changes: [{{transition: s{} -> *, hazard_ratio: {}, from: {}-01-01}}]\n", state,
                     pick(1, 30) / 10.0, pick(2025, 2030));
}

TEST(AnyScenarios, CountTheSameBesideABaseline) {
  check([](RandomWorld const& random) {
    std::string const measures = property::random_measures(random, true);
    std::vector<support::World> worlds;
    if (pick(0, 1) == 0) worlds.push_back(random.make());
    worlds.push_back(random.make(measures));
    worlds.push_back(random.make(measures + random_change(random)));
    worlds.push_back(random.make(property::random_measures(random, false)));
    worlds.push_back(random.make(property::random_measures(random, true)));
    RC_ASSERT(count_alike(worlds));
  });
}

/// A turn in the minute in which an age ends a state: there is a stay of no length, and in it they are found.
TEST(AnyScenarios, CountWhoIsFoundInTheMinuteOfATurn) {
  constexpr std::string_view model = R"(utvei: model/1
name: turn
states:
  school: {group: education, ends_at_age: {age: 20, to: {work: 1}}}
  work: {group: work}
  out: {group: outside}
traits:
  grown_up: {levels: ["no", "yes"], changes: [{from: "no", to: "yes", at_age: 20}]}
transitions:
  - {from: school, to: out, rate_per_year: 0.05}
  - {from: work, to: out, rate_per_year: 0.2}
  - {from: out, to: work, rate_per_year: 0.5}
)";
  std::string const scenario =
      "start: 2025-01-01\nyears: 8\nseed: 1\n"
      "population: {persons: 1000, state: school, age: 16, traits: {grown_up: \"no\"}}\n";
  std::string const measures =
      "measures:\n  - name: m\n    who: {state: [school, work], age: {from: 19}, traits: {grown_up: [\"no\"]}}\n"
      "    found_after: {median: 1 year, shape: fixed}\n    lasts: {median: 2 years}\n"
      "    effects: [{transition: work -> out, hazard_ratio: 3, assumed: true}]\n";
  support::TempFolder const folder;
  std::vector<support::World> worlds;
  for (std::string const& more : {std::string{}, measures})
    worlds.push_back(support::make_world(folder, std::string{model}, scenario + more));
  EXPECT_TRUE(count_alike(worlds));
}

}  // namespace
}  // namespace utvei
