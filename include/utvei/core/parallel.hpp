// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace utvei {

/// Set from a signal handler or another thread; loops look at it between blocks.
using StopFlag = std::atomic<bool>;

/// A half-open range of rows that one thread works through, and which of the threads it is (0 … threads-1), so that
/// each can own a scratch area.
struct Block {
  std::size_t first{0};
  std::size_t last{0};
  std::size_t index{0};
  std::size_t thread{0};
};

/// Calls `work` once for each block of `block_size` out of `count` rows, on `threads` threads (0: all cores). The order
/// of blocks is not fixed: what `work` adds up must not depend on it. Throws Interrupted if `stop` is raised; an
/// exception of `work` ends the loop and is rethrown.
void parallel_for_blocks(std::size_t count, std::size_t block_size, std::size_t threads, StopFlag const* stop,
                         std::function<void(Block const&)> const& work);

/// The number of threads that `requested` stands for: itself, or all cores for 0.
std::size_t thread_count(std::size_t requested);

}  // namespace utvei
