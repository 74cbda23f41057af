// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/population.hpp>

#include <vector>

namespace utvei {

/// Reads a CSV of people. The key of a person is mix64(h + copy), h = mix64(FNV-1a 64 of the text in the column
/// `person`), copy = 0 for the first of `count`; without that column mix64 of the person's number from 1, as for
/// shares.
Population read_population_file(PopulationSpec const& spec, Model const& model, Instant start,
                                Diagnostics& diagnostics);

// A look into the file that diagnoses nothing.
std::vector<StateId> start_states_of_file(PopulationSpec const& spec, Model const& model);
bool file_gives_region(PopulationSpec const& spec);

}  // namespace utvei
