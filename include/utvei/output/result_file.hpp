// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <optional>
#include <string>

namespace utvei {

/// Writes a result as docs/formats/result.md says: HDF5 that opens as netCDF-4. The file appears under its name only
/// when it is complete, and can be read by its owner alone if it holds life courses made from a register. Throws
/// InputError (data) where it cannot be written.
void save_result(RunResult const& result, std::string const& path);

/// Reads back all of it. Throws InputError (data) for files that are missing, not HDF5, cut short, of another kind,
/// made by a newer version, or lack what a result needs.
RunResult load_result(std::string const& path);

/// What it says of its run, without its tables; none if the file is no result.
std::optional<Provenance> provenance_in(std::string const& path);

}  // namespace utvei
