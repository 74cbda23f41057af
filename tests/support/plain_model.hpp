// SPDX-License-Identifier: Apache-2.0
// A model of states and transitions alone: #include "support/plain_model.hpp".
#pragma once

#include <utvei/model/model.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace utvei::support {

/// Transitions are pairs of places in `states`.
inline Model plain_model(std::vector<std::string> const& states,
                         std::vector<std::pair<std::size_t, std::size_t>> const& transitions,
                         std::vector<Trait> const& traits = {}) {
  Model model;
  for (auto const& name : states) {
    State state;
    state.name = name;
    model.states.push_back(std::move(state));
  }
  for (auto const& [from, to] : transitions) {
    Transition transition;
    transition.name = states[from] + " -> " + states[to];
    transition.from = StateId{from};
    transition.to = StateId{to};
    model.transitions.push_back(std::move(transition));
  }
  for (auto const& trait : traits) model.traits.push_back(trait);
  return model;
}

}  // namespace utvei::support
