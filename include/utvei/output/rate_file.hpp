// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/results/result.hpp>

#include <string>

namespace utvei {

/// Writes the rates of a fit as docs/formats/rate-file.md says (kind `cells`). Of the provenance, the version, hash,
/// command line, threads and inputs are kept; the class of the data is the fit's. Throws InputError (data) where the
/// file cannot be written; it appears under its name only when it is complete.
void save_rates(Fit const& fit, Model const& model, Provenance const& provenance, std::string const& path);

/// Reads a rate file for a model. Transitions that have a constant or a table of their own keep it: their rows are
/// passed over. States, regions, traits and levels that the model lacks are diagnosed, once each; so is a file that is
/// missing or not a rate file: at `request.from`, where a model names it.
Rates load_rates(std::string const& path, Model const& model, Request const& request, Diagnostics& diagnostics);

}  // namespace utvei
