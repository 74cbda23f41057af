// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/population/kronecker.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(RootFraction, IsTheInitialHashOfSha512) {
  // FIPS 180-4, 5.3.5: the fractional parts of the square roots of the first eight primes, 64 bits.
  constexpr std::array<std::uint64_t, 8> published{0x6a09e667f3bcc908ULL, 0xbb67ae8584caa73bULL, 0x3c6ef372fe94f82bULL,
                                                   0xa54ff53a5f1d36f1ULL, 0x510e527fade682d1ULL, 0x9b05688c2b3e6c1fULL,
                                                   0x1f83d9abfb41bd6bULL, 0x5be0cd19137e2179ULL};
  for (std::size_t i = 0; i < published.size(); ++i) EXPECT_EQ(root_fraction(nth_prime(i)), published[i]) << i;
}

TEST(NthPrime, CountsFromTwo) {
  EXPECT_EQ(nth_prime(0), 2U);
  EXPECT_EQ(nth_prime(4), 11U);
  EXPECT_EQ(nth_prime(24), 97U);
}

TEST(ShareTable, TakesTheFirstWhoseCumulativeShareExceedsThePoint) {
  ShareTable const table{std::vector<double>{1, 2, 1}};
  constexpr std::uint64_t quarter = std::uint64_t{1} << 62;
  EXPECT_EQ(table[0], 0U);
  EXPECT_EQ(table[quarter - 1], 0U);
  EXPECT_EQ(table[quarter], 1U);
  EXPECT_EQ(table[3 * quarter - 1], 1U);
  EXPECT_EQ(table[3 * quarter], 2U);
  EXPECT_EQ(table[std::numeric_limits<std::uint64_t>::max()], 2U);
}

TEST(ShareTable, NeverTakesAShareOfZero) {
  ShareTable const table{std::vector<double>{0, 1, 0, 1, 0}};
  EXPECT_EQ(table[0], 1U);
  EXPECT_EQ(table[(std::uint64_t{1} << 63) - 1], 1U);
  EXPECT_EQ(table[std::uint64_t{1} << 63], 3U);
  EXPECT_EQ(table[std::numeric_limits<std::uint64_t>::max()], 3U);
  EXPECT_TRUE((ShareTable{std::vector<double>{0, 5, 0}}.is_single()));
}

TEST(ShareTable, ManySharesAgreeWithASearchThroughAll) {
  std::vector<double> weights;
  for (int i = 0; i < 357; ++i) weights.push_back(1.0 + i % 7);
  ShareTable const table{weights};
  double total = 0;
  for (double const weight : weights) total += weight;
  std::uint64_t point = 0;
  for (int i = 0; i < 10'000; ++i) {
    point += root_fraction(5);
    double const u = std::ldexp(static_cast<double>(point), -64) * total;
    double sum = 0;
    std::size_t expected = 0;
    while (sum + weights[expected] <= u) sum += weights[expected++];
    ASSERT_EQ(table[point], expected) << i;
  }
}

}  // namespace
}  // namespace utvei
