// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/scenario_grid.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace utvei {
namespace {

/// Scenarios that differ along one axis alone, by their place on it.
using Line = std::map<std::size_t, GridPoint const*>;

std::vector<Line> lines_along(std::vector<GridPoint> const& points, std::size_t axis) {
  std::map<std::vector<std::size_t>, Line> lines;
  for (GridPoint const& point : points) {
    std::vector<std::size_t> elsewhere = point.place;
    elsewhere.erase(elsewhere.begin() + static_cast<std::ptrdiff_t>(axis));
    lines[elsewhere].emplace(point.place[axis], &point);
  }
  std::vector<Line> all;
  for (auto& [elsewhere, line] : lines) all.push_back(std::move(line));
  return all;
}

/// None where the two values never meet.
std::optional<AxisChange> change_between(std::vector<Line> const& lines, std::size_t axis, std::size_t from,
                                         std::size_t to) {
  AxisChange change{axis, from, to, 0, {}};
  std::vector<double> runs;
  for (Line const& line : lines) {
    auto const a = line.find(from);
    auto const b = line.find(to);
    if (a == line.end() || b == line.end()) continue;
    runs.resize(a->second->runs.size(), 0);
    for (std::size_t i = 0; i < runs.size(); ++i) runs[i] += b->second->runs[i] - a->second->runs[i];
    ++change.pairs;
  }
  if (change.pairs == 0) return std::nullopt;
  for (double& run : runs) run /= static_cast<double>(change.pairs);
  change.change = paired_mean(runs);
  return change;
}

std::optional<AxisChange> largest_change(std::vector<GridPoint> const& points, std::size_t axis, std::size_t length) {
  auto const lines = lines_along(points, axis);
  std::vector<AxisChange> changes;
  std::size_t most = 0;
  for (std::size_t from = 0; from < length; ++from)
    for (std::size_t to = from + 1; to < length; ++to)
      if (auto const change = change_between(lines, axis, from, to)) {
        most = std::max(most, change->pairs);
        changes.push_back(*change);
      }
  std::erase_if(changes, [most](AxisChange const& change) { return 2 * change.pairs < most; });
  auto const found =
      std::ranges::max_element(changes, {}, [](AxisChange const& change) { return std::abs(change.change.mean); });
  return found == changes.end() ? std::nullopt : std::optional{*found};
}

}  // namespace

PairedMean paired_mean(std::vector<double> const& runs) {
  PairedMean out;
  double const n = static_cast<double>(runs.size());
  out.runs = runs.size();
  if (runs.empty()) return out;
  out.mean = std::accumulate(runs.begin(), runs.end(), 0.0) / n;
  if (runs.size() < 2) return out;
  double squares = 0;
  for (double const run : runs) squares += (run - out.mean) * (run - out.mean);
  out.sd = std::sqrt(squares / (n - 1));
  out.error = *out.sd / std::sqrt(n);
  return out;
}

std::vector<AxisChange> axis_changes(std::vector<GridPoint> const& points, std::vector<std::size_t> const& lengths) {
  std::vector<AxisChange> changes;
  for (std::size_t axis = 0; axis < lengths.size(); ++axis)
    if (auto const change = largest_change(points, axis, lengths[axis])) changes.push_back(*change);
  return changes;
}

std::vector<RunRanks> ranks_in_runs(std::vector<std::vector<double>> const& runs, bool more_is_better) {
  std::vector<RunRanks> ranks(runs.size());
  if (runs.empty()) return ranks;
  std::size_t const count = runs.front().size();
  double const sign = more_is_better ? 1 : -1;
  std::vector<std::size_t> order(runs.size());
  for (std::size_t run = 0; run < count; ++run) {
    auto const value = [&](std::size_t scenario) { return sign * runs[scenario][run]; };
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
      for (last = first + 1; last < order.size() && value(order[last]) >= value(order[first]);) ++last;
      // Those that are equal share the ranks that they take.
      double const shared = static_cast<double>(first + last + 1) / 2;
      for (std::size_t i = first; i < last; ++i) {
        ranks[order[i]].expected += shared / static_cast<double>(count);
        if (first == 0) ranks[order[i]].best += 1 / static_cast<double>(last * count);
      }
    }
  }
  return ranks;
}

}  // namespace utvei
