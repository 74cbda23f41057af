// SPDX-License-Identifier: Apache-2.0
#include "gaps_and_ties.hpp"

#include <utvei/model/boxes.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

void GapsAndTies::check(Exit const& exit, Grid const& grid, std::vector<Cover> const& covers,
                        std::vector<Rate const*> const& candidates, std::uint32_t profile) {
  Span ages = context_.reach[profile].age;
  // Who is older leaves in the first minute, which needs a rate no more than the rest of that life does.
  ages.to = std::min(ages.to, stay_.oldest);
  if (ages.from >= ages.to || !ways_.is_at_risk(exit.transition, context_.profiles[profile])) {
    return;
  }
  Span const run{context_.scenario.start.minutes, context_.scenario.end.minutes};
  for_each_cell(grid, bands_over(grid.calendar, run), bands_over(grid.age, ages),
                bands_over(grid.time_in_state, stay_.time), [&](std::size_t cell) {
                  Cover const& held = covers[cell];
                  if (held.rate == Cover::none) {
                    report_gap(exit, box_at(grid, cell, profile), candidates.empty());
                  } else if (held.rival != Cover::none) {
                    report_tie(exit, box_at(grid, cell, profile), *candidates[static_cast<std::size_t>(held.rate)],
                               *candidates[static_cast<std::size_t>(held.rival)]);
                  }
                });
}

Box GapsAndTies::box_at(Grid const& grid, std::size_t cell, std::uint32_t profile) const {
  Box box = box_of(grid, cell);
  box.region = context_.profiles[profile].region;
  box.traits = context_.profiles[profile].traits;
  return box;
}

void GapsAndTies::report_gap(Exit const& exit, Box const& where, bool no_rate_at_all) {
  if (reported_gap_ == &exit) {
    return;
  }
  reported_gap_ = &exit;
  Ways::Label const& way = ways_.labels[exit.transition.value()];
  bool const anywhere = !ways_.rates_of[exit.transition.value()].empty();
  context_.diagnostics.error(
      way.has_table ? way.table_place : way.place,
      anywhere ? fmt::format("no rate for `{}`: {}", way.name, describe(where, context_.model))
               : fmt::format("no rate for `{}`", way.name),
      no_rate_at_all && anywhere ? fmt::format("people of the scenario are {}, and no row is for them", ways_.where)
                                 : "people of the scenario can be there, and each cell needs exactly one rate",
      anywhere
          ? context_.model.rate_file && !way.has_table
                ? "let the bands of the study that made the rate file begin there, or take people who are within them"
                : "add a row that covers it; an empty field is unbounded"
          : "give `rate_per_year:`, `rates: TABLE.csv`, or a rate file that has this transition");
}

void GapsAndTies::report_tie(Exit const& exit, Box const& where, Rate const& first, Rate const& second) {
  if (reported_tie_ == &exit) {
    return;
  }
  reported_tie_ = &exit;
  Ways::Label const& way = ways_.labels[exit.transition.value()];
  std::string const other =
      first.place.source ? fmt::format("{}:{}", first.place.source->name, first.place.line) : std::string{"another"};
  context_.diagnostics.error(second.place.source ? second.place : way.place,
                             fmt::format("two rates for `{}`: {}", way.name, describe(where, context_.model)),
                             fmt::format("this row and {} both hold there, and neither lies inside the other", other),
                             "narrow one of them, or add a row for what they share");
}

}  // namespace utvei
