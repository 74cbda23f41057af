// SPDX-License-Identifier: Apache-2.0
#include "lanes.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <Random123/philox.h>

namespace utvei {

StreamId stream_of(std::string_view name) {
  std::uint32_t hash = 0x811c9dc5U;
  for (char const c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  }
  return StreamId{hash};
}

RandomKey::RandomKey(std::uint32_t seed, std::uint32_t draw, std::uint32_t replicate)
    : seed_{seed}, draw_and_replicate_{(draw << 12) | replicate} {
  UTVEI_EXPECT(draw < (1U << 20) && replicate < (1U << 12));
}

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  r123::Philox4x32 const philox;
  r123::Philox4x32::ctr_type const c{{counter[0], counter[1], counter[2], counter[3]}};
  r123::Philox4x32::key_type const k{{key[0], key[1]}};
  auto const out = philox(c, k);
  return {out[0], out[1], out[2], out[3]};
}

double uniform(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count) {
  auto const words = philox4x32_10({static_cast<std::uint32_t>(person.value),
                                    static_cast<std::uint32_t>(person.value >> 32), stream.value, count / 2},
                                   key.words());
  std::size_t const half = (count % 2) * 2;
  std::uint64_t const bits = words[half] | (std::uint64_t{words[half + 1]} << 32);
  return lanes::uniform_of(bits);
}

double portable_log(double x) {
  return lanes::log_of(x);
}

double portable_exp(double x) {
  // x = k log 2 + r with |r| ≤ log(2) / 2 (Cody & Waite), and the Taylor series of exp(r), whose rest is below 2^-57.
  constexpr double log_2_high = 0x1.62e42fee00000p-1, log_2_low = 0x1.a39ef35793c76p-33, inverse = 0x1.71547652b82fep0;
  double const within = std::clamp(x, -700.0, 700.0);
  double const k = std::floor(within * inverse + 0.5);
  double const r = (within - k * log_2_high) - k * log_2_low;
  constexpr int terms = 14;
  double sum = 1;
  for (int n = terms; n > 0; --n) sum = 1 + sum * r / n;
  return std::ldexp(sum, static_cast<int>(k));
}

double unit_exponential(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count) {
  return -portable_log(uniform(key, person, stream, count));
}

Hazard hazard_per_minute(double rate_per_year) {
  UTVEI_EXPECT(rate_per_year >= 0 && rate_per_year <= 525'960.0);
  if (rate_per_year == 0) {
    return 0;
  }
  return std::max<Hazard>(1, static_cast<Hazard>(rate_per_year / 525'960.0 * 0x1p57 + 0.5));
}

void draw_exponentials(RandomKey const& key, PersonKey person, ExponentialLanes& asked) {
  auto const words = key.words();
  lanes::draw(asked, person.value, words[0], words[1]);
}

double standard_normal(RandomKey const& key, PersonKey person, StreamId stream, std::uint32_t count) {
  // Wichura (1988), algorithm AS 241 (PPND16).
  double const p = uniform(key, person, stream, count);
  double const q = p - 0.5;
  auto const ratio = [](double r, std::array<double, 8> const& a, std::array<double, 8> const& b) {
    double numerator = 0;
    double denominator = 0;
    for (std::size_t i = 8; i-- > 0;) {
      numerator = numerator * r + a[i];
      denominator = denominator * r + b[i];
    }
    return numerator / denominator;
  };
  if (std::abs(q) <= 0.425) {
    return q * ratio(0.180625 - q * q,
                     {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
                      1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                      3.3430575583588128105e+4, 2.5090809287301226727e+3},
                     {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                      2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
                      5.2264952788528545610e+3});
  }
  double const tail = std::sqrt(-portable_log(q < 0 ? p : 1 - p));
  double const value = tail <= 5
                           ? ratio(tail - 1.6,
                                   {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
                                    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4},
                                   {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                                    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                    1.05075007164441684324e-9})
                           : ratio(tail - 5,
                                   {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
                                    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7},
                                   {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
                                    1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
                                    1.42151175831644588870e-7, 2.04426310338993978564e-15});
  return q < 0 ? -value : value;
}

}  // namespace utvei
