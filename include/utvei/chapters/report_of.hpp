// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/findings.hpp>
#include <utvei/report/document.hpp>
#include <utvei/results/group_parts.hpp>
#include <utvei/results/result.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// What a report of results says beside them.
struct ReportRequest {
  bool is_inside{false};  ///< it stays where the register is: all numbers may be shown
  std::vector<CommandFinding> findings{};
  nlohmann::ordered_json map{};  ///< GeoJSON; null: none
  std::string map_key{};         ///< property that holds the code of a region
  std::string command{};         ///< that makes the report
  std::string language{"nb"};
  GroupParts parts{};  ///< of tables by group that the results do not hold; without: they hold all
};

/// Whether a report of these results needs the groups of a table whole: of others their sums by draw are enough.
bool must_hold_groups_for_report(Table const& table, std::vector<RunResult> const& results);

/// The report of results, the baseline first and at least one scenario after it. What was made of a register passes its
/// gate, unless the report stays inside. InputError says why they cannot be compared.
ReportDocument report_of(std::vector<RunResult> const& results, ReportRequest const& request);

}  // namespace utvei
