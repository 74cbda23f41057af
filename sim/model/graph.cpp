// SPDX-License-Identifier: Apache-2.0
#include "pathway_graph.hpp"

#include <utvei/model/graph.hpp>

#include <algorithm>

#include <boost/graph/breadth_first_search.hpp>

namespace utvei {
namespace {

void add_ways(StateId from, Destinations const& destinations, Way::Kind kind, std::size_t limit,
              std::vector<Way>& ways) {
  std::vector<StateId> seen;
  for (Destinations::Row const& row : destinations.rows) {
    if (row.stay >= 1) continue;
    for (DestinationShare const& share : row.shares) {
      if (share.share <= 0 || std::ranges::find(seen, share.to) != seen.end()) continue;
      seen.push_back(share.to);
      ways.push_back({from, share.to, kind, std::nullopt, limit});
    }
  }
}

}  // namespace

std::vector<Way> ways_of(Model const& model) {
  std::vector<Way> ways;
  for (TransitionId const id : ids_of(model.transitions)) {
    ways.push_back({model.transitions[id].from, model.transitions[id].to, Way::Kind::transition, id, 0});
  }
  for (StateId const from : ids_of(model.states)) {
    auto const& limits = model.states[from].limits;
    for (std::size_t i = 0; i < limits.size(); ++i) {
      add_ways(from, limits[i].to, Way::Kind::limit, i, ways);
    }
    auto const& entitlements = model.states[from].entitlements;
    for (std::size_t i = 0; i < entitlements.size(); ++i) {
      add_ways(from, entitlements[i].to, Way::Kind::limit, limits.size() + i, ways);
    }
  }
  for (StateId const from : ids_of(model.states)) {
    if (auto const& end = model.states[from].ends_at_age) add_ways(from, end->to, Way::Kind::age, 0, ways);
  }
  return ways;
}

Limit const& limit_of(Way const& way, State const& from) {
  return way.limit < from.limits.size() ? from.limits[way.limit] : from.entitlements[way.limit - from.limits.size()];
}

bool has_unknown_way_out(State const& state) {
  return std::ranges::any_of(state.limits, [](Limit const& limit) { return limit.estimated && limit.to.rows.empty(); });
}

std::vector<bool> reachable(Model const& model, std::vector<StateId> const& starts) {
  PathwayGraph const graph = pathway_graph(model);
  std::vector<boost::default_color_type> colour(model.states.size(), boost::white_color);
  auto const colours = boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
  boost::queue<PathwayGraph::vertex_descriptor> queue;
  for (StateId const start : starts) {
    if (colour[start.value()] == boost::white_color) {
      boost::breadth_first_visit(graph, start.value(), queue, boost::default_bfs_visitor{}, colours);
    }
  }
  std::vector<bool> reached(model.states.size());
  for (std::size_t i = 0; i < reached.size(); ++i) reached[i] = colour[i] != boost::white_color;
  bool may_go_anywhere = false;
  for (StateId const state : ids_of(model.states)) {
    may_go_anywhere = may_go_anywhere || (reached[state.value()] && has_unknown_way_out(model.states[state]));
  }
  if (may_go_anywhere) reached.assign(reached.size(), true);
  return reached;
}

}  // namespace utvei
