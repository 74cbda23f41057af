// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/graph.hpp>
#include <utvei/scenario/measure_moves.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// By StateId: from where people come to the state of a measure.
std::vector<bool> states_before(Model const& model, Measure const& measure) {
  std::vector<bool> before = measure.who.people.states;
  if (before.empty()) before.assign(model.states.size(), true);
  for (StateId const state : ids_of(model.states))
    if (model.states[state].absorbing || state == *measure.state) before[state.value()] = false;
  return before;
}

/// By measure and StateId: where people were before the first of several measures that follow each other.
std::vector<std::vector<bool>> origins(Model const& model, std::vector<Measure> const& measures) {
  std::vector<std::vector<bool>> from(measures.size());
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].state) from[m] = states_before(model, measures[m]);
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (!measures[m].state) continue;
      std::vector<bool> const before = states_before(model, measures[m]);
      for (std::size_t first = 0; first < measures.size(); ++first) {
        if (first == m || !measures[first].state || !before[measures[first].state->value()]) continue;
        for (std::size_t s = 0; s < before.size(); ++s) {
          if (!from[first][s] || from[m][s]) continue;
          from[m][s] = true;
          grows = true;
        }
      }
    }
  }
  return from;
}

}  // namespace

std::vector<std::pair<StateId, StateId>> moves_of_measures(Model const& model, std::vector<Measure> const& measures) {
  std::vector<std::pair<StateId, StateId>> moves;
  auto const add = [&](StateId from, StateId to) {
    if (from != to && std::ranges::find(moves, std::pair{from, to}) == moves.end()) moves.emplace_back(from, to);
  };
  auto const from = origins(model, measures);
  for (std::size_t m = 0; m < measures.size(); ++m) {
    auto const& state = measures[m].state;
    auto const& then = measures[m].then;
    if (!state) continue;
    std::vector<bool> const before = states_before(model, measures[m]);
    for (StateId const s : ids_of(model.states))
      if (before[s.value()]) add(s, *state);
    for (StateId const s : ids_of(model.states))
      if (then.empty() && from[m][s.value()]) add(*state, s);
    for (DestinationShare const& way : then) add(*state, way.to);
  }
  return moves;
}

std::vector<bool> reachable_with_measures(Model const& model, std::vector<Measure> const& measures,
                                          std::vector<StateId> starts) {
  auto const moves = moves_of_measures(model, measures);
  for (;;) {
    std::vector<bool> reached = reachable(model, starts);
    std::size_t const before = starts.size();
    for (auto const& [from, to] : moves) {
      if (!reached[from.value()] || reached[to.value()]) continue;
      starts.push_back(to);
      reached[to.value()] = true;
    }
    if (starts.size() == before) return reached;
  }
}

}  // namespace utvei
