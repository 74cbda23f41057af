// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

// The arithmetic of random numbers, written for one number here and for vector lanes in lanes.cpp: no
// branches, no library calls, the same operations in the same order, hence the same bits on every CPU.
namespace utvei::lanes {

/// (53 bits + 0.5) / 2^53, which is never 0 or 1. The bits go through a double in [1, 2), where 52 of them fit, and the
/// last is added: an integer conversion would not vectorise before AVX-512.
inline double uniform_of(std::uint64_t bits) {
  double const high = std::bit_cast<double>((bits >> 12) | 0x3ff0000000000000ULL) - 1.0;
  double const last = std::bit_cast<double>(((bits >> 11) & 1) * 0x3ca0000000000000ULL);
  return high + last + 0x1p-54;
}

inline constexpr double ln2_high = 6.93147180369123816490e-01;
inline constexpr double ln2_low = 1.90821492927058770002e-10;
inline constexpr double log_terms[7] = {6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
                                        2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
                                        1.479819860511658591e-01};

/// log x for normal x > 0, within 1 ulp: the method of fdlibm's e_log.c (Sun Microsystems 1993), x = 2^k (1 + f) with
/// sqrt(1/2) < 1 + f < sqrt(2), s = f / (2 + f), log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)).
inline double log_of(double x) {
  std::uint64_t const bits = std::bit_cast<std::uint64_t>(x);
  // Shift so that the exponent field changes at sqrt(1/2) and not at 1.
  std::uint64_t const shifted = bits + (0x3ff0000000000000ULL - 0x3fe6a09e00000000ULL);
  std::uint64_t const exponent = shifted >> 52;
  // A 12-bit integer as a double without a conversion: the mantissa of 2^52.
  double const k = std::bit_cast<double>(0x4330000000000000ULL | exponent) - (0x1p52 + 1023.0);
  double const m = std::bit_cast<double>((shifted & 0x000fffffffffffffULL) + 0x3fe6a09e00000000ULL);
  double const f = m - 1.0;
  double const s = f / (2.0 + f);
  double const z = s * s;
  double const w = z * z;
  double const odd = w * (log_terms[1] + w * (log_terms[3] + w * log_terms[5]));
  double const even = z * (log_terms[0] + w * (log_terms[2] + w * (log_terms[4] + w * log_terms[6])));
  double const half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + (odd + even)) + k * ln2_low)) - f);
}

/// One Philox4x32-10 block a lane, turned into two unit exponentials.
void draw(ExponentialLanes& asked, std::uint64_t person, std::uint32_t key0, std::uint32_t key1);

}  // namespace utvei::lanes
