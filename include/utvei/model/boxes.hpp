// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

// The algebra of boxes: region × traits × age × time in state × calendar. A region stands for all below it, so the
// points of that axis are the regions at the bottom of the tree.

std::optional<std::uint32_t> level_of(Box const& box, std::size_t trait);
bool overlap(Box const& a, Box const& b, Regions const& regions);
/// The box of what lies in both; nullopt if nothing does.
std::optional<Box> intersection(Box const& a, Box const& b, Regions const& regions);

/// A part of `whole` that none of `parts` covers; nullopt if together they cover it. `levels`: number of levels by
/// TraitId (0 for a numeric trait).
std::optional<Box> uncovered(Box const& whole, std::span<Box const> parts, std::span<std::size_t const> levels,
                             Regions const& regions);
std::vector<std::size_t> level_counts(Model const& model);

/// Two boxes that overlap where neither is the more special, and where no other box of the list is more special than
/// both; or two that are equal.
struct Tie {
  std::size_t first{0};  ///< index into the list; first < second
  std::size_t second{0};
  Box where;  ///< some part of what both claim
};
/// At most `most` ties, in the order of the list. Near-linear for tables whose boxes are bands of region and traits.
std::vector<Tie> find_ties(std::span<Box const> boxes, Model const& model, std::size_t most);

/// `region 42, sex female, age 16 to 20, 0 to 90 days in the state, from 2015-01-01 to 2020-01-01`; `everybody`.
std::string describe(Box const& box, Model const& model);

}  // namespace utvei
