// SPDX-License-Identifier: Apache-2.0
#include "lanes.hpp"

#include <array>
#include <bit>

// Highway compiles this file once for each instruction set and picks one at the first call. Only operations that round
// once are used (no fused multiply-add), so all give the same bits.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace utvei::lanes::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::CappedTag<std::uint64_t, ExponentialLanes::width>;
using Reals = hn::RebindToFloat<Words>;
using W = hn::Vec<Words>;
using R = hn::Vec<Reals>;

/// Of numbers below 2^32.
HWY_INLINE W product(W a, W b) {
#if HWY_TARGET == HWY_SCALAR
  return W{a.raw * b.raw};
#else
  hn::Repartition<std::uint32_t, Words> const halves;
  return hn::MulEven(hn::BitCast(halves, a), hn::BitCast(halves, b));
#endif
}

HWY_INLINE R times(R a, R b) {
  return hn::Mul(a, b);
}
HWY_INLINE R plus(R a, R b) {
  return hn::Add(a, b);
}

/// uniform_of, log_of and hazard_of of lanes.hpp, lane by lane.
HWY_INLINE R uniform_lanes(W bits) {
  Words const d;
  Reals const r;
  R const high =
      hn::Sub(hn::BitCast(r, hn::Or(hn::ShiftRight<12>(bits), hn::Set(d, 0x3ff0000000000000ULL))), hn::Set(r, 1.0));
  W const last_bit = hn::ShiftRight<63>(hn::ShiftLeft<52>(bits));
  R const last = hn::BitCast(r, hn::And(hn::Sub(hn::Zero(d), last_bit), hn::Set(d, 0x3ca0000000000000ULL)));
  return hn::Add(hn::Add(high, last), hn::Set(r, 0x1p-54));
}

HWY_INLINE R log_lanes(R x) {
  Words const d;
  Reals const r;
  W const shifted = hn::Add(hn::BitCast(d, x), hn::Set(d, 0x3ff0000000000000ULL - 0x3fe6a09e00000000ULL));
  R const k = hn::Sub(hn::BitCast(r, hn::Or(hn::ShiftRight<52>(shifted), hn::Set(d, 0x4330000000000000ULL))),
                      hn::Set(r, 0x1p52 + 1023.0));
  R const m =
      hn::BitCast(r, hn::Add(hn::And(shifted, hn::Set(d, 0x000fffffffffffffULL)), hn::Set(d, 0x3fe6a09e00000000ULL)));
  R const f = hn::Sub(m, hn::Set(r, 1.0));
  R const s = hn::Div(f, plus(hn::Set(r, 2.0), f));
  R const z = times(s, s);
  R const w = times(z, z);
  R const odd = times(
      w, plus(hn::Set(r, log_terms[1]), times(w, plus(hn::Set(r, log_terms[3]), times(w, hn::Set(r, log_terms[5]))))));
  R const even =
      times(z, plus(hn::Set(r, log_terms[0]),
                    times(w, plus(hn::Set(r, log_terms[2]),
                                  times(w, plus(hn::Set(r, log_terms[4]), times(w, hn::Set(r, log_terms[6]))))))));
  R const half_square = times(times(hn::Set(r, 0.5), f), f);
  R const inner = plus(times(s, plus(half_square, plus(odd, even))), times(k, hn::Set(r, ln2_low)));
  return hn::Sub(times(k, hn::Set(r, ln2_high)), hn::Sub(hn::Sub(half_square, inner), f));
}

HWY_INLINE W hazard_lanes(R minus_log) {
  Words const d;
  Reals const r;
  W const mantissa = hn::Set(d, 0x000fffffffffffffULL);
  R const scaled = hn::Mul(minus_log, hn::Set(r, 0x1p26));
  R const high = hn::Add(scaled, hn::Set(r, 0x1p52));
  R const rest = hn::Mul(hn::Sub(scaled, hn::Sub(high, hn::Set(r, 0x1p52))), hn::Set(r, 0x1p31));
  R const low = hn::Add(rest, hn::Set(r, 0x1p52 + 0x1p51));
  W const sum = hn::Sub(
      hn::Add(hn::ShiftLeft<31>(hn::And(hn::BitCast(d, high), mantissa)), hn::And(hn::BitCast(d, low), mantissa)),
      hn::Set(d, 0x0008000000000000ULL));
  return hn::IfThenElse(hn::Eq(sum, hn::Zero(d)), hn::Set(d, 1ULL), sum);
}

/// All lanes at once: a round waits for the one before, so several vectors go side by side and hide each other's
/// waiting.
HWY_ATTR void draw_impl(ExponentialLanes& asked, std::uint64_t person, std::uint32_t key0, std::uint32_t key1) {
  Words const d;
  constexpr std::size_t lanes = hn::MaxLanes(Words{});
  constexpr std::size_t vectors = ExponentialLanes::width / lanes;
  struct Counter {
    W c0, c1, c2, c3;
  };
  hn::RebindToSigned<Words> const signed_words;
  W const low_word = hn::Set(d, 0xffffffffULL);
  std::array<Counter, vectors> counters;
  for (std::size_t v = 0; v < vectors; ++v) {
    counters[v] = {hn::Set(d, person & 0xffffffffULL), hn::Set(d, person >> 32),
                   hn::LoadU(d, asked.stream.data() + v * lanes), hn::LoadU(d, asked.pair.data() + v * lanes)};
  }
  std::uint32_t k0 = key0;
  std::uint32_t k1 = key1;
  for (int round = 0; round < 10; ++round) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < vectors; ++v) {
      Counter& c = counters[v];
      W const p0 = product(c.c0, hn::Set(d, 0xD2511F53ULL));
      W const p1 = product(c.c2, hn::Set(d, 0xCD9E8D57ULL));
      c = {hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c.c1), hn::Set(d, std::uint64_t{k0})), hn::And(p1, low_word),
           hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c.c3), hn::Set(d, std::uint64_t{k1})), hn::And(p0, low_word)};
    }
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  for (std::size_t v = 0; v < vectors; ++v) {
    Counter const& c = counters[v];
    W const even = hn::Or(c.c0, hn::ShiftLeft<32>(c.c1));
    W const odd = hn::Or(c.c2, hn::ShiftLeft<32>(c.c3));
    W const first = hazard_lanes(hn::Neg(log_lanes(uniform_lanes(even))));
    W const second = hazard_lanes(hn::Neg(log_lanes(uniform_lanes(odd))));
    hn::StoreU(hn::BitCast(signed_words, first), signed_words, asked.even.data() + v * lanes);
    hn::StoreU(hn::BitCast(signed_words, second), signed_words, asked.odd.data() + v * lanes);
  }
}

}  // namespace utvei::lanes::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace utvei::lanes {

HWY_EXPORT(draw_impl);

void draw(ExponentialLanes& asked, std::uint64_t person, std::uint32_t key0, std::uint32_t key1) {
  HWY_DYNAMIC_DISPATCH(draw_impl)(asked, person, key0, key1);
}

}  // namespace utvei::lanes
#endif
