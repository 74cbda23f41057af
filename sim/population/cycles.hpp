// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// Below it, what is left of a person is rounding.
inline constexpr double least_share = 1e-7;

/// Whether a share of a person is 0 or 1.
inline bool is_whole(double share) {
  return share < least_share || share > 1 - least_share;
}

/// The share of a person in a cell, as an edge between the parts of two margins to which the cell belongs.
struct ShareEdge {
  std::array<std::size_t, 2> ends{};  ///< nodes: parts of both margins, numbered in one row
  double share{0};
  std::uint64_t name{0};  ///< of the cell: what its random numbers hang on
};

/// Moves share along cycles, from every second edge to the others, until no cycle is left that could be moved: the sums
/// at all nodes stay, and so does the expectation of each edge. Edges that are still open are a forest.
void settle_cycles(std::vector<ShareEdge>& edges, std::size_t nodes, RandomKey const& key);

}  // namespace utvei
