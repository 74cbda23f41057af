// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid.hpp"
#include "plan_state.hpp"

#include <vector>

namespace utvei {

/// Looks for cells that people can reach and in which not exactly one most special rate holds. Of each exit the first
/// gap and the first tie are diagnosed.
class GapsAndTies {
 public:
  GapsAndTies(CompileContext const& context, Ways const& ways, Stay const& stay)
      : context_{context}, ways_{ways}, stay_{stay} {}

  /// What covers the cells of an exit for people of a profile.
  void check(Exit const& exit, Grid const& grid, std::vector<Cover> const& covers,
             std::vector<Rate const*> const& candidates, std::uint32_t profile);

 private:
  [[nodiscard]] Box box_at(Grid const& grid, std::size_t cell, std::uint32_t profile) const;
  void report_gap(Exit const& exit, Box const& where, bool no_rate_at_all);
  void report_tie(Exit const& exit, Box const& where, Rate const& first, Rate const& second);

  CompileContext const& context_;
  Ways const& ways_;
  Stay const& stay_;
  Exit const* reported_gap_{nullptr};
  Exit const* reported_tie_{nullptr};
};

}  // namespace utvei
