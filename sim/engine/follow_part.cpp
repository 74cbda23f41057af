// SPDX-License-Identifier: Apache-2.0
#include "follow_part.hpp"

#include "path_recorder.hpp"

#include <algorithm>
#include <memory>

namespace utvei {
namespace {

/// What one thread owns.
struct Worker {
  Worker(RunPlan const& plan, Designs const& designs) : life{plan}, numbers{designs} {}
  Life life;
  PartNumbers numbers;
  PathRecorder recorder;
};

/// The working order jumps through the population: asks memory for people a few lives before they are followed.
/// (Were it a call, the compiler would find no effect in it and leave it out.)
[[gnu::always_inline]] inline void fetch_ahead(Population const& people, std::span<PersonRow const> block,
                                               PersonRow const* person) {
  constexpr std::ptrdiff_t lives = 4;
  if (&block.back() - person >= lives) {
    PersonRow const row = person[lives];
    auto const fetch = [row](auto const& column) __attribute__((always_inline)) {
      if (!column.empty()) {
        __builtin_prefetch(&column[row]);
      }
    };
    fetch(people.key);
    fetch(people.state);
    fetch(people.birth);
    fetch(people.region);
  }
}

/// The page that everybody reads: a block of people, one life after another.
void follow_block(RunPlan const& plan, Population const& people, std::span<PersonRow const> block, RandomKey const& key,
                  Answers const& answers, LifeCourseSelection const& selection, bool records_path, Worker& worker) {
  Life& life = worker.life;
  PartNumbers& numbers = worker.numbers;
  Tallies& tallies = numbers.tallies;
  for (PersonRow const& person : block) {
    fetch_ahead(people, block, &person);
    life.begin(people, person, key, answers.of(person));
    tallies.begin(life);
    RecordedLife record{numbers.courses, selection, life};
    if (records_path) worker.recorder.begin(life);
    while (life.is_open()) {
      Event const event = next_event(plan, life);
      tallies.add_time(life, event.time);
      life.apply(event);
      tallies.count(event, life);
      record.add(event, life);
      if (records_path) worker.recorder.add(event, life);
    }
    if (records_path) {
      numbers.defined.see(worker.recorder.path());
      numbers.followed.see(worker.recorder.path(), plan, key);
      numbers.ways.see(worker.recorder.path());
    }
    numbers.served.see(life);
    numbers.began.see(life);
    numbers.contacts.see(life);
  }
}

/// What the workers did, together. The first one's sums take the others'.
PartNumbers gather(std::vector<std::unique_ptr<Worker>>& workers, Designs const& designs) {
  std::erase(workers, nullptr);
  if (workers.empty()) return PartNumbers{designs};
  PartNumbers sum = std::move(workers.front()->numbers);
  for (std::size_t i = 1; i < workers.size(); ++i) {
    sum.add(std::move(workers[i]->numbers));
    workers[i].reset();
  }
  return sum;
}

}  // namespace

PartNumbers follow_part(RunPlan const& plan, Population const& people, std::span<PersonRow const> rows,
                        RandomKey const& key, LifeCourseSelection const& selection, Designs const& designs,
                        SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell) {
  std::size_t const threads = thread_count(options.threads);
  Answers const answers = allocate(plan, people, key, threads, options.stop);
  std::vector<std::unique_ptr<Worker>> workers(threads);
  parallel_for_blocks(rows.size(), options.block_size, threads, options.stop, [&](Block const& block) {
    auto& worker = workers[block.thread];
    if (!worker) worker = std::make_unique<Worker>(plan, designs);
    follow_block(plan, people, rows.subspan(block.first, block.last - block.first), key, answers, selection,
                 designs.need_paths(), *worker);
    if (tell) tell(block.last - block.first);
  });
  PartNumbers numbers = gather(workers, designs);
  numbers.capped_rates = plan.capped_rates;
  return numbers;
}

}  // namespace utvei
