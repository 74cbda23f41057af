// SPDX-License-Identifier: Apache-2.0
#include "follow_part.hpp"

#include "path_recorder.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace utvei {
namespace {

/// What one thread owns.
struct Worker {
  Worker(RunPlan const& plan, Designs const& designs, std::span<PartingLives const> others)
      : life{plan}, numbers{designs} {
    if (!others.empty()) watch.emplace(plan, others, designs);
  }
  Life life;
  PartNumbers numbers;
  PathRecorder recorder;
  std::optional<PartingWatch> watch;  ///< where there are runs beside this one
};

/// Goes through stays that are counted already.
void pass(RunPlan const& plan, std::uint32_t stays, bool records_path, Worker& worker) {
  while (stays > 0) {
    Event const event = next_event(plan, worker.life);
    worker.life.apply(event);
    if (records_path) worker.recorder.add(event, worker.life);
    if (event.cause != Cause::service) --stays;
  }
}

/// What is asked of a life as a whole, whenever it parts from another.
void see_path(LifePath const& path, RunPlan const& plan, RandomKey const& key, PartNumbers& numbers) {
  numbers.followed.see(path, plan, key);
  numbers.ways.see(path);
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

/// Whether services knew of a life in stays that are counted already: then these were others.
bool is_known_before(Life const& life, Instant since) {
  auto const& records = life.participation.records();
  return !records.empty() && records.front().time < since;
}

/// The page that everybody reads: a block of people, one life after another.
void follow_block(RunPlan const& plan, LivesOfPart const& block, Answers const& answers,
                  LifeCourseSelection const& selection, bool records_path, Worker& worker) {
  Life& life = worker.life;
  PartNumbers& numbers = worker.numbers;
  Tallies& tallies = numbers.tallies;
  PartingWatch* const watch = worker.watch ? &*worker.watch : nullptr;
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    PersonRow const person = block.rows[i];
    fetch_ahead(block.people, block.rows, i);
    life.begin(block.people, person, block.key, answers.of(person));
    RecordedLife record{numbers.courses, selection, life};
    if (records_path) worker.recorder.begin(life);
    if (block.known_stays.empty()) {
      tallies.begin(life);
    } else {
      pass(plan, block.known_stays[i], records_path, worker);
      UTVEI_EXPECT(!is_known_before(life, life.now));
      tallies.go_on(life, life.now);
    }
    Instant const since = block.known_stays.empty() ? distant_past : life.now;
    if (watch != nullptr) watch->begin(life);
    while (life.is_open()) {
      Event const event = next_event(plan, life);
      tallies.add_time(life, event);
      if (watch != nullptr) watch->add_time(life, event);
      life.apply(event);
      tallies.count(event, life);
      if (watch != nullptr) watch->count(event, life);
      record.add(event, life);
      if (records_path) worker.recorder.add(event, life);
    }
    if (records_path) {
      LifePath const& path = worker.recorder.path();
      see_path(path, plan, block.key, numbers);
      if (watch == nullptr) {
        numbers.defined.see(path, since);
      } else {
        numbers.defined.see_together(path, watch->parted_definitions());
        watch->for_each_parted([&](PartingLives& other) { see_path(path, plan, block.key, other.numbers()); });
      }
    }
    numbers.served.see(life);
    numbers.began.see(life);
    numbers.contacts.see(life);
  }
}

/// What the workers did, together. The first one's sums take the others'.
PartNumbers gather(std::vector<std::unique_ptr<Worker>>& workers, Designs const& designs,
                   std::span<PartingLives> others) {
  std::erase(workers, nullptr);
  if (workers.empty()) return PartNumbers{designs};
  PartNumbers sum = std::move(workers.front()->numbers);
  if (!others.empty()) std::ranges::move(workers.front()->watch->runs(), others.begin());
  for (std::size_t i = 1; i < workers.size(); ++i) {
    sum.add(std::move(workers[i]->numbers));
    for (std::size_t other = 0; other < others.size(); ++other)
      others[other].add(std::move(workers[i]->watch->runs()[other]));
    workers[i].reset();
  }
  return sum;
}

}  // namespace

PartNumbers follow_lives_of_part(RunPlan const& plan, LivesOfPart const& lives, Answers const& answers,
                                 LifeCourseSelection const& selection, Designs const& designs,
                                 SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell,
                                 std::span<PartingLives> others) {
  std::size_t const threads = thread_count(options.threads);
  std::vector<std::unique_ptr<Worker>> workers(threads);
  parallel_for_blocks(lives.rows.size(), options.block_size, threads, options.stop, [&](Block const& block) {
    auto& worker = workers[block.thread];
    std::size_t const count = block.last - block.first;
    if (!worker) worker = std::make_unique<Worker>(plan, designs, others);
    follow_block(plan, lives.part(block.first, count), answers, selection, designs.need_paths(), *worker);
    if (tell) tell(count);
  });
  PartNumbers numbers = gather(workers, designs, others);
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
