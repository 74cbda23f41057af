// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// In place of the number of a part: the margin says nothing of the cell.
inline constexpr std::uint32_t no_part = 0xffffffff;

/// A margin of a table of people: its cells fall into parts, and of each part the number of people is known. The table
/// may have any number of dimensions, and a margin may be of any of them, also coarser: county in place of
/// municipality. It need not speak of all cells.
struct Margin {
  std::string name;
  std::vector<std::uint32_t> part_of;  ///< by cell; or no_part
  std::vector<double> target;          ///< by part, in people; 0 or more
};

/// Cells that make up whole parts of two margins, which differ on how many people are in them.
struct MarginConflict {
  std::size_t first{0}, second{0};  ///< margins
  std::uint32_t first_part{0};      ///< a part of each, by which the cells can be named
  std::uint32_t second_part{0};
  double first_sum{0}, second_sum{0};  ///< in people; all parts of the cells together
  friend bool operator==(MarginConflict const&, MarginConflict const&) = default;
};

/// Finds where margins disagree, and settles it: the earlier margin holds, and a later one is scaled to it within the
/// cells on which they disagree, so that its shares stay. Cells whose seed is 0 are structural zeros and hold nobody.
/// Two margins are compared on the connected parts of their bipartite graph, the finest cells of which both know the
/// sum; where one speaks of cells that the other leaves out, nothing can be compared. What cannot be settled by scaling
/// (one of the sums is 0) stays as it is and shows as a misfit.
std::vector<MarginConflict> settle_margins(std::vector<double> const& seed, std::vector<Margin>& margins);

/// Parts that have people, and no cell that may hold them.
std::vector<std::uint32_t> parts_without_cells(std::vector<double> const& seed, Margin const& margin);

struct RakingOptions {
  double tolerance{1e-9};  ///< largest misfit of a part, of its target or of one person where that is more
  std::size_t most_iterations{5000};
};

/// How far the sums of a table are from a margin.
struct MarginMisfit {
  std::uint32_t part{0};  ///< the one that is furthest off
  double target{0}, sum{0};
  double share{0};  ///< of people who would have to be elsewhere: half the sum of the differences, over all people
};

struct RakingFit {
  std::vector<double> weights;  ///< by cell, in people
  std::size_t iterations{0};
  bool converged{false};
  std::vector<MarginMisfit> misfits;  ///< by margin
};

/// Iterative proportional fitting (Deming & Stephan 1940): the table that meets the margins and is closest to the seed
/// in Kullback-Leibler divergence (Csiszar 1975). Needs one seed of 0 or more a cell. Margins that cannot all be met
/// (parts with people and no cell to hold them, or margins that disagree) give converged = false and their misfits.
/// Cells of which no margin speaks keep their seed.
RakingFit rake(std::vector<double> const& seed, std::vector<Margin> const& margins, RakingOptions const& options = {});

MarginMisfit misfit_of(std::vector<double> const& weights, Margin const& margin);

}  // namespace utvei
