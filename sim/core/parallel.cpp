// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <thread>

#ifdef UTVEI_STD_THREADS
#include <exception>
#include <mutex>
#include <vector>
#else
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#endif

namespace utvei {
namespace {

using BlockWork = std::function<void(std::size_t index, std::size_t thread)>;

#ifdef UTVEI_STD_THREADS

/// The same loop without oneTBB, which the thread sanitizer cannot see into.
void spread(std::size_t blocks, std::size_t threads, BlockWork const& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  auto const run = [&](std::size_t thread) {
    try {
      for (auto index = next++; index < blocks; index = next++) work(index, thread);
    } catch (...) {
      next = blocks;
      std::lock_guard const lock{mutex};
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(run, thread);
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
}

#else

void spread(std::size_t blocks, std::size_t threads, BlockWork const& work) {
  // An arena alone never has more workers than there are cores; the tests want seven threads on two.
  tbb::global_control const limit{tbb::global_control::max_allowed_parallelism, threads};
  tbb::task_arena arena{static_cast<int>(threads)};
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, blocks,
        [&](std::size_t index) { work(index, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index())); },
        tbb::simple_partitioner{});
  });
}

#endif

}  // namespace

void parallel_for_blocks(std::size_t count, std::size_t block_size, std::size_t threads, StopFlag const* stop,
                         std::function<void(Block const&)> const& work) {
  UTVEI_EXPECT(block_size > 0);
  auto const throw_if_stopped = [stop] {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Interrupted{};
  };
  auto const blocks = count / block_size + (count % block_size == 0 ? 0 : 1);
  auto const run = [&](std::size_t index, std::size_t thread) {
    throw_if_stopped();
    auto const first = index * block_size;
    work({.first = first, .last = first + std::min(block_size, count - first), .index = index, .thread = thread});
  };
  if (auto const used = std::min(thread_count(threads), blocks); used > 1) {
    spread(blocks, used, run);
  } else {
    for (std::size_t index = 0; index < blocks; ++index) run(index, 0);
  }
  throw_if_stopped();
}

std::size_t thread_count(std::size_t requested) {
  if (requested > 0) return requested;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace utvei
