// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"
#include "life.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/engine/follow.hpp>

#include <algorithm>
#include <memory>

namespace utvei {
namespace {

constexpr std::size_t persons_per_block = 4096;

void follow_life(RunPlan const& plan, Life& life, std::vector<Instant> const& times, StateId* where) {
  std::size_t next = 0;
  while (life.is_open()) {
    Event const event = next_event(plan, life);
    for (; next < times.size() && times[next] < event.time; ++next) where[next] = life.state;
    life.apply(event);
  }
  for (; next < times.size(); ++next) where[next] = life.state;
}

}  // namespace

std::vector<StateId> follow(RunPlan const& plan, Population const& people, RandomKey const& key,
                            std::vector<Instant> const& times, std::size_t threads, StopFlag const* stop) {
  UTVEI_EXPECT(std::ranges::is_sorted(times));
  UTVEI_EXPECT(times.empty() || (times.front() > plan.start && times.back() <= plan.end));
  Answers const answers = allocate(plan, people, key, threads, stop);
  std::vector<StateId> where(people.size() * times.size());
  std::vector<std::unique_ptr<Life>> lives(thread_count(threads));
  parallel_for_blocks(people.size(), persons_per_block, lives.size(), stop, [&](Block const& block) {
    auto& life = lives[block.thread];
    if (!life) life = std::make_unique<Life>(plan);
    for (std::size_t person = block.first; person < block.last; ++person) {
      life->begin(people, PersonRow{person}, key, answers.of(PersonRow{person}));
      follow_life(plan, *life, times, where.data() + person * times.size());
    }
  });
  return where;
}

}  // namespace utvei
