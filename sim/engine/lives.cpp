// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"

#include <utvei/engine/lives.hpp>

#include <algorithm>
#include <memory>

namespace utvei {
namespace {

constexpr std::size_t lives_per_block = 4096;

/// What one thread owns.
struct Follower {
  explicit Follower(RunPlan const& plan) : life{plan} {}
  Life life;
  std::vector<LifeStretch> stretches;
  std::vector<std::uint16_t> levels;
};

void keep_levels(Follower& follower) {
  follower.levels.insert(follower.levels.end(), follower.life.traits.begin(), follower.life.traits.end());
}

FollowedLife follow_one(RunPlan const& plan, Follower& follower) {
  Life& life = follower.life;
  follower.stretches.clear();
  follower.levels.clear();
  keep_levels(follower);
  while (life.is_open()) {
    Instant const from = life.now;
    Event const event = next_event(plan, life);
    std::size_t const first = follower.levels.size() - life.traits.size();
    if (event.time > from) follower.stretches.push_back({from, event.time, life.state, life.region, first});
    life.apply(event);
    if (!std::equal(life.traits.begin(), life.traits.end(),
                    follower.levels.end() - static_cast<std::ptrdiff_t>(life.traits.size())))
      keep_levels(follower);
  }
  return {life.row, life.person, life.birth, follower.stretches, follower.levels, life.traits.size()};
}

}  // namespace

void follow_lives(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                  StopFlag const* stop, LifeVisitor const& visit) {
  std::vector<std::unique_ptr<Follower>> followers(thread_count(threads));
  parallel_for_blocks(people.size(), lives_per_block, followers.size(), stop, [&](Block const& block) {
    auto& follower = followers[block.thread];
    if (!follower) follower = std::make_unique<Follower>(plan);
    for (std::size_t person = block.first; person < block.last; ++person) {
      follower->life.begin(people, PersonRow{person}, key);
      visit(follow_one(plan, *follower), block.thread);
    }
  });
}

}  // namespace utvei
