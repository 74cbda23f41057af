// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/graph.hpp>

#include <boost/graph/adjacency_list.hpp>

namespace utvei {

/// States as vertices (by StateId), and one edge for each pair of states that some way joins.
using PathwayGraph = boost::adjacency_list<boost::setS, boost::vecS, boost::bidirectionalS>;

inline PathwayGraph pathway_graph(Model const& model) {
  PathwayGraph graph{model.states.size()};
  for (Way const& way : ways_of(model)) boost::add_edge(way.from.value(), way.to.value(), graph);
  return graph;
}

}  // namespace utvei
