// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report.hpp"

#include <utvei/chapters/findings.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/results/result.hpp>

#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// All that a report reads.
struct ReportFiles {
  std::vector<RunResult> results;  ///< the baseline first
  std::vector<CommandFinding> findings;
  nlohmann::ordered_json map;  ///< null: none
};

/// Throws InputError with everything that is wrong.
ReportFiles read_report_files(ReportArguments const& arguments);

/// The regions of the model that a result is of, if it lies where it lay and is as it was: a result does not hold what
/// lies above a region.
std::optional<Regions> regions_behind(RunResult const& result);

}  // namespace utvei
