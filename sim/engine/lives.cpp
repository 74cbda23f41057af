// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"
#include "path_recorder.hpp"

#include <utvei/engine/lives.hpp>

#include <memory>

namespace utvei {
namespace {

constexpr std::size_t lives_per_block = 4096;

/// What one thread owns.
struct Follower {
  explicit Follower(RunPlan const& plan) : life{plan} {}
  Life life;
  PathRecorder recorder;
};

void follow_one(RunPlan const& plan, Follower& follower) {
  Life& life = follower.life;
  follower.recorder.begin(life);
  while (life.is_open()) {
    Event const event = next_event(plan, life);
    life.apply(event);
    follower.recorder.add(event, life);
  }
}

}  // namespace

void follow_lives(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                  StopFlag const* stop, LifeVisitor const& visit) {
  Answers const answers = allocate(plan, people, key, threads, stop);
  std::vector<std::unique_ptr<Follower>> followers(thread_count(threads));
  parallel_for_blocks(people.size(), lives_per_block, followers.size(), stop, [&](Block const& block) {
    auto& follower = followers[block.thread];
    if (!follower) follower = std::make_unique<Follower>(plan);
    for (PersonRow row{block.first}; row.value() < block.last; row = PersonRow{row.value() + std::size_t{1}}) {
      if (!people.enters.empty() && people.enters[row] >= plan.end) continue;
      follower->life.begin(people, row, key, answers.of(row));
      follow_one(plan, *follower);
      visit(follower->recorder.path(), block.thread);
    }
  });
}

}  // namespace utvei
