// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/scenario/pathways.hpp>
#include <utvei/scenario/scenario.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// The parts of `pathways:`. What is wrong goes to the diagnostics.

/// What they are read with; the scenario has its model, start and end.
struct PathwayReading {
  Scenario const& scenario;
  Diagnostics& diagnostics;
};

std::vector<NamedPathway> read_ways(Value const& value, PathwayReading const& with);
SequenceRequest read_sequences(Value const& value, PathwayReading const& with);
std::vector<Incidence> read_incidence(Value const& value, PathwayReading const& with);
std::vector<Leaving> read_leaving(Value const& value, PathwayReading const& with);

/// Whether people have the ages and traits that pathways ask for.
void check_people_of_pathways(Scenario const& scenario, Population const& people, Diagnostics& diagnostics);

/// Whether the value is a map with names in it; `example` shows one.
bool is_map_of_names(Value const& value, std::string_view what, std::string_view example, Diagnostics& diagnostics);
/// So long people are followed, at most until the end of the run; `otherwise` is what is meant where it is left out.
Duration read_followed_time(Value const* value, Duration otherwise, PathwayReading const& with);
/// A label is for who reads results, which have the scenario's text: here it is only checked.
void check_label(Value const* value, std::string const& what, Diagnostics& diagnostics);

}  // namespace utvei
