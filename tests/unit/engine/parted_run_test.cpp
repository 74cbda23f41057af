// SPDX-License-Identifier: Apache-2.0
// A run in parts is the run, however people are divided and in whatever order the parts are added.
#include "rich_world.hpp"

#include <utvei/core/packed_numbers.hpp>
#include <utvei/engine/parted_run.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

PartedRun parted(support::World const& world) {
  Diagnostics diagnostics;
  RunPlan plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return PartedRun{world.scenario, world.rates, world.people, std::move(plan), 1};
}

TEST(PartedRun, AddsUpToTheWholeInAnyOrder) {
  support::World world = rich::world();
  // Those of life courses stand in the order of the parts.
  world.scenario.life_courses = {};
  PartedRun run = parted(world);
  std::size_t const people = world.people.size();
  PartTallies whole = run.follow({0, 0, 0, people}, {});
  std::string const expected = run.pack(whole);
  for (std::size_t const parts : {2U, 3U, 7U}) {
    std::vector<RunPart> order;
    for (std::size_t i = 0; i < parts; ++i) order.push_back({0, 0, people * i / parts, people * (i + 1) / parts});
    PartTallies forward = run.follow({0, 0, 0, 0}, {});
    for (RunPart const& part : order) forward.add(run.follow(part, {}));
    PartTallies backward = run.follow({0, 0, 0, 0}, {});
    for (auto part = order.rbegin(); part != order.rend(); ++part) backward.add(run.follow(*part, {}));
    EXPECT_EQ(run.pack(forward), expected) << parts;
    EXPECT_EQ(run.pack(backward), expected) << parts;
  }
}

TEST(PartedRun, UnpacksWhatItPacked) {
  support::World world = rich::world();
  PartedRun run = parted(world);
  PartTallies whole = run.follow({0, 0, 0, world.people.size()}, {});
  std::string const bytes = run.pack(whole);
  PartTallies back = run.unpack(bytes);
  EXPECT_EQ(run.pack(back), bytes);
  EXPECT_THROW(static_cast<void>(run.unpack(bytes.substr(0, bytes.size() / 2))), DamagedNumbers);
  EXPECT_THROW(static_cast<void>(run.unpack(bytes + "x")), DamagedNumbers);
}

TEST(PartedRun, CutsCoverEverybodyOnce) {
  support::World world = rich::world();
  PartedRun const run = parted(world);
  for (std::size_t const wanted : {std::size_t{1}, std::size_t{7}, std::size_t{100}, std::size_t{1'000'000}}) {
    auto const cuts = run.cuts(wanted);
    EXPECT_EQ(cuts.front(), 0);
    EXPECT_EQ(cuts.back(), world.people.size());
    for (std::size_t i = 1; i < cuts.size(); ++i) {
      EXPECT_LT(cuts[i - 1], cuts[i]);
      EXPECT_LE(cuts[i] - cuts[i - 1], wanted);
    }
  }
}

}  // namespace
}  // namespace utvei
