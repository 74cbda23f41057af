// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/counted_days.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <iterator>
#include <ranges>

namespace utvei {
namespace {

/// The table that has everybody who was counted on a day; none: the table holds no heads.
Table const* everybody_counted(RunResult const& result, Table const& table) {
  if (table.quantity == "defined") return result.table("defined_of");
  if (table.quantity == "queue_length" || table.quantity == "in_measure") return result.table("stock");
  return table.quantity == "stock" || table.quantity == "defined_of" ? &table : nullptr;
}

}  // namespace

CountedDays::CountedDays(RunResult const& result, Table const& table, std::vector<std::string> const& axes) {
  Table const* const everybody = everybody_counted(result, table);
  if (everybody == nullptr) return;
  std::vector<std::string> days;
  for (char const* const name : {"year", "stock_date", "definition"})
    if (table.axis(name) && std::ranges::find(axes, name) != axes.end()) days.emplace_back(name);
  if (!std::ranges::all_of(days, [&](auto const& day) { return length_of(*everybody, day) == length_of(table, day); }))
    return;
  for (std::string const& name : axes) axes_.push_back({length_of(table, name), 0});
  std::size_t stride = 1;
  for (std::string const& day : std::views::reverse(days)) {
    axes_[static_cast<std::size_t>(std::ranges::find(axes, day) - axes.begin())].stride = stride;
    stride *= length_of(table, day);
  }
  std::ranges::transform(marginal(*everybody, days), std::back_inserter(is_counted_),
                         [](double heads) { return heads != 0; });
}

bool CountedDays::contains(std::size_t cell) const {
  if (is_counted_.empty()) return true;
  std::size_t day = 0;
  for (Axis const& axis : std::views::reverse(axes_)) {
    day += cell % axis.length * axis.stride;
    cell /= axis.length;
  }
  return is_counted_[day];
}

}  // namespace utvei
