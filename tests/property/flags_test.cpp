// SPDX-License-Identifier: Apache-2.0
// What holds for every model whose people have a flag, a clock that counts with it, and a limit that only sets it.
#include "random_world.hpp"

#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using property::pick;
using property::RandomWorld;

/// The world with a flag that comes and goes, and people who have it or not.
RandomWorld with_flag(RandomWorld world) {
  std::string const within = pick(0, 1) == 1 ? ", within: 2 years" : "";
  std::string const renewed = pick(0, 1) == 1 ? fmt::format(", renewed_after: {{{} days: [s0]}}", pick(1, 300)) : "";
  world.model += fmt::format(
      "traits:\n  flag:\n    levels: [\"no\", \"yes\"]\n    changes:\n"
      "      - {{from: \"no\", to: \"yes\", rate_per_year: {}}}\n      - {{from: \"yes\", to: \"no\", after: {} "
      "days}}\n"
      "clocks:\n  right: {{counts_when: {{flag: \"yes\"}}{}{}}}\n"
      "limits:\n  - {{clock: right, after: {} days, stay: {}, sets: {{flag: \"no\"}}}}\n",
      pick(1, 30) / 10.0, pick(1, 500), within, renewed, pick(1, 600), pick(0, 2) / 4.0);
  world.scenario += "  traits: {flag: {\"no\": 1, \"yes\": 2}}\n";
  return world;
}

TEST(AnyWorldWithFlags, IsTheSameForThreadsAndBlocks) {
  property::check([](RandomWorld const& random) {
    support::World const world = with_flag(random).make();
    RunResult const one = world.run(1, 10'000);
    auto const threads = static_cast<std::size_t>(pick(2, 7));
    auto const block = static_cast<std::size_t>(pick(1, 70));
    RC_ASSERT(support::same_numbers(one, world.run(threads, block)));
  });
}

TEST(AnyWorldWithFlags, IsTheSameHoweverItsIntensitiesAreCut) {
  property::check([](RandomWorld const& random) {
    RandomWorld const flagged = with_flag(random);
    int const age = pick(16, 40);
    std::string const change = fmt::format(
        "changes:\n  - {{transition: s0 -> *, hazard_ratio: 1, age: {{from: {}, to: {}}}, traits: {{flag: "
        "[\"yes\"]}}}}\n",
        age, age + pick(1, 10));
    RunResult const plain = flagged.make().run();
    RunResult const cut = flagged.make(change).run();
    RC_ASSERT(plain.life_courses == cut.life_courses);
  });
}

TEST(AnyWorldWithFlags, ChangesNoEventOfStatesThatKnowNothingOfIt) {
  property::check([](RandomWorld const& random) {
    auto const plain = support::life_courses_of(random.make().run());
    RC_ASSERT(support::lives_that_differ(plain, support::life_courses_of(with_flag(random).make().run())) == 0U);
  });
}

}  // namespace
}  // namespace utvei
