// SPDX-License-Identifier: Apache-2.0
#include <utvei/chapters/report_of.hpp>
#include <utvei/chapters/shown_comparison.hpp>
#include <utvei/chapters/write_report.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/model/model.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Scenarios are ranked by the outcome that the first screen is about.
CompareOptions report_options(RunResult const& baseline) {
  CompareOptions options;
  for (char const* const group : {"outside", "work"}) {
    if (std::ranges::find(baseline.states, group, &StateInfo::group) == baseline.states.end()) continue;
    options.rank.push_back(read_outcome(fmt::format("person_years,state={}", group), "--rank"));
    break;
  }
  return options;
}

/// The regions of the model that a result is of, if it lies where it lay and is as it was: a result does not hold what
/// lies above a region.
std::optional<Regions> regions_behind(RunResult const& result) {
  Provenance const& provenance = result.provenance;
  auto const as_it_was = [&](std::string const& path) {
    auto const found = std::ranges::find(provenance.inputs, path, &InputFile::path);
    return found != provenance.inputs.end() && sha256_of_file(path) == found->sha256;
  };
  if (provenance.model.empty() || !as_it_was(provenance.model)) return std::nullopt;
  Diagnostics unheard;
  Model model = read_model(provenance.model, {}, {}, unheard);
  bool const is_same = !unheard.has_errors() && std::ranges::all_of(model.inputs, as_it_was);
  if (!is_same || model.regions.empty()) return std::nullopt;
  return std::move(model.regions);
}

}  // namespace

// The uncertainty of a choice is of the outcome that scenarios are ranked by, or of money, whose groups are held
// anyway.
bool must_hold_groups_for_report(Table const& table, std::vector<RunResult> const& results) {
  return must_hold_groups(table, results, report_options(results.front()));
}

ReportDocument report_of(std::vector<RunResult> const& results, ReportRequest const& request) {
  std::vector<RunResult const*> scenarios, all;
  for (RunResult const& result : results) {
    all.push_back(&result);
    if (all.size() > 1) scenarios.push_back(&result);
  }
  CompareOptions const options = report_options(results.front());
  Comparison comparison = request.parts.scenarios.empty() ? compare(results.front(), scenarios, options)
                                                          : compare(results.front(), scenarios, options, request.parts);
  bool const is_open = comparison.data_class != "register" || request.is_inside;
  std::optional<ResultGate> gate;
  if (!is_open) gate.emplace(all);
  std::size_t const held_back = gate ? leave_inside(comparison, results, *gate) : 0;
  auto const regions = regions_behind(results.front());
  ReportMaterial material{results, comparison};
  material.held_back = held_back;
  material.gate = gate ? &*gate : nullptr;
  material.regions = regions ? &*regions : nullptr;
  material.findings = request.findings;
  material.map = request.map;
  material.map_key = request.map_key;
  material.command = request.command;
  material.language = request.language;
  return write_report(material);
}

}  // namespace utvei
