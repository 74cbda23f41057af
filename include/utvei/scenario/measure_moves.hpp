// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/scenario/measure.hpp>

#include <utility>
#include <vector>

namespace utvei {

/// Pairs of states between which measures that are states may take people, each once: into them, and out of them when
/// they are over.
std::vector<std::pair<StateId, StateId>> moves_of_measures(Model const& model, std::vector<Measure> const& measures);

/// By state: whether the ways of the model and those of measures lead there from one of `starts`.
std::vector<bool> reachable_with_measures(Model const& model, std::vector<Measure> const& measures,
                                          std::vector<StateId> starts);

}  // namespace utvei
