// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/value.hpp>
#include <utvei/population/households.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>

#include <memory>
#include <string>

namespace utvei {

/// Writes people as docs/formats/populate.md says, readable by their owner alone if they are of a register. Of
/// the provenance, the version, hash, command line, threads, seed and inputs are kept. Throws InputError (data) where
/// the file cannot be written; it appears under its name only when it is complete.
void save_population(SavedPopulation const& saved, Households const& households, Model const& model,
                     Provenance const& provenance, std::string const& path);

/// Reads a file of people for a model. States, regions, traits and levels of its people that the model lacks are
/// diagnosed, and so is a file that is missing or not of people: at `request.from`, where a scenario names it. nullptr
/// then.
std::shared_ptr<SavedPopulation const> load_population(std::string const& path, Model const& model,
                                                       Request const& request, Diagnostics& diagnostics);

}  // namespace utvei
