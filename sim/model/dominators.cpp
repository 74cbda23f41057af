// SPDX-License-Identifier: Apache-2.0
#include "pathway_graph.hpp"

#include <utvei/model/graph.hpp>

#include <algorithm>

#include <boost/graph/dominator_tree.hpp>

namespace utvei {

Dominators dominators(Model const& model, std::vector<StateId> const& starts) {
  PathwayGraph graph = pathway_graph(model);
  // Boost takes a predecessor that the root does not reach for the root itself.
  std::vector<bool> const reached = reachable(model, starts);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (!reached[i]) boost::clear_vertex(i, graph);
  }
  auto const root = boost::add_vertex(graph);
  for (StateId const start : starts) boost::add_edge(root, start.value(), graph);

  auto const none = boost::graph_traits<PathwayGraph>::null_vertex();
  std::vector<PathwayGraph::vertex_descriptor> parent(boost::num_vertices(graph), none);
  boost::lengauer_tarjan_dominator_tree(
      graph, root, boost::make_iterator_property_map(parent.begin(), boost::get(boost::vertex_index, graph)));

  Dominators passed(model.states.size());
  for (StateId const id : ids_of(model.states)) {
    if (parent[id.value()] == none) continue;
    std::vector<StateId> on_every_way;
    for (auto at = parent[id.value()]; at != root; at = parent[at]) on_every_way.emplace_back(at);
    std::ranges::reverse(on_every_way);
    passed[id] = std::move(on_every_way);
  }
  return passed;
}

std::vector<StateId> absorbing_states(Model const& model) {
  PathwayGraph const graph = pathway_graph(model);
  std::vector<StateId> absorbing;
  for (StateId const id : ids_of(model.states)) {
    if (boost::out_degree(id.value(), graph) == 0) absorbing.push_back(id);
  }
  return absorbing;
}

}  // namespace utvei
