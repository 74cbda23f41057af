// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

/// The cells of one state for one class of people: calendar × age × time in state, time fastest.
struct Grid {
  Axis const& calendar;
  Axis const& age;
  Axis const& time_in_state;
  [[nodiscard]] std::size_t size() const { return std::size_t{calendar.bands()} * age.bands() * time_in_state.bands(); }
};

/// Half-open range of bands.
struct BandRange {
  std::uint32_t first;
  std::uint32_t last;
};
/// The bands that lie inside `span`, whose ends are cuts of the axis or beyond all of them.
BandRange bands_inside(Axis const& axis, Span span);
/// The bands that overlap `span`.
BandRange bands_over(Axis const& axis, Span span);

/// Calls `visit(cell)` for each cell of a product of bands.
template <class Visit>
void for_each_cell(Grid const& grid, BandRange calendar, BandRange age, BandRange time, Visit const& visit) {
  for (std::uint32_t c = calendar.first; c < calendar.last; ++c) {
    for (std::uint32_t a = age.first; a < age.last; ++a) {
      std::size_t const row = (std::size_t{c} * grid.age.bands() + a) * grid.time_in_state.bands();
      for (std::uint32_t t = time.first; t < time.last; ++t) {
        visit(row + t);
      }
    }
  }
}

/// What covers a cell.
struct Cover {
  static constexpr std::int32_t none = -1;
  std::int32_t rate{none};   ///< index into the candidates: the most special
  std::int32_t rival{none};  ///< another one that neither lies inside nor holds the first: a tie
};

/// The most special of `candidates` in each cell; all of them hold for the class of people.
std::vector<Cover> cover(Grid const& grid, std::span<Rate const* const> candidates, Regions const& regions);

/// The part of time that people of a class can spend in a state.
struct Reach {
  Span age{everything};
  Span time_in_state{everything};
};

/// The box of one cell, for messages.
Box box_of(Grid const& grid, std::size_t cell);

}  // namespace utvei
