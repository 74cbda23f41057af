// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/cells.hpp>
#include <utvei/population/people_groups.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// How long people have been in their state: pieces of time, over each of which the people are spread evenly.
struct TimePieces {
  std::vector<double> share_until;  ///< cumulative, by piece; the last is 1
  std::vector<Span> pieces;         ///< minutes
  /// The time that a share `u` of the people, from 0 to 1, does not exceed.
  [[nodiscard]] Duration at(double u) const;
};

/// The pieces of each cell, from the table `time_in_state` of a recipe; a cell without any has been there for no time.
struct TimesInState {
  std::vector<TimePieces> pieces;
  std::vector<std::uint32_t> of_cell;  ///< or any_group: none
};

/// Diagnoses rows that are no lengths of time, and pieces that overlap.
TimesInState read_times(GroupTable const& table, Cells const& cells, Regions const& regions, Diagnostics& diagnostics);

}  // namespace utvei
