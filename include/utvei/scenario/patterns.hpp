// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/model/model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The transitions that `a -> b`, `* -> b`, `a -> *` or `* -> *` stands for, in the order of the model; diagnoses
/// states that are unknown and patterns that no transition matches.
std::vector<TransitionId> match_transitions(std::string_view pattern, Place const& place, Model const& model,
                                            Diagnostics& diagnostics);
/// A pattern or a list of them; each transition once, in the order of the model.
std::vector<TransitionId> read_transition_patterns(Value const& value, Model const& model, Diagnostics& diagnostics);

/// `a -> b, a -> c`
std::string names_of(std::vector<TransitionId> const& transitions, Model const& model, std::string_view between = ", ");

}  // namespace utvei
