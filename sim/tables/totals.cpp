// SPDX-License-Identifier: Apache-2.0
#include "fold.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Sums over one column, by the labels of the others.
std::unordered_map<RowKey, Published> sums_over(std::size_t column, PublicTable const& table) {
  std::unordered_map<RowKey, Published> sums;
  auto const width = static_cast<std::ptrdiff_t>(table.columns.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const first = table.labels.begin() + static_cast<std::ptrdiff_t>(row) * width;
    RowKey key{first, first + width};
    key[column] = 0;
    auto const [sum, is_new] = sums.try_emplace(std::move(key), table.values[row]);
    if (!is_new) sum->second = sum_of(sum->second, table.values[row]);
  }
  return sums;
}

/// Whether two intervals have no number in common; decimals of sums are not exact.
bool differ(Published const& a, Published const& b) {
  auto const slack = 1e-9 * std::max({1.0, std::abs(a.high), std::abs(b.high)});
  return a.low > b.high + slack || b.low > a.high + slack;
}

std::string bounds_text(Published const& value) {
  if (value.is_known()) return fmt::format("{:.12g}", value.low);
  return fmt::format("{:.12g} to {:.12g}", value.low, value.high);
}

struct Disagreement {
  std::size_t count{0};
  std::size_t compared{0};
  PublishedTotal const* total{nullptr};
  Published parts;
};

void warn(Disagreement const& found, CubeDimension const& dimension, Diagnostics& diagnostics) {
  diagnostics.warning(
      found.total->place,
      fmt::format("the parts of `{}` do not add up to the total in {} of {} places", dimension.name, found.count,
                  found.compared),
      fmt::format("the total here is {}, its parts give {}", bounds_text(found.total->value), bounds_text(found.parts)),
      "look for a value that is counted twice or not at all; counts that were changed for privacy do "
      "this, too: `small`");
}

}  // namespace

void check_totals(Folded const& folded, Cube const& cube, std::vector<TableAxis> const& axes,
                  Diagnostics& diagnostics) {
  for (std::size_t d = 0; d < axes.size(); ++d) {
    if (std::ranges::count(axes[d].fates, Fate::total) == 0 || std::ranges::count(axes[d].fates, Fate::dropped) > 0)
      continue;
    std::unordered_map<RowKey, Published> sums;
    Disagreement found;
    for (auto const& total : folded.totals) {
      if (total.dimension != d) continue;
      if (sums.empty()) sums = sums_over(total.column, folded.table);
      auto const sum = sums.find(total.key);
      if (sum == sums.end() || sum->second.is_missing() || total.value.is_missing()) continue;
      ++found.compared;
      if (!differ(total.value, sum->second)) continue;
      if (++found.count > 1) continue;
      found.total = &total;
      found.parts = sum->second;
    }
    if (found.count > 0) warn(found, cube.dimensions[d], diagnostics);
  }
}

}  // namespace utvei
