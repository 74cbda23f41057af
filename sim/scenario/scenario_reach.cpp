// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <utvei/scenario/measure_moves.hpp>

#include <fmt/format.h>

namespace utvei {

void warn_of_unreachable_states(Scenario const& scenario, std::vector<StateId> const& starts,
                                Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  std::vector<bool> const reached = reachable_with_measures(model, scenario.measures, starts);
  for (StateId const state : ids_of(model.states)) {
    if (reached[state.value()]) continue;
    diagnostics.warning(model.states[state].place,
                        fmt::format("nobody in the scenario can reach state `{}`", model.states[state].name),
                        "no state in which people start leads to it");
  }
}

}  // namespace utvei
