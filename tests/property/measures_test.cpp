// SPDX-License-Identifier: Apache-2.0
// What holds for all measures, whatever they are: nobody is lost, no place is taken twice, and none stands empty while
// somebody waits for it.
#include "../../sim/engine/allocation.hpp"
#include "../../sim/engine/life.hpp"
#include "random_measures.hpp"
#include "support/threads_together.hpp"

#include <utvei/engine/parted_run.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using property::check;
using property::pick;
using property::RandomWorld;
using property::with_measures;
using Kind = ServiceRecord::Kind;

struct Lives {
  explicit Lives(support::World const& of) : world{of} {
    Diagnostics diagnostics;
    plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
    throw_if_errors(diagnostics);
    RandomKey const key{world.scenario.seed, 0, 0};
    Answers const answers = allocate(plan, world.people, key, 1, nullptr);
    for (PersonRow const row : ids_of(world.people.key)) {
      Life life{plan};
      life.begin(world.people, row, key, answers.of(row));
      while (life.is_open()) life.apply(next_event(plan, life));
      records.push_back(life.participation.records());
    }
  }
  support::World const& world;
  RunPlan plan;
  std::vector<std::vector<ServiceRecord>> records;  ///< by row
};

TEST(AnyMeasures, LoseNobody) {
  check([](RandomWorld const& random) {
    support::World const world = with_measures(random);
    Lives const lives{world};
    for (auto const& records : lives.records) {
      std::map<std::uint32_t, Kind> last;
      for (ServiceRecord const& record : records) {
        auto const before = last.find(record.measure);
        bool const waits = before != last.end() && before->second == Kind::asked;
        bool const takes = before != last.end() && before->second == Kind::started;
        bool const found = before != last.end() && before->second == Kind::found;
        switch (record.kind) {
          case Kind::found:
            RC_ASSERT(!waits && !takes && !found);
            break;
          case Kind::refused:
          case Kind::asked:
            RC_ASSERT(found);
            break;
          case Kind::started:
            RC_ASSERT((lives.plan.measures[record.measure].has_queue ? waits : found));
            break;
          case Kind::turned_away:
          case Kind::gave_up:
          case Kind::dropped:
            RC_ASSERT(waits);
            break;
          case Kind::completed:
          case Kind::left:
          case Kind::closed:
            RC_ASSERT(takes);
            break;
        }
        last[record.measure] = record.kind;
      }
    }
  });
}

/// Who takes part and who waits at a desk, as time goes.
struct Change {
  Instant time;
  int taking{0}, waiting{0};
  std::pair<std::uint32_t, std::uint32_t> desk;  ///< measure, and place among its desks
};

std::vector<Change> changes_of_queues(Lives const& lives) {
  std::vector<Change> changes;
  for (auto const& records : lives.records) {
    std::map<std::uint32_t, Kind> last;
    for (ServiceRecord const& record : records) {
      MeasurePlan const& measure = lives.plan.measures[record.measure];
      if (!measure.has_queue) continue;
      Kind const before = last.contains(record.measure) ? last[record.measure] : Kind::found;
      int const taking = (record.kind == Kind::started ? 1 : 0) - (before == Kind::started ? 1 : 0);
      int const waiting = (record.kind == Kind::asked ? 1 : 0) - (before == Kind::asked ? 1 : 0);
      changes.push_back({record.time, taking, waiting, {record.measure, measure.desk_of(record.region)}});
      last[record.measure] = record.kind;
    }
  }
  std::ranges::stable_sort(changes, {}, &Change::time);
  return changes;
}

