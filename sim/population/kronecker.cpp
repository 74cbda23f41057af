// SPDX-License-Identifier: Apache-2.0
#include "kronecker.hpp"

#include <utvei/core/contract.hpp>

#include <limits>
#include <numeric>

namespace utvei {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t top = std::numeric_limits<std::uint64_t>::max();

/// `share` of the unit interval in units of 2^-64.
std::uint64_t to_point(double share) {
  double const scaled = share * 0x1p64;
  return scaled >= 0x1p64 ? top : static_cast<std::uint64_t>(scaled);
}

unsigned guide_bits(std::size_t shares) {
  unsigned bits = 4;
  while ((std::size_t{1} << bits) < 4 * shares) ++bits;
  return bits;
}

}  // namespace

std::uint64_t root_fraction(std::uint64_t number) {
  // Square root digit by digit, two bits of number * 2^128 at a time; the low 64 bits of the root are the fraction.
  Wide rest = 0;
  Wide root = 0;
  for (int step = 95; step >= 0; --step) {
    std::uint64_t const pair = step >= 64 ? (number >> (2 * (step - 64))) & 3U : 0U;
    rest = (rest << 2U) | pair;
    Wide const trial = (root << 2U) | 1U;
    root <<= 1U;
    if (rest >= trial) {
      rest -= trial;
      root |= 1U;
    }
  }
  return static_cast<std::uint64_t>(root);
}

std::uint64_t nth_prime(std::size_t position) {
  std::vector<std::uint64_t> primes{2};
  for (std::uint64_t candidate = 3; primes.size() <= position; candidate += 2) {
    bool is_prime = true;
    for (std::uint64_t const prime : primes) {
      if (prime * prime > candidate) break;
      if (candidate % prime == 0) {
        is_prime = false;
        break;
      }
    }
    if (is_prime) primes.push_back(candidate);
  }
  return primes[position];
}

ShareTable::ShareTable(std::span<double const> weights) {
  double const total = std::accumulate(weights.begin(), weights.end(), 0.0);
  UTVEI_EXPECT(total > 0);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    UTVEI_EXPECT(weights[i] >= 0);
    sum += weights[i];
    std::uint64_t const bound = to_point(sum / total);
    std::uint64_t const used = last_.empty() ? 0 : last_.back() + 1;
    if (bound <= used) continue;
    last_.push_back(bound - 1);
    index_.push_back(static_cast<std::uint32_t>(i));
  }
  UTVEI_ENSURE(!last_.empty());
  last_.back() = top;

  unsigned const bits = guide_bits(last_.size());
  shift_ = 64 - bits;
  guide_.resize(std::size_t{1} << bits);
  std::uint32_t at = 0;
  for (std::size_t bucket = 0; bucket < guide_.size(); ++bucket) {
    while (static_cast<std::uint64_t>(bucket) << shift_ > last_[at]) ++at;
    guide_[bucket] = at;
  }
}

}  // namespace utvei
