// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/results/result.hpp>

#include <iosfwd>
#include <string>

namespace utvei {

/// Writes the rates of a fit as docs/formats/rate-file.md says (kind `cells`). Of the provenance, the version, hash,
/// command line, threads and inputs are kept; the class of the data is the fit's. Throws InputError (data) where the
/// file cannot be written; it appears under its name only when it is complete.
void save_rates(Fit const& fit, Model const& model, Provenance const& provenance, std::string const& path);

/// Writes the model's rate file, or one without rates where it has none, with the offsets of a calibration behind those
/// that it has already. Rates of the model's own tables are not in it: the offsets act on them all the same.
void save_calibrated_rates(FrozenOffsets const& frozen, Model const& model, Provenance const& provenance,
                           std::string const& path);

/// Reads a rate file for a model. Transitions that have a constant or a table of their own keep it: their rows are
/// passed over. States, regions, traits and levels that the model lacks are diagnosed, once each; so is a file that is
/// missing or not a rate file: at `request.from`, where a model names it.
Rates load_rates(std::string const& path, Model const& model, Request const& request, Diagnostics& diagnostics);

/// Whether the file says that it is one.
bool is_rate_file(std::string const& path);

/// What must be known before its rates are given away.
struct RateFileContent {
  std::string data_class;
  bool has_models{false};  ///< its rows are cells of models, whose errors belong together
};
RateFileContent rate_file_content(std::string const& path);

/// The rows of a rate file as a rate table that models read: from;to;rate_per_year, region, traits and bands where some
/// row has them, log_se, se, low_95 and high_95. Throws InputError (data) if it is no rate file.
void write_rates_csv(std::string const& path, std::ostream& out);

/// The mean shares at a limit, as a table that `to:` of a limit takes: region (if some row has one), to, share,
/// data_class. `limit`: `STATE`, or `STATE:N` for the Nth limit of the state. Throws InputError (data) if it is no rate
/// file, (usage) if the file has no such limit.
void write_limit_csv(std::string const& path, std::string const& limit, std::ostream& out);

}  // namespace utvei
