// SPDX-License-Identifier: Apache-2.0
#include "public_counts.hpp"

#include <utvei/tables/table_part.hpp>

#include <algorithm>

namespace utvei {

std::optional<CountTable> counts_of(PublicTable const& table, CountRequest const& request, Place const& place,
                                    Diagnostics& diagnostics) {
  auto const part = part_of(table, request.where, place, diagnostics);
  if (!part) return std::nullopt;
  CountTable counts;
  counts.file = table.source;
  counts.place = place;
  for (std::size_t const c : part->columns) {
    counts.columns.push_back({table.columns[c].name, place, table.columns[c].labels, {}, {}});
    counts.columns.back().label_places.assign(table.columns[c].labels.size(), place);
  }
  for (std::size_t const row : part->rows) {
    for (std::size_t i = 0; i < part->columns.size(); ++i)
      counts.columns[i].label_of.push_back(table.position(row, part->columns[i]));
    Published const& value = table.values[row];
    bool const adds_nothing = value.sign == Sign::not_possible;
    counts.count.push_back(value.is_missing() && !adds_nothing
                               ? std::nullopt
                               : std::optional{adds_nothing ? 0.0 : std::max(0.0, value.estimate)});
    counts.row_places.push_back(table.places[row]);
  }
  return counts;
}

}  // namespace utvei
