// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace utvei {

// Every random number is a pure function of (seed, draw, replicate, person, stream, count): Philox4x32-10 (Salmon,
// Moraes, Dror & Shaw 2011) with key = (seed, draw 20 bits | replicate 12 bits) and counter = (person key 64, stream
// 32, count / 2); count odd or even takes the upper or lower half. The scenario is not in the key, so scenarios share
// luck.

/// A person's luck: 64 bits that stay the same in all scenarios.
struct PersonKey {
  std::uint64_t value{0};
  friend constexpr auto operator<=>(PersonKey const&, PersonKey const&) = default;
};

/// What a number is drawn for: the hash of a name such as `work -> sick_leave` or `limit:aap`.
struct StreamId {
  std::uint32_t value{0};
  friend constexpr auto operator<=>(StreamId const&, StreamId const&) = default;
};

/// FNV-1a, 32 bits. Whoever makes several checks that no two names give the same stream.
StreamId stream_of(std::string_view name);

/// A bijection of 64 bits (the finaliser of splitmix64): person keys from row numbers, groups from keys.
constexpr std::uint64_t mix64(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

class RandomKey {
 public:
  /// seed: 32 bits; draw: 20 bits; replicate: 12 bits.
  RandomKey(std::uint32_t seed, std::uint32_t draw, std::uint32_t replicate);
  [[nodiscard]] std::array<std::uint32_t, 2> words() const { return {seed_, draw_and_replicate_}; }

 private:
  std::uint32_t seed_;
  std::uint32_t draw_and_replicate_;
};

/// One block of Philox4x32-10 (for known-answer tests and for whoever needs the raw words).
std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// Uniform on (0, 1]: (53 bits + 0.5) / 2^53, of which only the largest rounds to 1.
double uniform(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count);
/// Exponential with mean 1: -log(uniform).
double unit_exponential(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count);
/// Standard normal by inversion (Wichura 1988, AS 241).
double standard_normal(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count);

/// Integrated intensity in units of 2^-57 (methods: sums and splits are exact).
using Hazard = std::int64_t;
inline constexpr double hazard_unit = 0x1p-57;
/// An intensity per year as hazard units per minute, rounded.
Hazard hazard_per_minute(double rate_per_year);

/// Eight questions for two unit exponentials each, answered together. Ask: `stream[i]`, `pair[i]`. Answer: counts
/// 2 pair and 2 pair + 1 of the stream, in hazard units, at least 1, in `even[i]` and `odd[i]`.
struct ExponentialLanes {
  static constexpr std::size_t width = 8;
  std::array<std::uint64_t, width> stream{};
  std::array<std::uint64_t, width> pair{};
  std::array<Hazard, width> even{};
  std::array<Hazard, width> odd{};
};
/// Vectorised, with the same bits on every CPU.
void draw_exponentials(RandomKey const& key, PersonKey person, ExponentialLanes& asked);

/// Natural logarithm, the same bits on every CPU and under vectorisation; within 1 ulp of exact for normal x > 0.
double portable_log(double x);
/// Exponential, likewise the same bits on every CPU; within 2 ulp for |x| < 700, beyond that taken as at ±700.
double portable_exp(double x);

}  // namespace utvei
