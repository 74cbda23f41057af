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
  std::vector<PlanDifferences> others;  ///< plans for whom the lives are watched
};

/// Notes the plans under which the life may be another from its present stay on.
void watch(Life const& life, Instant until, std::vector<PlanDifferences>& others, std::uint32_t& parted) {
  for (std::size_t i = 0; i < others.size(); ++i) {
    std::uint32_t const bit = std::uint32_t{1} << i;
    if ((parted & bit) == 0 && others[i].are_met(life, until)) parted |= bit;
  }
}

/// The working order jumps through the population: asks memory for people a few lives before they are followed.
/// (Were it a call, the compiler would find no effect in it and leave it out.)
[[gnu::always_inline]] inline void fetch_ahead(Population const& people, std::span<PersonRow const> block,
                                               std::size_t person) {
  constexpr std::size_t lives = 4;
  if (person + lives < block.size()) {
    PersonRow const row = block[person + lives];
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

/// The page that everybody reads: a block of people, one life after another. `parted`: of each, or nothing.
void follow_block(RunPlan const& plan, LivesOfPart const& block, Answers const& answers,
                  LifeCourseSelection const& selection, bool records_path, std::span<std::uint32_t> parted,
                  Worker& worker) {
  Life& life = worker.life;
  PartNumbers& numbers = worker.numbers;
  Tallies& tallies = numbers.tallies;
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    PersonRow const person = block.rows[i];
    fetch_ahead(block.people, block.rows, i);
    life.begin(block.people, person, block.key, answers.of(person));
    tallies.begin(life);
    RecordedLife record{numbers.courses, selection, life};
    if (records_path) worker.recorder.begin(life);
    while (life.is_open()) {
      Event const event = next_event(plan, life);
      tallies.add_time(life, event.time);
      if (!parted.empty()) watch(life, event.time, worker.others, parted[i]);
      life.apply(event);
      tallies.count(event, life);
      record.add(event, life);
      if (records_path) worker.recorder.add(event, life);
    }
    if (records_path) {
      numbers.defined.see(worker.recorder.path());
      numbers.followed.see(worker.recorder.path(), plan, block.key);
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

PartNumbers follow_lives_of_part(RunPlan const& plan, LivesOfPart const& lives, Answers const& answers,
                                 LifeCourseSelection const& selection, Designs const& designs,
                                 SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell,
                                 PartingLives* partings) {
  std::size_t const threads = thread_count(options.threads);
  std::vector<std::unique_ptr<Worker>> workers(threads);
  if (partings != nullptr) partings->of_row.assign(lives.rows.size(), 0);
  parallel_for_blocks(lives.rows.size(), options.block_size, threads, options.stop, [&](Block const& block) {
    auto& worker = workers[block.thread];
    std::size_t const count = block.last - block.first;
    if (!worker) {
      worker = std::make_unique<Worker>(plan, designs);
      if (partings != nullptr) worker->others = partings->plans;
    }
    std::span<std::uint32_t> parted;
    if (partings != nullptr) parted = std::span{partings->of_row}.subspan(block.first, count);
    follow_block(plan, {lives.people, lives.rows.subspan(block.first, count), lives.key}, answers, selection,
                 designs.need_paths(), parted, *worker);
    if (tell) tell(count);
  });
  PartNumbers numbers = gather(workers, designs);
  numbers.capped_rates = plan.capped_rates;
  return numbers;
}

PartNumbers follow_part(RunPlan const& plan, LivesOfPart const& lives, LifeCourseSelection const& selection,
                        Designs const& designs, SimulateOptions const& options,
                        std::function<void(std::uint64_t lives)> const& tell, Exchange* others) {
  Answers const answers = allocate(plan, lives, options.threads, options.stop, others);
  return follow_lives_of_part(plan, lives, answers, selection, designs, options, tell);
}

}  // namespace utvei
