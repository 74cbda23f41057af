// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/model/model.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace utvei {

// The parts of a model file. Each fills its part of the model; names of states, traits and regions come first, since
// what follows refers to them.

/// Letters, digits, `_` and `-`; not empty. Diagnoses other names; `what` is "state" or "trait".
bool check_name(std::string_view name, std::string_view what, Place const& place, Diagnostics& diagnostics);

void read_state_names(Value const& states, Model& model, Diagnostics& diagnostics);
void read_traits(Value const& traits, Model& model, Diagnostics& diagnostics);
void read_state_contents(Value const& states, Model& model, Diagnostics& diagnostics);
void read_transitions(Value const& transitions, Model& model, Diagnostics& diagnostics);

std::optional<StateId> read_state_reference(Value const& value, std::string_view what, Model const& model,
                                            Diagnostics& diagnostics);

/// Whether a table of destinations may have lines `stay`.
enum class WhoStays { nobody, may_be_said };

/// A map of states and shares, or the path of a table `to;share` by region and traits. `what`: "limit of `aap`".
Destinations read_destinations(Value const& to, StateId origin, std::string const& what, WhoStays who_stays,
                               Model& model, Diagnostics& diagnostics);

/// Gives every transition, limit and age its stream; two names of one stream are an error.
void assign_streams(Model& model, Diagnostics& diagnostics);

/// States without a way in and out, dead ends that are not declared absorbing, absorbing states with a way out.
void check_pathways(Model const& model, Diagnostics& diagnostics);

}  // namespace utvei
