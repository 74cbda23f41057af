// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report.hpp"

#include <utvei/chapters/findings.hpp>
#include <utvei/results/group_parts.hpp>
#include <utvei/results/result.hpp>

#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// All that a report reads.
struct ReportFiles {
  std::vector<RunResult> results;  ///< the baseline first; of tables by group those that a report needs whole
  GroupParts parts;                ///< of the others
  std::vector<CommandFinding> findings;
  nlohmann::ordered_json map;  ///< null: none
};

/// Throws InputError with everything that is wrong.
ReportFiles read_report_files(ReportArguments const& arguments);

}  // namespace utvei
