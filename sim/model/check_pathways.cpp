// SPDX-License-Identifier: Apache-2.0
#include "pathway_graph.hpp"
#include "reading.hpp"

#include <fmt/format.h>

namespace utvei {

void check_pathways(Model const& model, Diagnostics& diagnostics) {
  PathwayGraph const graph = pathway_graph(model);
  for (StateId const id : ids_of(model.states)) {
    State const& state = model.states[id];
    bool const has_way_in = boost::in_degree(id.value(), graph) > 0;
    bool const has_way_out = boost::out_degree(id.value(), graph) > 0;
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
}

}  // namespace utvei