TEST(AnyMeasures, FillPlacesAndNeverMore) {
  check([](RandomWorld const& random) {
    support::World const world = with_measures(random);
    Lives const lives{world};
    RunPlan const& plan = lives.plan;
    std::vector<std::int64_t> taken(plan.pools.size());
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> waiting;
    auto const changes = changes_of_queues(lives);
    for (std::size_t i = 0; i < changes.size();) {
      Instant const now = changes[i].time;
      auto const before = taken;
      for (; i < changes.size() && changes[i].time == now; ++i) {
        auto const [measure, desk] = changes[i].desk;
        for (std::size_t const pool : plan.measures[measure].desks[desk].pools) taken[pool] += changes[i].taking;
        waiting[changes[i].desk] += changes[i].waiting;
      }
      // Nobody is sent away when places become fewer, but nobody begins.
      for (std::size_t pool = 0; pool < taken.size(); ++pool)
        RC_ASSERT(taken[pool] <= std::max(before[pool], plan.pools[pool].persons_at(now)));
      for (auto const& [desk, people] : waiting) {
        MeasurePlan const& measure = plan.measures[desk.first];
        auto const& pools = measure.desks[desk.second].pools;
        auto const is_full = [&](std::size_t pool) { return taken[pool] >= plan.pools[pool].persons_at(now); };
        if (!measure.what.queue.allocate_every) RC_ASSERT((people == 0 || std::ranges::any_of(pools, is_full)));
        if (measure.what.queue.at_most) RC_ASSERT(people <= *measure.what.queue.at_most);
      }
    }
  });
}

using GivenAnswers = std::vector<std::vector<std::tuple<std::uint32_t, std::int64_t, bool>>>;

/// By row.
void add_answers(Answers const& answers, std::span<PersonRow const> rows, GivenAnswers& to) {
  for (PersonRow const row : rows)
    for (Answer const& answer : answers.of(row))
      to[row.value()].emplace_back(answer.measure, answer.time.minutes, answer.is_place);
}

TEST(AnyMeasures, GiveTheSameAnswersHoweverPeopleAreDividedAmongMembers) {
  check([](RandomWorld const& random) {
    support::World const world = with_measures(random);
    Diagnostics diagnostics;
    RunPlan const plan = compile(world.scenario, world.rates, world.people, 0, diagnostics);
    RandomKey const key{world.scenario.seed, 0, 0};
    std::vector<PersonRow> everybody;
    for (PersonRow const row : ids_of(world.people.key)) everybody.push_back(row);
    GivenAnswers of_one(everybody.size());
    add_answers(allocate(plan, world.people, key, 1, nullptr), everybody, of_one);

    auto const members = static_cast<std::size_t>(pick(2, 4));
    GivenAnswers of_all(everybody.size());
    std::vector<std::vector<PersonRow>> shares(members);
    for (PersonRow const row : everybody)
      shares[static_cast<std::size_t>(pick(0, static_cast<int>(members) - 1))].push_back(row);
    support::ThreadsTogether{members}.run([&](Exchange& others) {
      auto const& own = shares[others.member()];
      add_answers(allocate(plan, {world.people, own, key}, 1, nullptr, &others), own, of_all);
    });
    RC_ASSERT(of_all == of_one);
  });
}

TEST(AnyMeasures, AddUpFromPartsThatMayBeCut) {
  check([](RandomWorld const& random) {
    support::World world = with_measures(random);
    world.scenario.life_courses = {};
    Diagnostics diagnostics;
    PartedRun run{world.scenario, world.rates, world.people,
                  compile(world.scenario, world.rates, world.people, 0, diagnostics), 1};
    PartTallies whole = run.follow({0, 0, 0, world.people.size()}, {});
    PartTallies sum = run.follow({0, 0, 0, 0}, {});
    auto const cuts = run.cuts(1);
    for (std::size_t i = 1; i < cuts.size(); ++i) sum.add(run.follow({0, 0, cuts[i - 1], cuts[i]}, {}));
    RC_ASSERT(run.pack(sum) == run.pack(whole));
  });
}

TEST(AnyMeasures, DoNotHangOnThreads) {
  check([](RandomWorld const& random) {
    support::World const world = with_measures(random);
    RC_ASSERT(support::same_numbers(world.run(1), world.run(3, 7)));
  });
}

}  // namespace
}  // namespace utvei
