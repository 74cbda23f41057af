// SPDX-License-Identifier: Apache-2.0
#include "pathway_graph.hpp"
#include "reading.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The state whose age end sends people who come over `state`'s own: they leave it in the first minute.
std::vector<StateId> sent_on_at_once(Model const& model, StateId state) {
  std::vector<StateId> found;
  auto const& end = model.states[state].ends_at_age;
  if (!end) return found;
  for (auto const& row : end->to.rows)
    for (DestinationShare const& share : row.shares)
      if (auto const& next = model.states[share.to].ends_at_age; next && next->age <= end->age)
        found.push_back(share.to);
  return found;
}

bool comes_back(Model const& model, StateId home, StateId at, std::vector<bool>& seen) {
  for (StateId const next : sent_on_at_once(model, at)) {
    if (next == home) return true;
    if (seen[next.value()]) continue;
    seen[next.value()] = true;
    if (comes_back(model, home, next, seen)) return true;
  }
  return false;
}

void check_age_ends(Model const& model, Diagnostics& diagnostics) {
  for (StateId const id : ids_of(model.states)) {
    std::vector<bool> seen(model.states.size());
    if (!comes_back(model, id, id, seen)) continue;
    State const& state = model.states[id];
    diagnostics.error(state.ends_at_age->place,
                      fmt::format("the age at which `{}` ends sends people round in a circle", state.name),
                      "who is over the age of the state that they come to leaves it in the first minute",
                      "send them to a state that does not end at this age");
  }
}

}  // namespace

void check_pathways(Model const& model, Diagnostics& diagnostics) {
  PathwayGraph const graph = pathway_graph(model);
  auto const unknown_ways = std::ranges::count_if(model.states, has_unknown_way_out);
  for (StateId const id : ids_of(model.states)) {
    State const& state = model.states[id];
    bool const leads_somewhere = has_unknown_way_out(state);
    bool const has_way_in = boost::in_degree(id.value(), graph) > 0 || unknown_ways > (leads_somewhere ? 1 : 0);
    bool const has_way_out = boost::out_degree(id.value(), graph) > 0 || leads_somewhere;
    if (!has_way_in && !has_way_out) {
      diagnostics.error(state.place, fmt::format("state `{}` has neither a way in nor a way out", state.name),
                        "no transition, limit or age leads to it or from it", "add a transition, or remove the state");
    } else if (!has_way_out && !state.absorbing) {
      diagnostics.error(state.place, fmt::format("state `{}` has no way out", state.name),
                        "who comes there stays for ever",
                        fmt::format("add a way out, or say so: {}: {{absorbing: true}}", state.name));
    } else if (has_way_out && state.absorbing) {
      diagnostics.error(state.place, fmt::format("state `{}` is absorbing but has a way out", state.name),
                        "nobody leaves an absorbing state", "remove `absorbing: true`, or the ways out");
    }
  }
  check_age_ends(model, diagnostics);
}

}  // namespace utvei
