// SPDX-License-Identifier: Apache-2.0
#include "support/oracle.hpp"

#include <utvei/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numbers>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using Words = std::array<std::uint32_t, 4>;

constexpr StreamId stream{0xdeadbeef};
constexpr PersonKey person{0x0123456789abcdef};
RandomKey const key{42, 3, 5};

TEST(Philox, KnownAnswers) {
  // kat_vectors of Random123 (Salmon, Moraes, Dror & Shaw 2011), philox4x32 10.
  std::uint32_t const ones = 0xffffffff;
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32_10({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, KnownAnswersOfTheReferenceFile) {
  UTVEI_REQUIRE_ORACLE(path, "oracles/random123/kat_vectors.txt");
  std::ifstream file{path};
  int compared = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields{line};
    std::string name;
    int rounds = 0;
    if (!(fields >> name >> rounds) || name != "philox4x32" || rounds != 10) continue;
    Words counter{};
    std::array<std::uint32_t, 2> words{};
    Words answer{};
    fields >> std::hex;
    for (auto& word : counter) fields >> word;
    for (auto& word : words) fields >> word;
    for (auto& word : answer) fields >> word;
    ASSERT_TRUE(fields) << line;
    EXPECT_EQ(philox4x32_10(counter, words), answer) << line;
    ++compared;
  }
  EXPECT_GE(compared, 3);
}

TEST(RandomNumbers, AreThoseOfTheDocumentedKeyAndCounter) {
  std::array<std::uint32_t, 2> const words{42, (3U << 12) | 5U};
  EXPECT_EQ(key.words(), words);
  for (std::uint32_t count = 0; count < 10; ++count) {
    auto const block = philox4x32_10({0x89abcdef, 0x01234567, stream.value, count / 2}, words);
    std::size_t const half = count % 2 == 0 ? 0 : 2;
    std::uint64_t const bits = block[half] | (std::uint64_t{block[half + 1]} << 32);
    double const expected = (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
    // The half does not fit beside 53 bits where the number is a half or more: it is rounded there.
    EXPECT_NEAR(uniform(key, person, stream, count), expected, 0x1p-53) << count;
    EXPECT_GT(uniform(key, person, stream, count), 0);
    EXPECT_LE(uniform(key, person, stream, count), 1);
    EXPECT_EQ(unit_exponential(key, person, stream, count), -portable_log(uniform(key, person, stream, count)));
  }
}

TEST(RandomNumbers, DifferInEveryPartOfTheKey) {
  std::set<double> const numbers{
      uniform(key, person, stream, 0),
      uniform(key, person, stream, 1),
      uniform(key, person, stream, 2),
      uniform(key, person, StreamId{stream.value + 1}, 0),
      uniform(key, PersonKey{person.value + 1}, stream, 0),
      uniform(key, PersonKey{person.value ^ (std::uint64_t{1} << 40)}, stream, 0),
      uniform(RandomKey{43, 3, 5}, person, stream, 0),
      uniform(RandomKey{42, 4, 5}, person, stream, 0),
      uniform(RandomKey{42, 3, 6}, person, stream, 0),
  };
  EXPECT_EQ(numbers.size(), 9U);
}

TEST(RandomNumbers, AreUniform) {
  constexpr int count = 200'000;
  double sum = 0;
  double squares = 0;
  double products = 0;
  double last = 0.5;
  for (std::uint32_t i = 0; i < count; ++i) {
    double const u = uniform(key, PersonKey{mix64(i / 4)}, stream, i % 4);
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
    products += (u - 0.5) * (last - 0.5);
    last = u;
  }
  double const root = std::sqrt(static_cast<double>(count));
  EXPECT_NEAR(sum / count, 0.5, 4 * std::sqrt(1.0 / 12) / root);
  EXPECT_NEAR(squares / count, 1.0 / 12, 4 * std::sqrt(1.0 / 180) / root);
  EXPECT_NEAR(products / count, 0, 4 * (1.0 / 12) / root);
}

double ulps(double a, double b) {
  return std::abs(a - b) / (std::nextafter(std::abs(b), std::numeric_limits<double>::infinity()) - std::abs(b));
}

TEST(PortableLog, IsWithinOneUnitInTheLastPlace) {
  for (int exponent = -1022; exponent <= 1023; exponent += 3) {
    for (std::uint32_t i = 0; i < 40; ++i) {
      double const x =
          std::ldexp(1 + uniform(key, PersonKey{i}, stream, static_cast<std::uint32_t>(exponent + 1022)), exponent);
      EXPECT_LE(ulps(portable_log(x), std::log(x)), 1) << x;
    }
  }
  EXPECT_EQ(portable_log(1), 0);
  EXPECT_LE(ulps(portable_log(std::numbers::e), 1), 1);
}

TEST(PortableLog, IsCloseOnBothSidesOfOneAndAtTheEnds) {
  for (double const step : {0x1p-52, 0x1p-40, 0x1p-20, 1e-3, 0.1, 0.29, 0.4}) {
    for (double const x : {1 + step, 1 - step}) {
      // The difference from 1 is exact.
      EXPECT_LE(ulps(portable_log(x), std::log1p(x - 1)), 1) << x;
    }
  }
  EXPECT_LE(ulps(portable_log(0x1p-54), std::log(0x1p-54)), 1);
  EXPECT_LE(ulps(portable_log(std::numeric_limits<double>::max()), std::log(std::numeric_limits<double>::max())), 1);
}

TEST(PortableExp, IsWithinTwoUnitsInTheLastPlace) {
  double worst = 0;
  for (double x = -699.9; x < 700; x += 0.0173) worst = std::max(worst, ulps(portable_exp(x), std::exp(x)));
  // Around the multiples of ln 2 / 2, where one power of two takes over from another.
  for (int half = -2018; half <= 2018; ++half) {
    double const edge = half * std::numbers::ln2 / 2;
    for (double const x : {edge, std::nextafter(edge, 1e3), std::nextafter(edge, -1e3), edge + 1e-9, edge - 1e-9}) {
      worst = std::max(worst, ulps(portable_exp(x), std::exp(x)));
    }
  }
  EXPECT_LE(worst, 2);
}

TEST(PortableExp, IsCloseAroundZeroAndStopsAtItsEnds) {
  EXPECT_EQ(portable_exp(0), 1);
  for (double step = 0x1p-60; step < 1; step *= 2) {
    for (double const x : {step, -step}) EXPECT_LE(ulps(portable_exp(x), std::exp(x)), 2) << x;
  }
  EXPECT_EQ(portable_exp(701), portable_exp(700));
  EXPECT_EQ(portable_exp(-1e300), portable_exp(-700));
  EXPECT_LE(ulps(portable_exp(700), std::exp(700.0)), 2);
  EXPECT_LE(ulps(portable_exp(-700), std::exp(-700.0)), 2);
}

TEST(ExponentialLanes, HoldTheScalarNumbersInHazardUnits) {
  ExponentialLanes lanes;
  for (std::uint32_t round = 0; round < 500; ++round) {
    PersonKey const someone{mix64(round)};
    for (std::size_t i = 0; i < ExponentialLanes::width; ++i) {
      lanes.stream[i] = stream_of("a -> " + std::to_string(i)).value;
      lanes.pair[i] = round % 7 + i;
    }
    draw_exponentials(key, someone, lanes);
    for (std::size_t i = 0; i < ExponentialLanes::width; ++i) {
      StreamId const asked{static_cast<std::uint32_t>(lanes.stream[i])};
      auto const count = static_cast<std::uint32_t>(2 * lanes.pair[i]);
      double const even = unit_exponential(key, someone, asked, count);
      double const odd = unit_exponential(key, someone, asked, count + 1);
      // The lanes round once to whole units; a double above 1/16 is coarser than that itself.
      EXPECT_EQ(static_cast<double>(lanes.even[i]), std::max(1.0, std::nearbyint(even / hazard_unit)));
      EXPECT_EQ(static_cast<double>(lanes.odd[i]), std::max(1.0, std::nearbyint(odd / hazard_unit)));
    }
  }
}

TEST(ExponentialLanes, HaveTheMomentsOfTheUnitExponential) {
  ExponentialLanes lanes;
  constexpr std::uint32_t rounds = 20'000;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    lanes.stream.fill(stream.value);
    for (std::size_t i = 0; i < ExponentialLanes::width; ++i) lanes.pair[i] = i;
    draw_exponentials(key, PersonKey{mix64(round)}, lanes);
    for (auto const& half : {lanes.even, lanes.odd}) {
      for (Hazard const hazard : half) {
        double const e = static_cast<double>(hazard) * hazard_unit;
        sum += e;
        squares += (e - 1) * (e - 1);
      }
    }
  }
  double const n = 16.0 * rounds;
  EXPECT_NEAR(sum / n, 1, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(8 / n));
}

TEST(StandardNormal, IsTheQuantileOfItsUniform) {
  double sum = 0;
  double squares = 0;
  constexpr std::uint32_t count = 100'000;
  for (std::uint32_t i = 0; i < count; ++i) {
    double const z = standard_normal(key, PersonKey{mix64(i)}, stream, i % 3);
    double const u = uniform(key, PersonKey{mix64(i)}, stream, i % 3);
    // The distribution function of the quantile gives the uniform back.
    double const tail = u < 0.5 ? u : 1 - u;
    ASSERT_NEAR(0.5 * std::erfc(std::abs(z) / std::numbers::sqrt2), tail, 1e-13 * tail + 1e-16) << u;
    ASSERT_EQ(z < 0, u < 0.5);
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / count, 0, 4 / std::sqrt(static_cast<double>(count)));
  EXPECT_NEAR(squares / count, 1, 4 * std::sqrt(2.0 / count));
}

TEST(Streams, AreFnv1aOfTheName) {
  // Test vectors of the reference implementation (Fowler, Noll & Vo).
  EXPECT_EQ(stream_of("").value, 0x811c9dc5U);
  EXPECT_EQ(stream_of("a").value, 0xe40c292cU);
  EXPECT_EQ(stream_of("foobar").value, 0xbf9cf968U);
}

TEST(HazardPerMinute, IsTheRoundedIntensity) {
  EXPECT_EQ(hazard_per_minute(0), 0);
  EXPECT_EQ(hazard_per_minute(525'960), Hazard{1} << 57);
  EXPECT_EQ(hazard_per_minute(525'960.0 / 2), Hazard{1} << 56);
  for (double const rate : {0.003, 0.25, 1.6, 40.0}) {
    EXPECT_NEAR(static_cast<double>(hazard_per_minute(rate)), rate / 525'960 * 0x1p57, 0.5 + 1e-16 * rate * 0x1p38);
  }
  // A rate above nothing is not lost.
  EXPECT_EQ(hazard_per_minute(1e-30), 1);
}

}  // namespace
}  // namespace utvei
