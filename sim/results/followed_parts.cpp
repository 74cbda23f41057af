// SPDX-License-Identifier: Apache-2.0
#include "followed_parts.hpp"

#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <ranges>

// Means of people who are followed are ratios, and shares with an event are those of a life table; the error of their
// differences is the jackknife's over the groups of people (Wolter 2007, Introduction to Variance Estimation, ch. 4).

namespace utvei {
namespace {

using Numbers = std::vector<double>;

/// By run and, of a table by group, group: [run][group][rest].
Numbers cells_of(Table const& table, FollowedPart const& part, std::size_t groups) {
  std::vector<std::string> keep{"draw", "replicate"};
  if (groups > 0) keep.emplace_back("group");
  for (auto const& [dimension, label] : part.labels) keep.push_back(dimension);
  if (!part.rest.empty()) keep.push_back(part.rest);
  Numbers const all = marginal(table, keep);
  std::size_t const rest = part.rest.empty() ? 1 : length_of(table, part.rest);
  std::size_t inner = rest;
  std::size_t place = 0;
  std::size_t stride = rest;
  for (auto const& [dimension, label] : part.labels | std::views::reverse) {
    auto const& labels = table.dimensions[*table.axis(dimension)].labels;
    auto const found = std::ranges::find(labels, label);
    if (found == labels.end()) return {};
    place += static_cast<std::size_t>(found - labels.begin()) * stride;
    stride *= labels.size();
    inner *= labels.size();
  }
  Numbers cells;
  for (std::size_t at = place; at < all.size(); at += inner)
    cells.insert(cells.end(), all.begin() + static_cast<std::ptrdiff_t>(at),
                 all.begin() + static_cast<std::ptrdiff_t>(at + rest));
  return cells;
}

/// Side by side, each part's cells after the other's.
Numbers beside(std::vector<Numbers> const& parts, std::size_t lines) {
  Numbers all;
  for (std::size_t line = 0; line < lines; ++line)
    for (Numbers const& part : parts) {
      auto const width = static_cast<std::ptrdiff_t>(part.size() / lines);
      auto const first = part.begin() + static_cast<std::ptrdiff_t>(line) * width;
      all.insert(all.end(), first, first + width);
    }
  return all;
}

/// Of one draw, without one of its parts.
std::optional<double> without_part(CountedParts const& numbers, std::size_t draw, std::size_t group,
                                   Statistic const& statistic) {
  Numbers rest(numbers.total.begin() + static_cast<std::ptrdiff_t>(draw * numbers.width),
               numbers.total.begin() + static_cast<std::ptrdiff_t>((draw + 1) * numbers.width));
  double const* const part = numbers.by_group.data() + (draw * numbers.groups + group) * numbers.width;
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= part[i];
  return statistic(rest.data());
}

}  // namespace

CountedParts counted(RunResult const& result, std::vector<FollowedPart> const& parts, bool with_groups) {
  CountedParts numbers;
  std::vector<Numbers> totals, groups;
  for (FollowedPart const& part : parts) {
    Table const* const table = result.table(part.table);
    if (table == nullptr) return {};
    numbers.runs = length_of(*table, "draw") * length_of(*table, "replicate");
    totals.push_back(cells_of(*table, part, 0));
    if (totals.back().empty()) return {};
    Table const* const by_group = with_groups ? result.group_table(part.table) : nullptr;
    if (by_group == nullptr) continue;
    numbers.groups = length_of(*by_group, "group");
    groups.push_back(cells_of(*by_group, part, numbers.groups));
  }
  numbers.total = beside(totals, numbers.runs);
  numbers.width = numbers.total.size() / numbers.runs;
  if (numbers.groups > 1)
    numbers.by_group = beside(groups, numbers.runs * numbers.groups);
  else
    numbers.groups = 0;
  return numbers;
}

CountedParts pooled(CountedParts const& numbers, std::size_t draws) {
  CountedParts sum{draws, numbers.groups, numbers.width, Numbers(draws * numbers.width),
                   Numbers(draws * numbers.groups * numbers.width)};
  std::size_t const replicates = numbers.runs / draws;
  auto const add = [&](Numbers const& from, std::size_t line, Numbers& to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i / (line * replicates) * line + i % line] += from[i];
  };
  add(numbers.total, numbers.width, sum.total);
  if (numbers.groups > 0) add(numbers.by_group, numbers.groups * numbers.width, sum.by_group);
  return sum;
}

CountedParts by_replicate(CountedParts const& numbers, std::size_t draws) {
  CountedParts result = pooled(numbers, draws);
  std::size_t const replicates = numbers.runs / draws;
  if (replicates < 2) return result;
  result.groups = replicates;
  result.by_group = numbers.total;
  return result;
}

std::optional<double> mean_over_draws(CountedParts const& numbers, Statistic const& statistic) {
  double sum = 0;
  for (std::size_t run = 0; run < numbers.runs; ++run) {
    auto const one = statistic(numbers.total.data() + run * numbers.width);
    if (!one) return std::nullopt;
    sum += *one;
  }
  return sum / static_cast<double>(numbers.runs);
}

std::optional<PairedDifferences> paired_of(CountedParts const& before, CountedParts const& after,
                                           Statistic const& statistic) {
  PairedDifferences paired;
  paired.draws = after.runs;
  paired.groups = before.groups == after.groups ? after.groups : 0;
  paired.cells = 1;
  double const groups = static_cast<double>(paired.groups);
  for (std::size_t draw = 0; draw < after.runs; ++draw) {
    auto const a = statistic(before.total.data() + draw * before.width);
    auto const b = statistic(after.total.data() + draw * after.width);
    if (!a || !b) return std::nullopt;
    paired.total.push_back(*b - *a);
    Numbers left_out;
    double mean = 0;
    for (std::size_t g = 0; g < paired.groups; ++g) {
      auto const c = without_part(before, draw, g, statistic);
      auto const d = without_part(after, draw, g, statistic);
      left_out.push_back(c && d ? *d - *c : *b - *a);
      mean += left_out.back() / groups;
    }
    // Sizes are in the jackknife already: the residual of equal shares is the deviation.
    for (double const difference : left_out)
      paired.by_group.push_back((*b - *a) / groups + (groups - 1) / groups * (mean - difference));
  }
  return paired;
}

}  // namespace utvei
