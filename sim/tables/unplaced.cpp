// SPDX-License-Identifier: Apache-2.0
#include "unplaced.hpp"

#include "words.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_values_shown = 8;

std::string list_of(std::vector<Category const*> const& categories) {
  std::string list;
  for (std::size_t i = 0; i < std::min(categories.size(), most_values_shown); ++i)
    list += (i == 0 ? "" : ", ") + shown(*categories[i]);
  if (categories.size() > most_values_shown) list += fmt::format(", … ({} in all)", categories.size());
  return list;
}

std::string advice_for(std::vector<Unplaced> const& unplaced) {
  std::string totals;
  for (auto const& each : unplaced)
    if (looks_like_a_total(each.category->code, each.category->label))
      totals += fmt::format("{}\"{}\"", totals.empty() ? "" : ", ", each.category->code);
  if (!totals.empty()) return fmt::format("a total must not be added to its parts: `total: [{}]`", totals);
  auto const& first = unplaced.front();
  auto const lead = first.advice.empty() ? std::string{} : fmt::format("{}; ", first.advice);
  return fmt::format("{}`drop: [\"{}\"]` leaves it out, `others: drop` all such values", lead, first.category->code);
}

}  // namespace

std::string list_of(CubeDimension const& dimension) {
  std::vector<Category const*> categories;
  for (auto const& category : dimension.categories) categories.push_back(&category);
  return list_of(categories);
}

void report_unplaced(std::vector<Unplaced> const& unplaced, CubeDimension const& dimension, ColumnMapping const& mapped,
                     Diagnostics& diagnostics) {
  if (unplaced.empty()) return;
  std::vector<Category const*> categories;
  for (auto const& each : unplaced) categories.push_back(each.category);
  auto const count = unplaced.size();
  diagnostics.error(
      mapped.place,
      count == 1
          ? fmt::format("`{}` has a value that cannot be placed: {}", dimension.name, list_of(categories))
          : fmt::format("`{}` has {} values that cannot be placed: {}", dimension.name, count, list_of(categories)),
      count == 1 ? unplaced.front().reason : fmt::format("the first: {}", unplaced.front().reason),
      advice_for(unplaced));
}

}  // namespace utvei
