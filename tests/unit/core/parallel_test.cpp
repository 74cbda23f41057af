// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/parallel.hpp>

#include <stdexcept>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using Loop = std::tuple<std::size_t, std::size_t, std::size_t>;  // rows, block size, threads

class ParallelLoop : public testing::TestWithParam<Loop> {};

TEST_P(ParallelLoop, CoversEachRowOnce) {
  auto const [rows, block_size, threads] = GetParam();
  std::vector<std::atomic<int>> visits(rows);
  std::vector<std::atomic<int>> busy(threads);
  parallel_for_blocks(rows, block_size, threads, nullptr, [&, size = block_size](Block const& block) {
    ASSERT_LT(block.thread, busy.size());
    // Nobody else has this thread's scratch area in the meantime.
    EXPECT_EQ(busy[block.thread].fetch_add(1), 0);
    EXPECT_EQ(block.first, block.index * size);
    EXPECT_LE(block.last - block.first, size);
    for (auto row = block.first; row < block.last; ++row) ++visits[row];
    --busy[block.thread];
  });
  for (auto const& visit : visits) ASSERT_EQ(visit.load(), 1);
}

INSTANTIATE_TEST_SUITE_P(RowsBlocksThreads, ParallelLoop,
                         testing::Combine(testing::Values(0, 1, 63, 1'000, 4'099), testing::Values(1, 7, 64, 10'000),
                                          testing::Values(1, 2, 3, 7)));

TEST(ParallelLoopThreads, AreAsManyAsAskedFor) {
  EXPECT_EQ(thread_count(7), 7U);
  EXPECT_GE(thread_count(0), 1U);
}

TEST(ParallelLoopStop, BeforeTheStartDoesNothing) {
  for (std::size_t const threads : {1U, 3U}) {
    StopFlag stop{true};
    std::atomic<int> blocks{0};
    EXPECT_THROW(parallel_for_blocks(100, 1, threads, &stop, [&](Block const&) { ++blocks; }), Interrupted);
    EXPECT_EQ(blocks.load(), 0);
  }
}

TEST(ParallelLoopStop, OnTheWayEndsSoon) {
  for (std::size_t const threads : {1U, 3U}) {
    StopFlag stop{false};
    std::atomic<int> blocks{0};
    auto const work = [&](Block const&) {
      if (++blocks == 10) stop = true;
    };
    EXPECT_THROW(parallel_for_blocks(100'000, 1, threads, &stop, work), Interrupted);
    EXPECT_LT(blocks.load(), 20);
  }
}

TEST(ParallelLoopFailure, IsRethrownAndEndsTheLoop) {
  for (std::size_t const threads : {1U, 2U, 7U}) {
    auto const work = [](Block const& block) {
      if (block.index == 5) throw std::runtime_error{"five"};
    };
    EXPECT_THROW(parallel_for_blocks(1'000, 10, threads, nullptr, work), std::runtime_error);
  }
}

TEST(ParallelLoopBlocks, OfNoRowsAreABug) {
  EXPECT_THROW(parallel_for_blocks(1, 0, 1, nullptr, [](Block const&) {}), ContractViolation);
}

}  // namespace
}  // namespace utvei
