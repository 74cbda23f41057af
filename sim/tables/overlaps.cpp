// SPDX-License-Identifier: Apache-2.0
#include "axis.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>

namespace utvei {
namespace {

void refuse_overlap(std::string const& whole, std::string const& part, ColumnMapping const& mapped,
                    Diagnostics& diagnostics, std::string advice) {
  diagnostics.error(mapped.place, fmt::format("`{}` and `{}` overlap", whole, part),
                    "the same people would be counted twice", std::move(advice));
}

int end_of(AgeSpan const& span) {
  return span.to.value_or(std::numeric_limits<int>::max());
}

/// In the order of age each begins where the one before has ended, or later.
void check_ages(TableColumn const& column, ColumnMapping const& mapped, Diagnostics& diagnostics) {
  std::vector<std::size_t> order(column.ages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    auto const& x = column.ages[a];
    auto const& y = column.ages[b];
    return x.from != y.from ? x.from < y.from : end_of(x) > end_of(y);
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    auto const& before = column.ages[order[i - 1]];
    auto const& after = column.ages[order[i]];
    if (after.from >= end_of(before)) continue;
    refuse_overlap(text_of(before), text_of(after), mapped, diagnostics,
                   "`drop` what is the sum of others, or `keep` one set of ages");
    return;
  }
}

void check_regions(TableColumn const& column, ColumnMapping const& mapped, Regions const& regions,
                   Diagnostics& diagnostics) {
  std::unordered_set<std::string> const labels{column.labels.begin(), column.labels.end()};
  for (auto const& inner : column.labels)
    for (auto at = regions[*regions.find(inner)].parent; at; at = regions[*at].parent) {
      auto const& outer = regions[*at].code;
      if (!labels.contains(outer)) continue;
      auto const& level = regions[*regions.find(inner)].level;
      refuse_overlap(outer, inner, mapped, diagnostics,
                     level.empty() ? std::string{"`drop` what is the sum of others"}
                                   : fmt::format("`level: {}` takes those alone", level));
      return;
    }
}

}  // namespace

void check_overlaps(TableAxis const& axis, ColumnMapping const& mapped, Vocabulary const& vocabulary,
                    Diagnostics& diagnostics) {
  if (!axis.column) return;
  if (axis.column->kind == TableColumn::Kind::age) check_ages(*axis.column, mapped, diagnostics);
  auto const* regions = vocabulary.regions();
  if (axis.column->kind == TableColumn::Kind::region && regions != nullptr)
    check_regions(*axis.column, mapped, *regions, diagnostics);
}

}  // namespace utvei
