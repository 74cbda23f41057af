// SPDX-License-Identifier: Apache-2.0
#include "report_files.hpp"

#include <utvei/chapters/report_of.hpp>
#include <utvei/core/read_source.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/output/result_parts.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

Place place_of_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

/// Names must tell results apart.
void check_names(std::vector<RunResult> const& results, ReportArguments const& arguments, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::string const& name = results[i].provenance.scenario_name;
    if (std::ranges::find(names, name) != names.end())
      diagnostics.add({Severity::error, Fault::usage, place_of_file(arguments.results[i]),
                       fmt::format("a second result of a scenario `{}`", name),
                       "a report tells scenarios by their names", "run it with --set name=…, or leave it out"});
    names.push_back(name);
  }
}

/// Files in the order of the report.
void put_baseline_first(ReportFiles& files, std::vector<std::string>& paths, std::string const& baseline) {
  if (baseline.empty()) return;
  std::vector<std::string> names;
  for (RunResult const& result : files.results) names.push_back(result.provenance.scenario_name);
  auto const found = std::ranges::find(names, baseline);
  if (found == names.end())
    throw InputError{Fault::usage, Place{}, fmt::format("--baseline: none of the results is of `{}`", baseline), "",
                     did_you_mean(baseline, names)};
  auto const place = found - names.begin();
  std::rotate(files.results.begin(), files.results.begin() + place, files.results.begin() + place + 1);
  std::rotate(paths.begin(), paths.begin() + place, paths.begin() + place + 1);
}

/// What the report needs beside sums: groups of some tables, and lives of the baseline. Most of a large result stays in
/// its file.
void load_rest(std::vector<std::string> const& paths, ReportFiles& files) {
  auto const is_held = [&](Table const& table) { return must_hold_groups_for_report(table, files.results); };
  for (std::size_t i = 0; i < paths.size(); ++i) load_groups(paths[i], files.results[i], is_held);
  load_lives(paths.front(), files.results.front());
  files.parts.baseline = groups_by_draw_of(paths.front());
  for (std::size_t i = 1; i < paths.size(); ++i) files.parts.scenarios.emplace_back(groups_by_draw_of(paths[i]));
}

nlohmann::ordered_json read_map(ReportArguments const& arguments) {
  if (arguments.map.empty()) return nullptr;
  auto const source = read_source(arguments.map, 1);
  if (!source)
    throw InputError{Fault::data, place_of_file(arguments.map), "cannot read the map", "", "name a GeoJSON file"};
  auto json = nlohmann::ordered_json::parse(source->text, nullptr, false);
  bool const is_map = json.is_object() && json.value("type", "") == "FeatureCollection" && json.contains("features") &&
                      json["features"].is_array();
  if (!is_map)
    throw InputError{Fault::data, place_of_file(arguments.map), "this is no GeoJSON FeatureCollection",
                     "a map is a list of places with their borders in degrees", "save it as GeoJSON (EPSG:4326)"};
  std::set<std::string> keys;
  for (auto const& feature : json["features"]) {
    if (!feature.is_object() || !feature.contains("properties") || !feature["properties"].is_object()) continue;
    for (auto const& [key, value] : feature["properties"].items()) keys.insert(key);
    if (feature["properties"].contains(arguments.map_key)) return json;
  }
  throw InputError{Fault::data, place_of_file(arguments.map),
                   fmt::format("no place of the map has a property `{}`", arguments.map_key),
                   "it must hold the code of the region", did_you_mean(arguments.map_key, {keys.begin(), keys.end()})};
}

}  // namespace

ReportFiles read_report_files(ReportArguments const& arguments) {
  ReportFiles files;
  Diagnostics diagnostics;
  for (std::string const& path : arguments.results)
    collecting(diagnostics, [&] { files.results.push_back(load_sums(path)); });
  for (std::string const& path : arguments.with) files.findings.push_back(read_finding(path, diagnostics));
  collecting(diagnostics, [&] { files.map = read_map(arguments); });
  throw_if_errors(diagnostics);
  check_names(files.results, arguments, diagnostics);
  std::vector<std::string> paths = arguments.results;
  collecting(diagnostics, [&] { put_baseline_first(files, paths, arguments.baseline); });
  throw_if_errors(diagnostics);
  load_rest(paths, files);
  return files;
}

}  // namespace utvei
