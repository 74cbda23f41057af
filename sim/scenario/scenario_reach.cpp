// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <utvei/scenario/measure_moves.hpp>

#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {

void warn_of_unreachable_states(Scenario const& scenario, std::vector<StateId> const& starts,
                                Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  std::vector<bool> const reached = reachable_with_measures(model, scenario.measures, starts);
  std::vector<std::string> beyond;
  for (StateId const state : ids_of(model.states))
    if (!reached[state.value()]) beyond.push_back("`" + model.states[state].name + "`");
  if (beyond.empty()) return;
  // No warning: a model is of more people than those of one scenario.
  diagnostics.add({Severity::note,
                   Fault::file,
                   scenario.population.place,
                   fmt::format("nobody in the scenario begins in, or comes to, {}", fmt::join(beyond, ", ")),
                   "right where the scenario is about some of those whom the model is of; else a way in is missing",
                   {}});
}

}  // namespace utvei
