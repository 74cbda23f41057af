// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/names.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// The parts of a model file. Each fills its part of the model; names of states, traits and regions come first, since
// what follows refers to them.

void read_state_names(Value const& states, Model& model, Diagnostics& diagnostics);
void read_traits(Value const& traits, Model& model, Diagnostics& diagnostics);
void read_state_contents(Value const& states, Model& model, Diagnostics& diagnostics);
/// Clocks that count the time in some states, or with some levels; states and traits have their names already.
void read_clocks(Value const& value, Model& model, Diagnostics& diagnostics);
/// The key `limit` of a state: a limit or a list of them, into its limits or, with other clocks or dates, entitlements.
void read_limits(Value const& value, StateId id, Model& model, Diagnostics& diagnostics);
/// The key `limits` of the model: each holds in all states in which its clock counts.
void read_limits_of_clocks(Value const& value, Model& model, Diagnostics& diagnostics);
/// Whether it is of a clock that is not the time in state, of some dates only, or only sets traits.
bool is_entitlement(Limit const& limit);
/// The key `ends_at_age` of a state.
void read_age_end(Value const& value, StateId id, Model& model, Diagnostics& diagnostics);
void read_transitions(Value const& transitions, Model& model, Diagnostics& diagnostics);

std::optional<StateId> read_state_reference(Value const& value, std::string_view what, Model const& model,
                                            Diagnostics& diagnostics);

/// A map of traits and the level that each takes: `sets: {education: upper_secondary}`. `what` names who sets it.
std::vector<TraitSetting> read_settings(Value const& value, std::string const& what, Model const& model,
                                        Diagnostics& diagnostics);
/// The changes that time brings to a trait, which has its levels already.
void read_trait_changes(Value const& changes, TraitId trait, Model& model, Diagnostics& diagnostics);
/// A number is in years; anything else carries its unit. Diagnoses what is no age of a person.
Duration read_age_in_years(Value const& value, Diagnostics& diagnostics);
/// A level of a trait, as a key says it.
std::optional<std::uint32_t> read_level_reference(Value const& value, std::string_view what, Trait const& trait,
                                                  Diagnostics& diagnostics);

/// What a way takes its intensity from.
struct WayRate {
  std::optional<double> rate_per_year;
  std::optional<std::string> table;
  Place table_place;
};
/// The keys `rate_per_year` and `rates`, of which at most one may stand. `what`: "a transition".
WayRate read_rate_source(MapReader& reader, std::string_view what, Diagnostics& diagnostics);

/// Whether a table of destinations may have lines `stay`.
enum class WhoStays { nobody, may_be_said };

/// A map of states and shares, or the path of a table `to;share` by region and traits. `what`: "limit of `aap`".
Destinations read_destinations(Value const& to, StateId origin, std::string const& what, WhoStays who_stays,
                               Model& model, Diagnostics& diagnostics);

/// The key `definitions`: named outcomes.
void read_definitions(Value const& value, Model& model, Diagnostics& diagnostics);
/// The key `questions`: what the model is asked, and needs to have for it.
void read_questions(Value const& value, Model& model, Diagnostics& diagnostics);

/// Gives every transition, limit and age its stream; two names of one stream are an error.
void assign_streams(Model& model, Diagnostics& diagnostics);

/// Limits that no clock comes to, and clocks that count with levels which nobody takes.
void check_clocks(Model const& model, Diagnostics& diagnostics);

/// States without a way in and out, dead ends that are not declared absorbing, absorbing states with a way out.
void check_pathways(Model const& model, Diagnostics& diagnostics);

}  // namespace utvei
