// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>
#include <utvei/run/prepare.hpp>

#include <memory>
#include <string>
#include <vector>

namespace utvei {

/// A calibration with its scenario, which is null where something is wrong with it.
struct PreparedCalibration {
  std::unique_ptr<Prepared> run;
  Calibration calibration;
};

/// Which scenario: the one to be calibrated, or the one that takes the calibrated rates, where the file names one.
enum class CalibrationStage { before, after };

/// Reads both, and diagnoses all that is wrong with either. Overrides act on the calibration file.
PreparedCalibration prepare_calibration(std::string const& path, std::vector<Override> const& overrides,
                                        CalibrationStage stage, std::size_t threads, Diagnostics& diagnostics);

/// Every file that it reads.
std::vector<std::string> files_of(PreparedCalibration const& prepared);

}  // namespace utvei
