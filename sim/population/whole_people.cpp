// SPDX-License-Identifier: Apache-2.0
#include "cycles.hpp"
#include "flight.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/population/whole_people.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace utvei {
namespace {

/// Weights that were raked to a whole sum have it but for this.
constexpr double least_lack = 1e-3;

/// What a sum lacks to be whole.
double lack_of(double sum) {
  return std::abs(sum - std::round(sum)) < least_lack ? 0 : std::ceil(sum) - sum;
}

/// Cells in parts, numbered from 0, of which none is left out.
struct Partition {
  std::vector<std::size_t> part_of;
  std::size_t parts{0};
};

/// What a margin does not speak of is a part as well.
Partition partition_of(Margin const& margin) {
  Partition partition{{}, margin.target.size() + 1};
  for (std::uint32_t const part : margin.part_of)
    partition.part_of.push_back(part == no_part ? margin.target.size() : part);
  return partition;
}

Partition one_part(std::size_t cells) {
  return {std::vector<std::size_t>(cells), 1};
}

/// Cells that are in the same part of both are in one part.
Partition refined(Partition const& a, Partition const& b) {
  Partition both;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> number;
  for (std::size_t cell = 0; cell < a.part_of.size(); ++cell)
    both.part_of.push_back(number.try_emplace({a.part_of[cell], b.part_of[cell]}, number.size()).first->second);
  both.parts = number.size();
  return both;
}

/// What is left of the weights when the whole people are in their cells.
class Leftovers {
 public:
  Leftovers(std::vector<double> const& weights, std::vector<std::uint64_t> const& names, RandomKey const& key)
      : names_{names}, key_{key} {
    for (double const weight : weights) shares.push_back(weight - std::floor(weight));
  }

  /// A further row and a further column take what the sums lack to be whole, so that all edges come to lie on cycles.
  void settle_two(Partition const& rows, Partition const& columns) {
    std::vector<ShareEdge> edges = edges_of(rows, columns);
    std::size_t const more_rows = rows.parts + columns.parts;
    std::size_t const more_columns = more_rows + 1;
    std::vector<double> sums(more_columns + 1);
    auto const note = [&](ShareEdge const& edge) {
      for (std::size_t const end : edge.ends) sums[end] += edge.share;
    };
    std::ranges::for_each(edges, note);
    auto const add = [&](std::size_t row, std::size_t column, double sum) {
      edges.push_back({{row, column}, lack_of(sum), mix64(edges.size())});
      note(edges.back());
    };
    for (std::size_t row = 0; row < rows.parts; ++row) add(row, more_columns, sums[row]);
    for (std::size_t column = rows.parts; column < more_rows; ++column) add(more_rows, column, sums[column]);
    add(more_rows, more_columns, sums[more_columns]);
    settle_cycles(edges, sums.size(), key_);
    take(edges);
  }

  /// Steps that move no part of either.
  void settle_within(Partition const& rows, Partition const& columns) {
    std::vector<ShareEdge> edges = edges_of(rows, columns);
    settle_cycles(edges, rows.parts + columns.parts, key_);
    take(edges);
  }

  void fly(std::vector<Margin> const& margins) {
    std::vector<FlyingShare> flying;
    std::vector<std::size_t> cells;
    std::vector<double> sums;
    for (std::size_t cell = 0; cell < shares.size(); ++cell) {
      if (is_whole(shares[cell])) continue;
      flying.push_back({shares[cell], {}, names_[cell]});
      cells.push_back(cell);
    }
    for (Margin const& margin : margins) {
      auto const first = static_cast<std::uint32_t>(sums.size());
      sums.resize(sums.size() + margin.target.size());
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (margin.part_of[cells[i]] == no_part) continue;
        flying[i].sums.push_back(first + margin.part_of[cells[i]]);
        sums[flying[i].sums.back()] += flying[i].share;
      }
    }
    // A sum that is not whole gets what it lacks from nowhere.
    for (std::uint32_t sum = 0; sum < sums.size(); ++sum)
      if (double const lack = lack_of(sums[sum]); lack > 0) flying.push_back({lack, {sum}, mix64(sum)});
    fly_and_land(flying, landing_of(margins), key_);
    for (std::size_t i = 0; i < cells.size(); ++i) shares[cells[i]] = flying[i].share;
  }

  std::vector<double> shares;  ///< by cell

 private:
  [[nodiscard]] std::vector<ShareEdge> edges_of(Partition const& rows, Partition const& columns) const {
    std::vector<ShareEdge> edges;
    for (std::size_t cell = 0; cell < shares.size(); ++cell)
      edges.push_back({{rows.part_of[cell], rows.parts + columns.part_of[cell]}, shares[cell], names_[cell]});
    return edges;
  }
  void take(std::vector<ShareEdge> const& edges) {
    for (std::size_t cell = 0; cell < shares.size(); ++cell) shares[cell] = edges[cell].share;
  }
  /// The last margin goes first, of each the largest part.
  static std::vector<std::uint32_t> landing_of(std::vector<Margin> const& margins) {
    std::vector<std::uint32_t> order;
    for (Margin const& margin : margins) {
      auto const first = order.size();
      std::vector<std::uint32_t> parts(margin.target.size());
      std::iota(parts.begin(), parts.end(), 0U);
      std::ranges::stable_sort(parts, {}, [&](std::uint32_t part) { return margin.target[part]; });
      for (std::uint32_t const part : parts) order.push_back(static_cast<std::uint32_t>(first) + part);
    }
    std::ranges::reverse(order);
    return order;
  }

  std::vector<std::uint64_t> const& names_;
  RandomKey key_;
};

void settle_many(Leftovers& left, std::vector<Margin> const& margins) {
  auto const finest = std::ranges::max_element(margins, {}, [](Margin const& each) { return each.target.size(); });
  Partition others = one_part(left.shares.size());
  for (auto margin = margins.begin(); margin != margins.end(); ++margin)
    if (margin != finest) others = refined(others, partition_of(*margin));
  left.settle_within(partition_of(*finest), others);
  left.fly(margins);
}

}  // namespace

std::vector<std::int64_t> whole_people(std::vector<double> const& weights, std::vector<Margin> const& margins,
                                       RandomKey const& key, std::vector<std::uint64_t> const& names) {
  for (Margin const& margin : margins) UTVEI_EXPECT(margin.part_of.size() == weights.size());
  UTVEI_EXPECT(names.empty() || names.size() == weights.size());
  std::vector<std::uint64_t> places(names.empty() ? weights.size() : 0);
  std::iota(places.begin(), places.end(), std::uint64_t{0});
  Leftovers left{weights, names.empty() ? places : names, key};
  Partition const all = one_part(weights.size());
  if (margins.size() > 2) {
    settle_many(left, margins);
  } else {
    left.settle_two(margins.empty() ? all : partition_of(margins[0]),
                    margins.size() < 2 ? all : partition_of(margins[1]));
  }
  std::vector<std::int64_t> people(weights.size());
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    people[cell] = static_cast<std::int64_t>(std::floor(weights[cell])) + (left.shares[cell] > 0.5 ? 1 : 0);
  return people;
}

}  // namespace utvei
