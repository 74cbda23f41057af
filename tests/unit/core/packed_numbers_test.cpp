// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/packed_numbers.hpp>

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

std::vector<std::int64_t> const sparse{0, 0, 5, -1, 0, greatest, least, 0, 0, 0, 300, 0};

TEST(PackedNumbers, ComeBackAsTheyWere) {
  NumberPacker packer;
  for (std::int64_t const number : {std::int64_t{0}, std::int64_t{-1}, greatest, least}) packer.add(number);
  packer.add(sparse);
  packer.add(std::vector<std::int64_t>(1000));
  packer.add(std::vector<std::int64_t>{});
  auto const bytes = packer.take();
  NumberUnpacker unpacker{bytes};
  for (std::int64_t const number : {std::int64_t{0}, std::int64_t{-1}, greatest, least})
    EXPECT_EQ(unpacker.number(), number);
  std::vector<std::int64_t> read(sparse.size());
  unpacker.fill(read);
  EXPECT_EQ(read, sparse);
  std::vector<std::int64_t> zeros(1000);
  unpacker.fill(zeros);
  EXPECT_EQ(zeros, std::vector<std::int64_t>(1000));
  unpacker.finish();
}

TEST(PackedNumbers, TakeNextToNothingWhereTheyAreZero) {
  NumberPacker packer;
  packer.add(std::vector<std::int64_t>(1'000'000));
  EXPECT_LE(packer.take().size(), 4);
}

TEST(PackedNumbers, ThatEndTooEarlyAreDamaged) {
  NumberPacker packer;
  packer.add(sparse);
  auto const bytes = packer.take();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    NumberUnpacker unpacker{std::string_view{bytes}.substr(0, length)};
    std::vector<std::int64_t> read(sparse.size());
    EXPECT_THROW(unpacker.fill(read), DamagedNumbers) << length;
  }
}

TEST(PackedNumbers, ThatAreMoreThanWasAskedForAreDamaged) {
  NumberPacker packer;
  packer.add(sparse);
  auto const bytes = packer.take();
  NumberUnpacker unpacker{bytes};
  std::vector<std::int64_t> few(3);
  EXPECT_THROW(unpacker.fill(few), DamagedNumbers);
  NumberUnpacker other{bytes};
  EXPECT_THROW(other.finish(), DamagedNumbers);
}

}  // namespace
}  // namespace utvei
