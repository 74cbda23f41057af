// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/graph.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Sets of two or more states of which each leads to each other, in the order of states: strongly connected components
/// (Tarjan 1972).
std::vector<std::vector<StateId>> loop_sets(Model const& model);

/// Steps that lead back to where they began, through no other state twice.
struct Loop {
  std::vector<StateId> states;  ///< the first is the first of the model, and is not repeated at the end
  double probability{0};        ///< that somebody who enters one of them takes these steps next
  std::optional<double> years;  ///< mean time once round, of those who do
};
/// The `most` likeliest loops, likeliest first.
std::vector<Loop> likely_loops(JumpChain const& chain, std::size_t most);

/// Of those who enter a state.
struct Return {
  double comes_back{0};           ///< the probability of being in it again some time
  std::optional<double> returns;  ///< expected number; none: for ever
};
std::vector<Return> returns_to(JumpChain const& chain);

}  // namespace utvei
