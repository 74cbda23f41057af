// SPDX-License-Identifier: Apache-2.0
#include "neighbours.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <fmt/format.h>

namespace utvei {

std::vector<std::pair<RegionId, RegionId>> read_neighbours(Value const& file, Model const& model,
                                                           Diagnostics& diagnostics) {
  std::vector<std::pair<RegionId, RegionId>> edges;
  auto const table = DelimitedFile::open(path_beside(file), Request{file.place}, diagnostics);
  if (!table) {
    return edges;
  }
  auto const region = table->require_column("region", Place{}, diagnostics);
  auto const neighbour = table->require_column("neighbour", Place{}, diagnostics);
  if (!region || !neighbour) {
    return edges;
  }
  table->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    auto const find = [&](std::size_t column) {
      auto const found = model.regions.find(row[column]);
      if (!found) {
        diagnostics.error(row.place(column), fmt::format("`{}` is no region of the model", row[column]), {},
                          model.regions.advice_for(row[column]));
      }
      return found;
    };
    auto const a = find(*region);
    auto const b = find(*neighbour);
    if (a && b && *a == *b) {
      diagnostics.error(row.place(*neighbour), fmt::format("`{}` is beside itself", row[*neighbour]), {},
                        "take the line away: a region without neighbours needs none");
    } else if (a && b) {
      edges.emplace_back(*a, *b);
    }
  });
  return edges;
}

}  // namespace utvei
