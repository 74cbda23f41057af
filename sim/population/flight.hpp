// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// The share of a person in a cell, and the sums that it is part of.
struct FlyingShare {
  double share{0};
  std::vector<std::uint32_t> sums;
  std::uint64_t name{0};  ///< of the cell: what its random numbers hang on
};

/// Makes all shares 0 or 1 by the cube method (Deville & Tillé 2004): a flight, on which each step keeps every sum and
/// the expectation of each share, until no step is left that does; then a landing, for which sums are let go one by
/// one. `landing`: the sums in the order in which they may be let go. Shares that stand near each other should have
/// sums in common: it is faster, not other.
void fly_and_land(std::vector<FlyingShare>& shares, std::vector<std::uint32_t> const& landing, RandomKey const& key);

}  // namespace utvei
