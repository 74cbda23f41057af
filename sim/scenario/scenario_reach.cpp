// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <fmt/format.h>

namespace utvei {

namespace {

void add_destinations(Destinations const& to, std::vector<StateId>& waiting) {
  for (Destinations::Row const& row : to.rows) {
    for (DestinationShare const& share : row.shares) {
      if (share.share > 0) waiting.push_back(share.to);
    }
  }
}

std::vector<StateId> ways_out(Model const& model, StateId from) {
  std::vector<StateId> next;
  for (Transition const& transition : model.transitions) {
    if (transition.from == from) next.push_back(transition.to);
  }
  State const& state = model.states[from];
  for (Limit const& limit : state.limits) add_destinations(limit.to, next);
  if (state.ends_at_age) add_destinations(state.ends_at_age->to, next);
  return next;
}

}  // namespace

void warn_of_unreachable_states(Model const& model, std::vector<StateId> const& starts, Diagnostics& diagnostics) {
  Column<StateId, char> reached(model.states.size(), 0);
  std::vector<StateId> waiting = starts;
  while (!waiting.empty()) {
    StateId const state = waiting.back();
    waiting.pop_back();
    if (reached[state] != 0) continue;
    reached[state] = 1;
    for (StateId const next : ways_out(model, state)) waiting.push_back(next);
  }
  for (StateId const state : ids_of(model.states)) {
    if (reached[state] != 0) continue;
    diagnostics.warning(model.states[state].place,
                        fmt::format("nobody in the scenario can reach state `{}`", model.states[state].name),
                        "no start of the scenario leads to it");
  }
}

}  // namespace utvei
