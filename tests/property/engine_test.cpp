// SPDX-License-Identifier: Apache-2.0
// What holds for every model, every rate table and everybody.
#include "random_world.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using property::check;
using property::RandomWorld;
using support::Why;

double sum_of(Table const& table) {
  double sum = 0;
  for (std::size_t i = 0; i < table.size(); ++i) sum += table.value(i);
  return sum;
}

TEST(AnyWorld, KeepsPersonTime) {
  check([](RandomWorld const& random) {
    support::World const world = random.make();
    RunResult const result = world.run();
    std::int64_t minutes = 0;
    double events = 0;
    for (auto const& [person, life] : support::life_courses_of(result)) {
      RC_ASSERT(life.front().from == world.scenario.start.minutes);
      RC_ASSERT(life.back().to == world.scenario.end.minutes);
      for (auto const& stay : life) minutes += stay.to - stay.from;
      events += static_cast<double>(life.size() - 1);
    }
    auto const run = (world.scenario.end - world.scenario.start).minutes;
    RC_ASSERT(minutes == static_cast<std::int64_t>(world.people.size()) * run);
    double const years = static_cast<double>(minutes) / static_cast<double>(minutes_per_year);
    for (Table const& table : result.tables) {
      if (table.quantity == "person_years") RC_ASSERT(std::abs(sum_of(table) - years) < 1e-6);
      if (table.quantity == "transitions") RC_ASSERT(std::abs(sum_of(table) - events) < 0.5);
      RC_ASSERT(std::abs(sum_of(*result.group_table(table.name)) - sum_of(table)) < 1e-6);
    }
  });
}

/// One stay under the rules of its state: how long it may last, and what may end it.
void check_stay(support::World const& world, RandomWorld const& random, PersonRow person, support::Stay const& stay,
                std::int64_t before) {
  auto const& state = random.states[stay.state];
  auto const length = stay.to - stay.from;
  RC_ASSERT(length >= 1);
  if (state.limit_days) {
    auto const left = std::max<std::int64_t>(1, *state.limit_days * minutes_per_day - before);
    RC_ASSERT(state.stay || length <= left);
    if (stay.end == Why::limit) RC_ASSERT(length == left);
  } else {
    RC_ASSERT(stay.end != Why::limit);
  }
  if (state.end_age) {
    auto const at = (world.people.birth[person] + Duration{*state.end_age * minutes_per_year}).minutes;
    RC_ASSERT(stay.to <= std::max(at, stay.from + 1));
    if (stay.end == Why::age) RC_ASSERT(stay.to == std::max(at, stay.from + 1));
  } else {
    RC_ASSERT(stay.end != Why::age);
  }
}

TEST(AnyWorld, KeepsItsRules) {
  check([](RandomWorld const& random) {
    support::World const world = random.make();
    auto const gone = world.scenario.model.state("gone").value().value();
    auto const rows = support::rows_of(world.people);
    for (auto const& [person, life] : support::life_courses_of(world.run())) {
      for (std::size_t i = 0; i < life.size(); ++i) {
        if (life[i].state == gone) {
          RC_ASSERT(life[i].end == Why::end);
          continue;
        }
        auto const before = i == 0 ? world.people.time_in_state[rows.at(person)].minutes : 0;
        check_stay(world, random, rows.at(person), life[i], before);
      }
    }
  });
}

TEST(AnyWorld, IsTheSameForThreadsAndBlocks) {
  check([](RandomWorld const& random) {
    support::World const world = random.make();
    RunResult const one = world.run(1, 10'000);
    auto const threads = static_cast<std::size_t>(property::pick(2, 7));
    auto const block = static_cast<std::size_t>(property::pick(1, 70));
    RC_ASSERT(support::same_numbers(one, world.run(threads, block)));
  });
}

TEST(AnyWorld, IsTheSameHoweverItsIntensitiesAreCut) {
  check([](RandomWorld const& random) {
    int const age = property::pick(16, 40);
    int const year = property::pick(2025, 2033);
    std::string const change = fmt::format(
        "changes:\n  - {{transition: \"* -> gone\", hazard_ratio: 1, age: {{from: {}, to: {}}}}}\n"
        "  - {{transition: s0 -> *, hazard_ratio: 1, region: r1, from: {}-0{}-15, to: {}-03-04}}\n",
        age, age + property::pick(1, 10), year, property::pick(1, 9), year + property::pick(1, 3));
    auto const plain = support::life_courses_of(random.make().run());
    RC_ASSERT(support::lives_that_differ(plain, support::life_courses_of(random.make(change).run())) == 0U);
  });
}

}  // namespace
}  // namespace utvei
