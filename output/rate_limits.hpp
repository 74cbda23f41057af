// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/model/rates.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

// The group `limits` of a rate file: where people go who come to a limit.

/// Nothing where no limit has an estimate.
void write_limits(hid_t root, Fit const& fit, Model const& model);

/// One limit as the file has it, by names.
struct NamedLimit {
  std::string state;
  std::int64_t after{0};             ///< minutes
  std::vector<std::string> to;       ///< `stay`: those who do not leave
  std::vector<std::string> regions;  ///< by row; "": everywhere
  std::vector<double> alpha;         ///< row by row, by place in `to`
};
/// In the order of the file; throws Hdf5Failure where numbers do not fit.
std::vector<NamedLimit> read_limits(hid_t root);

/// The estimates of limits that the model leaves to them. Diagnoses states and regions that the model lacks, at
/// `place`.
std::vector<LimitShares> limits_for(std::vector<NamedLimit> const& limits, Model const& model, Place const& place,
                                    Diagnostics& diagnostics);

}  // namespace utvei
