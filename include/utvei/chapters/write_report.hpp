// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/decision_uncertainty.hpp>
#include <utvei/chapters/findings.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/report/document.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/result.hpp>
#include <utvei/results/result_gate.hpp>

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// What a report is made of. All of it must outlive the writing.
struct ReportMaterial {
  std::vector<RunResult> const& results;  ///< the baseline first, then at least one scenario
  Comparison const& comparison;           ///< of them, as it may be shown
  std::size_t held_back{0};               ///< rows of the comparison that stay inside
  ResultGate const* gate{nullptr};        ///< that numbers of a register pass; none: all may be shown
  Regions const* regions{nullptr};        ///< of the model; none: it is not known
  std::vector<CommandFinding> findings{};
  nlohmann::ordered_json map{};  ///< GeoJSON; null: none
  std::string map_key{};         ///< property that holds the code of a region
  std::string command{};         ///< that makes the report
  std::string language{"nb"};
};

/// The report: all parts that the material holds, and in its last part what is missing and how to get it.
ReportDocument write_report(ReportMaterial const& material);

}  // namespace utvei
