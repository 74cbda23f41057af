// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

// Kronecker sequences (additive recurrences; Kuipers & Niederreiter 1974, Uniform Distribution of Sequences, ch. 2.3):
// u_i = (i + 1) alpha mod 1 is equidistributed for irrational alpha, with a discrepancy of order log(n) / n for
// quadratic irrationals, so shares are met far more closely than by drawing. Square roots of different primes are
// independent over the rationals together with 1, so several attributes are jointly equidistributed (Weyl 1916). In
// 64-bit integers the recurrence is exact: person i is the same for any number of persons and on any machine.

/// floor(2^64 frac(sqrt(number))), exact.
std::uint64_t root_fraction(std::uint64_t number);

/// The primes in order: nth_prime(0) is 2.
std::uint64_t nth_prime(std::size_t position);

/// Which share holds a point of the unit interval, points and bounds in units of 2^-64: the first whose cumulative
/// share exceeds the point. A guide table (Chen & Asau 1974) leads near it in one step.
class ShareTable {
 public:
  /// Weights are 0 or more, at least one is more.
  explicit ShareTable(std::span<double const> weights);

  [[nodiscard]] std::size_t operator[](std::uint64_t point) const {
    std::size_t at = guide_[point >> shift_];
    while (point > last_[at]) ++at;
    return index_[at];
  }
  /// Whether everybody gets the same.
  [[nodiscard]] bool is_single() const { return index_.size() == 1; }

 private:
  std::vector<std::uint64_t> last_;   ///< the last point of each share that has any
  std::vector<std::uint32_t> index_;  ///< its place among the weights
  std::vector<std::uint32_t> guide_;  ///< by the upper bits of a point: the first share that can hold it
  unsigned shift_{0};
};

}  // namespace utvei
