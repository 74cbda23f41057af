// SPDX-License-Identifier: Apache-2.0
// A loop is a step and a pathway back. Of each step the likeliest ways back are found; every loop that is among the
// likeliest of all is among those of each of its steps.
#include "pathway_graph.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/model/loops.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include <boost/graph/strong_components.hpp>

namespace utvei {
namespace {

/// The same loop, from its first state on.
std::vector<StateId> from_its_first(std::vector<StateId> states) {
  std::ranges::rotate(states, std::ranges::min_element(states));
  return states;
}

}  // namespace

std::vector<std::vector<StateId>> loop_sets(Model const& model) {
  PathwayGraph const graph = pathway_graph(model);
  std::vector<std::size_t> component(boost::num_vertices(graph));
  std::size_t const count = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<StateId>> sets(count);
  for (StateId const id : ids_of(model.states)) sets[component[id.value()]].push_back(id);
  std::erase_if(sets, [](auto const& set) { return set.size() < 2; });
  std::ranges::sort(sets);
  return sets;
}

std::vector<Loop> likely_loops(JumpChain const& chain, std::size_t most) {
  UTVEI_EXPECT(chain.missing.empty());
  std::map<std::vector<StateId>, Loop> found;
  for (StateId const id : ids_of(chain.jumps)) {
    for (Jump const& jump : chain.jumps[id]) {
      if (jump.probability <= 0) continue;
      if (jump.to == id) {
        found.try_emplace({id}, Loop{{id}, jump.probability, jump.years});
        continue;
      }
      for (Pathway const& back : likely_pathways(chain, jump.to, id, most)) {
        std::vector<StateId> const states = from_its_first(back.states);
        auto const years = jump.years && back.years ? std::optional{*jump.years + *back.years} : std::nullopt;
        found.try_emplace(states, Loop{states, jump.probability * back.probability, years});
      }
    }
  }
  std::vector<Loop> loops;
  for (auto& [states, loop] : found) loops.push_back(std::move(loop));
  std::ranges::stable_sort(loops, std::greater{}, &Loop::probability);
  if (loops.size() > most) loops.resize(most);
  return loops;
}

std::vector<Return> returns_to(JumpChain const& chain) {
  constexpr double surely = 1 - 1e-12;
  std::vector<Return> returns;
  for (StateId const id : ids_of(chain.jumps)) {
    Return& back = returns.emplace_back();
    for (Jump const& jump : chain.jumps[id])
      back.comes_back += jump.probability * probability_of_reaching(chain, jump.to, id);
    if (back.comes_back < surely) back.returns = back.comes_back / (1 - back.comes_back);
  }
  return returns;
}

}  // namespace utvei
