// SPDX-License-Identifier: Apache-2.0
#include "cycles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace utvei {
namespace {

class Walk {
 public:
  Walk(std::vector<ShareEdge>& edges, std::size_t nodes, RandomKey const& key)
      : edges_{edges},
        key_{key},
        edges_of_(nodes),
        place_(nodes, nowhere),
        is_passed_(edges.size()),
        moves_(edges.size()) {
    for (std::size_t edge = 0; edge < edges.size(); ++edge)
      if (!is_whole(edges[edge].share))
        for (std::size_t const end : edges[edge].ends) edges_of_[end].push_back(edge);
  }

  void settle() {
    for (std::size_t node = 0; node < edges_of_.size(); ++node) walk_from(node);
  }

 private:
  [[nodiscard]] std::size_t across(std::size_t edge, std::size_t node) const {
    return edges_[edge].ends[0] == node ? edges_[edge].ends[1] : edges_[edge].ends[0];
  }

  /// An edge of the node that may lie on a cycle, other than the one by which it was reached.
  std::optional<std::size_t> open_edge(std::size_t node, std::optional<std::size_t> but) {
    auto& edges = edges_of_[node];
    std::erase_if(edges, [&](std::size_t edge) { return is_passed_[edge] || is_whole(edges_[edge].share); });
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
        // The way ends here: the last edge is on no cycle.
        is_passed_[path.back()] = true;
        step_back(nodes, path, nodes.size() - 2);
        continue;
      }
      std::size_t const next = across(*edge, nodes.back());
      path.push_back(*edge);
      if (place_[next] == nowhere) {
        place_[next] = nodes.size();
        nodes.push_back(next);
        continue;
      }
      std::size_t const first = place_[next];
      move({path.begin() + static_cast<std::ptrdiff_t>(first), path.end()});
      path.pop_back();
      step_back(nodes, path, first);
    }
  }

  void step_back(std::vector<std::size_t>& nodes, std::vector<std::size_t>& path, std::size_t last) {
    for (; nodes.size() > last + 1; nodes.pop_back()) place_[nodes.back()] = nowhere;
    path.resize(last);
  }

  /// Until one edge is whole; the chances of both directions keep the expectation.
  void move(std::vector<std::size_t> const& cycle) {
    double up = 1;
    double down = 1;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      double const share = edges_[cycle[i]].share;
      up = std::min(up, i % 2 == 0 ? 1 - share : share);
      down = std::min(down, i % 2 == 0 ? share : 1 - share);
    }
    bool const goes_up = luck_of(*std::ranges::min_element(cycle)) * (up + down) < down;
    double const by = goes_up ? up : -down;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      double& share = edges_[cycle[i]].share;
      share += i % 2 == 0 ? by : -by;
      if (is_whole(share)) share = std::round(share);
    }
  }

  double luck_of(std::size_t edge) { return uniform(key_, PersonKey{edges_[edge].name}, stream_, moves_[edge]++); }

  static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  std::vector<ShareEdge>& edges_;
  RandomKey key_;
  StreamId stream_{stream_of("populate:cycles")};
  std::vector<std::vector<std::size_t>> edges_of_;
  std::vector<std::size_t> place_;    ///< of each node on the path of a walk
  std::vector<bool> is_passed_;       ///< by edge: it is on no cycle
  std::vector<std::uint32_t> moves_;  ///< by edge: cycles that were moved by its luck
};

}  // namespace

void settle_cycles(std::vector<ShareEdge>& edges, std::size_t nodes, RandomKey const& key) {
  Walk{edges, nodes, key}.settle();
}

}  // namespace utvei
