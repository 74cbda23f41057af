// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/population/whole_people.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace utvei {
namespace {

/// Below it, what is left of a weight is rounding.
constexpr double rounding = 1e-7;

bool is_whole(double share) {
  return share < rounding || share > 1 - rounding;
}

/// What is left of the weights, as edges between the row and the column of their cell. A further row and a further
/// column take what the sums lack to be whole, so that no node has just one edge, and there is always a cycle.
class Leftovers {
 public:
  Leftovers(std::vector<double> const& weights, Margin const& rows, Margin const& columns, RandomKey const& key)
      : key_{key},
        rows_{rows.target.size() + 1},
        edges_of_(rows_ + columns.target.size() + 1),
        place_(edges_of_.size(), nowhere) {
    std::vector<double> sums(edges_of_.size());
    for (std::size_t cell = 0; cell < weights.size(); ++cell) {
      double const left = weights[cell] - std::floor(weights[cell]);
      add(rows.part_of[cell], rows_ + columns.part_of[cell], left, sums);
    }
    std::size_t const more_rows = rows_ - 1;
    std::size_t const more_columns = edges_of_.size() - 1;
    for (std::size_t row = 0; row < more_rows; ++row) add(row, more_columns, lacking(sums[row]), sums);
    for (std::size_t column = rows_; column < more_columns; ++column)
      add(more_rows, column, lacking(sums[column]), sums);
    add(more_rows, more_columns, lacking(sums[more_columns]), sums);
  }

  /// Of each edge, in the order of cells: the person it became, or none.
  std::vector<std::int64_t> settle() {
    for (std::size_t node = 0; node < edges_of_.size(); ++node) walk_from(node);
    std::vector<std::int64_t> persons(edges_.size());
    std::ranges::transform(edges_, persons.begin(), [](Edge const& edge) { return edge.share > 0.5 ? 1 : 0; });
    return persons;
  }

 private:
  struct Edge {
    std::array<std::size_t, 2> ends;
    double share;
    [[nodiscard]] std::size_t from(std::size_t node) const { return ends[0] == node ? ends[1] : ends[0]; }
  };
  static double lacking(double sum) { return std::ceil(sum - rounding) - sum; }

  void add(std::size_t row, std::size_t column, double share, std::vector<double>& sums) {
    if (!is_whole(share)) {
      edges_of_[row].push_back(edges_.size());
      edges_of_[column].push_back(edges_.size());
    }
    edges_.push_back({{row, column}, share});
    sums[row] += share;
    sums[column] += share;
  }

  /// An edge of the node that is still open, other than the one by which it was reached.
  std::optional<std::size_t> open_edge(std::size_t node, std::optional<std::size_t> but) {
    auto& edges = edges_of_[node];
    std::erase_if(edges, [&](std::size_t edge) { return is_whole(edges_[edge].share); });
    auto const found = std::ranges::find_if(edges, [&](std::size_t edge) { return edge != but; });
    return found == edges.end() ? std::nullopt : std::optional{*found};
  }

  void walk_from(std::size_t start) {
    std::vector<std::size_t> nodes{start};
    std::vector<std::size_t> path;  // edge i leads from node i to node i + 1
    place_[start] = 0;
    for (;;) {
      auto const edge = open_edge(nodes.back(), path.empty() ? std::nullopt : std::optional{path.back()});
      if (!edge) {
        if (path.empty()) {
          place_[start] = nowhere;
          return;
        }
        // A last edge alone: only rounding is left of it.
        edges_[path.back()].share = std::round(edges_[path.back()].share);
        step_back(nodes, path, nodes.size() - 2);
        continue;
      }
      std::size_t const next = edges_[*edge].from(nodes.back());
      path.push_back(*edge);
      if (place_[next] == nowhere) {
        place_[next] = nodes.size();
        nodes.push_back(next);
        continue;
      }
      std::size_t const first = place_[next];
      shift({path.begin() + static_cast<std::ptrdiff_t>(first), path.end()});
      path.pop_back();
      step_back(nodes, path, first);
    }
  }

  void step_back(std::vector<std::size_t>& nodes, std::vector<std::size_t>& path, std::size_t last) {
    for (; nodes.size() > last + 1; nodes.pop_back()) place_[nodes.back()] = nowhere;
    path.resize(last);
  }

  /// Moves share from every second edge of a cycle to the others until one is whole; the chances of both directions
  /// keep the expectation.
  void shift(std::vector<std::size_t> const& cycle) {
    double up = 1;
    double down = 1;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      double const share = edges_[cycle[i]].share;
      up = std::min(up, i % 2 == 0 ? 1 - share : share);
      down = std::min(down, i % 2 == 0 ? share : 1 - share);
    }
    bool const goes_up = uniform(key_, PersonKey{shifts_++}, stream_, 0) * (up + down) < down;
    double const by = goes_up ? up : -down;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      double& share = edges_[cycle[i]].share;
      share += i % 2 == 0 ? by : -by;
      if (is_whole(share)) share = std::round(share);
    }
  }

  static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  RandomKey key_;
  StreamId stream_{stream_of("populate:whole people")};
  std::size_t rows_;
  std::vector<Edge> edges_;  ///< one a cell, then those of the further row and column
  std::vector<std::vector<std::size_t>> edges_of_;
  std::vector<std::size_t> place_;  ///< of each node on the path of a walk
  std::uint64_t shifts_{0};
};

}  // namespace

std::vector<std::int64_t> whole_people(std::vector<double> const& weights, Margin const& rows, Margin const& columns,
                                       RandomKey const& key) {
  UTVEI_EXPECT(rows.part_of.size() == weights.size() && columns.part_of.size() == weights.size());
  auto const persons = Leftovers{weights, rows, columns, key}.settle();
  std::vector<std::int64_t> people(weights.size());
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    people[cell] = static_cast<std::int64_t>(std::floor(weights[cell])) + persons[cell];
  return people;
}

}  // namespace utvei
