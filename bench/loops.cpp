// SPDX-License-Identifier: Apache-2.0
// The loops that a good programmer writes by hand for W1 and W2: what the engine is measured against. Sums only, no
// files, no calendar, no common random numbers. `loops w1-xoshiro PERSONS`, `loops w1-philox PERSONS`, `loops w2-philox
// PERSONS` print years per state.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <Random123/philox.h>

namespace {

constexpr int states = 8;
constexpr double horizon = 50;
constexpr std::array<char const*, states> names{"school", "apprenticeship", "work", "unemployed", "sick_leave",
                                                "aap",    "disability",     "dead"};

struct Way {
  int from, to;
  double rate;
};
constexpr std::array<Way, 21> ways{{{0, 1, .25},  {0, 2, .35},  {0, 3, .10}, {0, 7, .003}, {1, 2, .45}, {1, 3, .08},
                                    {1, 7, .003}, {2, 3, .06},  {2, 4, .25}, {2, 7, .003}, {3, 2, .70}, {3, 4, .15},
                                    {3, 7, .003}, {4, 2, 1.6},  {4, 5, .20}, {4, 7, .003}, {5, 2, .22}, {5, 3, .10},
                                    {5, 6, .30},  {5, 7, .003}, {6, 7, .003}}};

/// xoshiro256++ (Blackman & Vigna 2019).
class Xoshiro {
 public:
  explicit Xoshiro(std::uint64_t seed) {
    for (auto& word : s_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }
  double uniform() {
    std::uint64_t const result = rotate(s_[0] + s_[3], 23) + s_[0];
    std::uint64_t const t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = rotate(s_[3], 45);
    return (static_cast<double>(result >> 11) + 0.5) * 0x1p-53;
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t s_[4];
};

/// Philox4x32-10 keyed by person: two uniforms a block.
class Philox {
 public:
  explicit Philox(std::uint64_t person) : person_{person} {}
  double uniform() {
    if (have_ == 0) {
      r123::Philox4x32::ctr_type const counter{
          {static_cast<std::uint32_t>(person_), static_cast<std::uint32_t>(person_ >> 32), count_++, 0}};
      block_ = r123::Philox4x32{}(counter, {{42, 0}});
      have_ = 2;
    }
    --have_;
    std::uint64_t const bits = block_[static_cast<std::size_t>(2 * have_)] |
                               (std::uint64_t{block_[static_cast<std::size_t>(2 * have_ + 1)]} << 32);
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
  }

 private:
  std::uint64_t person_;
  std::uint32_t count_{0};
  int have_{0};
  r123::Philox4x32::ctr_type block_{};
};

struct Exits {
  int count{0};
  double total{0};
  std::array<double, 4> up_to{};
  std::array<int, 4> to{};
};

void add(Exits& exits, int to, double rate) {
  exits.total += rate;
  exits.up_to[static_cast<std::size_t>(exits.count)] = exits.total;
  exits.to[static_cast<std::size_t>(exits.count++)] = to;
}

template <class Random>
int pick(Exits const& exits, Random& random) {
  double const u = random.uniform() * exits.total;
  int k = 0;
  while (k + 1 < exits.count && u >= exits.up_to[static_cast<std::size_t>(k)]) {
    ++k;
  }
  return exits.to[static_cast<std::size_t>(k)];
}

using Years = std::array<double, states>;

template <class Random>
void live_w1(std::array<Exits, states> const& all, Random& random, Years& years) {
  double t = 0;
  std::size_t state = 0;
  while (t < horizon) {
    Exits const& exits = all[state];
    double const stay = exits.count == 0 ? horizon : -std::log(random.uniform()) / exits.total;
    if (t + stay >= horizon) {
      years[state] += horizon - t;
      return;
    }
    years[state] += stay;
    t += stay;
    state = static_cast<std::size_t>(pick(exits, random));
  }
}

constexpr std::array<double, 3> duration_cuts{0.5, 1.0, 2.0};

/// Rates of W2 by state, region, whole years since 16 and band of the time in the state.
std::vector<Exits> w2_rates() {
  std::vector<Exits> all(static_cast<std::size_t>(states) * 16 * 51 * 4);
  for (Way const& way : ways) {
    for (int r = 0; r < 16; ++r) {
      for (int a = 0; a <= 50; ++a) {
        for (int d = 0; d < 4; ++d) {
          double const aging = way.to == 7 ? 0.3 * std::exp(0.07 * a) : 1.2 - 0.4 * a / 50.0;
          auto const at = static_cast<std::size_t>(((way.from * 16 + r) * 51 + a) * 4 + d);
          add(all[at], way.to, way.rate * (0.8 + 0.4 * r / 15.0) * (0.6 + 0.8 * std::exp(-d / 2.0)) * aging);
        }
      }
    }
  }
  return all;
}

template <class Random>
void live_w2(std::vector<Exits> const& all, int region, Random& random, Years& years) {
  double t = 0;
  double entered = 0;
  std::size_t state = 0;
  int band = 0;
  double left = -std::log(random.uniform());
  while (t < horizon) {
    auto const age = static_cast<int>(t);
    double end = std::min(age + 1.0, horizon);
    if (band < 3) {
      end = std::min(end, entered + duration_cuts[static_cast<std::size_t>(band)]);
    }
    Exits const& exits = all[(static_cast<std::size_t>(state) * 16 + static_cast<std::size_t>(region)) * 204 +
                             static_cast<std::size_t>(age * 4 + band)];
    double const spent = exits.total * (end - t);
    if (spent < left) {
      left -= spent;
      years[state] += end - t;
      t = end;
      if (band < 3 && t >= entered + duration_cuts[static_cast<std::size_t>(band)]) {
        ++band;
      }
      continue;
    }
    double const stay = left / exits.total;
    years[state] += stay;
    t += stay;
    entered = t;
    band = 0;
    state = static_cast<std::size_t>(pick(exits, random));
    left = -std::log(random.uniform());
  }
}

void print(Years const& years, double persons) {
  for (std::size_t s = 0; s < states; ++s) {
    std::printf("%s %.6f\n", names[s], years[s] / persons);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: loops w1-xoshiro|w1-philox|w2-philox PERSONS\n");
    return 2;
  }
  auto const persons = std::strtoull(argv[2], nullptr, 10);
  std::array<Exits, states> w1{};
  for (Way const& way : ways) {
    add(w1[static_cast<std::size_t>(way.from)], way.to, way.rate);
  }
  Years years{};
  if (std::strcmp(argv[1], "w1-xoshiro") == 0) {
    Xoshiro random{42};
    for (std::uint64_t i = 0; i < persons; ++i) {
      live_w1(w1, random, years);
    }
  } else if (std::strcmp(argv[1], "w1-philox") == 0) {
    for (std::uint64_t i = 0; i < persons; ++i) {
      Philox random{i};
      live_w1(w1, random, years);
    }
  } else {
    auto const w2 = w2_rates();
    for (std::uint64_t i = 0; i < persons; ++i) {
      Philox random{i};
      live_w2(w2, static_cast<int>(i % 16), random, years);
    }
  }
  print(years, static_cast<double>(persons));
}
