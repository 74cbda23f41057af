// SPDX-License-Identifier: Apache-2.0
#include "grid.hpp"

#include <algorithm>
#include <tuple>

namespace utvei {

namespace {

std::size_t cells_of(Grid const& grid, Box const& box) {
  auto const count = [](BandRange bands) { return std::size_t{bands.last} - bands.first; };
  return count(bands_inside(grid.calendar, box.calendar)) * count(bands_inside(grid.age, box.age)) *
         count(bands_inside(grid.time_in_state, box.time_in_state));
}

std::size_t depth(std::optional<RegionId> region, Regions const& regions) {
  std::size_t levels = 0;
  for (; region; region = regions[*region].parent) {
    ++levels;
  }
  return levels;
}

bool beats(Rate const& a, Rate const& b, Regions const& regions) {
  return lies_inside(a.box, b.box, regions) && !lies_inside(b.box, a.box, regions);
}

/// The general first: a box that lies inside another comes after it.
std::vector<std::int32_t> general_first(Grid const& grid, std::span<Rate const* const> candidates,
                                        Regions const& regions) {
  using Key = std::tuple<std::size_t, std::size_t, std::size_t, std::int32_t>;
  std::vector<Key> keys;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Box const& box = candidates[i]->box;
    auto const fixed = static_cast<std::size_t>(std::ranges::count_if(box.traits, [](auto const& t) { return !!t; }));
    keys.emplace_back(~cells_of(grid, box), depth(box.region, regions), fixed, static_cast<std::int32_t>(i));
  }
  std::ranges::sort(keys);
  std::vector<std::int32_t> order;
  for (Key const& key : keys) {
    order.push_back(std::get<3>(key));
  }
  return order;
}

}  // namespace

BandRange bands_inside(Axis const& axis, Span span) {
  auto const index = [&](std::int64_t at) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(axis.cuts, at) - axis.cuts.begin());
  };
  // The band after the cut that is the lower end; the band before the cut that is the upper end.
  std::uint32_t const first = span.from <= distant_past.minutes || axis.cuts.empty() || span.from < axis.cuts.front()
                                  ? 0
                                  : index(span.from) + 1;
  std::uint32_t const last = index(span.to) + 1;
  return {first, std::max(first, last)};
}

BandRange bands_over(Axis const& axis, Span span) {
  std::uint32_t const first = axis.band_after(span.from);
  auto const last = static_cast<std::uint32_t>(std::ranges::lower_bound(axis.cuts, span.to) - axis.cuts.begin()) + 1;
  return {first, std::max(first, last)};
}

std::vector<Cover> cover(Grid const& grid, std::span<Rate const* const> candidates, Regions const& regions) {
  std::vector<Cover> covers(grid.size());
  for (std::int32_t const i : general_first(grid, candidates, regions)) {
    auto const rate = [&](std::int32_t index) -> Rate const& { return *candidates[static_cast<std::size_t>(index)]; };
    Box const& box = rate(i).box;
    for_each_cell(grid, bands_inside(grid.calendar, box.calendar), bands_inside(grid.age, box.age),
                  bands_inside(grid.time_in_state, box.time_in_state), [&](std::size_t cell) {
                    Cover& held = covers[cell];
                    bool const wins = (held.rate == Cover::none || beats(rate(i), rate(held.rate), regions)) &&
                                      (held.rival == Cover::none || beats(rate(i), rate(held.rival), regions));
                    if (wins) {
                      held = Cover{i, Cover::none};
                    } else if (!beats(rate(held.rate), rate(i), regions)) {
                      held.rival = i;
                    }
                  });
  }
  return covers;
}

Box box_of(Grid const& grid, std::size_t cell) {
  auto const span = [](Axis const& axis, std::size_t band) {
    return Span{band == 0 ? distant_past.minutes : axis.cuts[band - 1], axis.end_of(static_cast<std::uint32_t>(band))};
  };
  Box box;
  box.time_in_state = span(grid.time_in_state, cell % grid.time_in_state.bands());
  cell /= grid.time_in_state.bands();
  box.age = span(grid.age, cell % grid.age.bands());
  box.calendar = span(grid.calendar, cell / grid.age.bands());
  return box;
}

}  // namespace utvei
