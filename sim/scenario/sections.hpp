// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream_names.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

// The sections of a scenario file, each read into its part of the scenario. What is wrong goes to the diagnostics.

/// stock_dates, age_groups, breakdowns, groups and life_courses: what a run keeps. Needs the model and the population.
void read_tallies(MapReader& reader, Scenario& scenario, Diagnostics& diagnostics);

/// `precision:`; `draws` are those of the scenario.
std::optional<Precision> read_precision(Value const& value, std::uint32_t draws, Model const& model,
                                        Diagnostics& diagnostics);

/// `changes:`; needs the model, start and end.
std::vector<Change> read_changes(Value const& value, Scenario const& scenario, StreamNames& names,
                                 Diagnostics& diagnostics);

/// What a scenario says of services; nullptr: nothing.
struct ServiceSections {
  Value const* measures{nullptr};
  Value const* resources{nullptr};
  Value const* needs{nullptr};
  Value const* coordination{nullptr};
};
/// Measures, needs, and what they share, into the scenario; needs the model, start and end. Tables of places are among
/// its inputs then.
void read_services(ServiceSections const& sections, Scenario& scenario, StreamNames& names, Diagnostics& diagnostics);

/// What a scenario says of outcomes that are not states; nullptr: nothing.
struct OutcomeSections {
  Value const* scores{nullptr};
  Value const* waves{nullptr};
  Value const* events{nullptr};
};
/// Scores, the waves in which they are measured, and events of people's histories, into the scenario; needs the model,
/// start and end, and the measures.
void read_outcomes(OutcomeSections const& sections, Scenario& scenario, StreamNames& names, Diagnostics& diagnostics);

/// Warns of each state that nobody can come to from the states in which people start.
void warn_of_unreachable_states(Scenario const& scenario, std::vector<StateId> const& starts, Diagnostics& diagnostics);

}  // namespace utvei
