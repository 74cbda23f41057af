// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/zero_memory.hpp>

#include <cstdint>
#include <fstream>
#include <utility>

#include <gtest/gtest.h>
#include <unistd.h>

namespace utvei {
namespace {

/// Bytes of this process that are in memory.
std::size_t resident() {
  std::size_t all = 0;
  std::size_t here = 0;
  std::ifstream{"/proc/self/statm"} >> all >> here;
  return here * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

constexpr std::size_t megabyte = std::size_t{1} << 20U;

TEST(ZeroMemory, ReadsZeroAndKeepsWhatIsWritten) {
  ZeroArray<std::int64_t> numbers{1000};
  EXPECT_EQ(numbers.size(), 1000U);
  EXPECT_EQ(numbers.data()[999], 0);
  numbers.part(990, 10)[9] = 7;
  ZeroArray<std::int64_t> const moved = std::move(numbers);
  EXPECT_EQ(moved.data()[999], 7);
}

TEST(ZeroMemory, TakesRoomWhereItIsWrittenAndGivesItBack) {
#ifdef UTVEI_SANITIZED
  GTEST_SKIP() << "a sanitizer keeps shadows of its own, which count as this process's memory";
#endif
  std::size_t const before = resident();
  ZeroArray<std::int64_t> numbers{1024 * megabyte / sizeof(std::int64_t)};
  EXPECT_LT(resident(), before + 16 * megabyte);
  std::size_t const written = 64 * megabyte / sizeof(std::int64_t);
  for (std::size_t i = 0; i < written; ++i) numbers.data()[i] = 1;
  EXPECT_GT(resident(), before + 48 * megabyte);
  numbers.release_to(written / 2);
  numbers.release_to(written);
  EXPECT_LT(resident(), before + 16 * megabyte);
}

TEST(ZeroMemory, MayBeEmpty) {
  ZeroArray<std::int64_t> nothing{0};
  nothing.release_to(0);
  EXPECT_EQ(nothing.size(), 0U);
}

}  // namespace
}  // namespace utvei
