// SPDX-License-Identifier: Apache-2.0
#include "studio_folder.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/population_file.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/same_people.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

namespace fs = std::filesystem;

Place place_of_studio_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

/// Names of YAML files, in order.
std::vector<std::string> yaml_files(fs::path const& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{folder, error}) {
    std::string const name = entry.path().filename().string();
    bool const is_yaml = entry.path().extension() == ".yaml" || entry.path().extension() == ".yml";
    if (is_yaml && !name.starts_with('.') && entry.is_regular_file(error)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

struct StudioReading {
  StudioFile file;
  Scenario scenario;
};

/// Nothing for files that are no scenarios.
std::optional<StudioReading> read_studio_file(fs::path const& path, PeopleLoader const& load,
                                              Diagnostics& diagnostics) {
  StudioReading reading;
  reading.file.path = path.string();
  reading.file.file = path.filename().string();
  Diagnostics own;
  reading.file.document = read_document(reading.file.path, {}, {}, own);
  Value const* const kind = reading.file.document.find("utvei");
  if (kind == nullptr && own.has_errors()) diagnostics.merge(own);  // it may be one
  if (kind == nullptr || !kind->scalar.starts_with("scenario/")) return std::nullopt;
  collecting(own, [&] { reading.scenario = read_scenario(reading.file.path, {}, {}, own, load); });
  reading.file.name = reading.scenario.name;
  reading.file.inputs = reading.scenario.inputs;
  for (Diagnostic const& each : own.all())
    if (each.severity == Severity::error) diagnostics.add(each);
  return reading;
}

StudioReading read_baseline(fs::path const& folder, std::string const& given, std::string const& asked,
                            std::vector<std::string> const& files, PeopleLoader const& load) {
  std::string const name = asked.empty() ? "baseline.yaml" : asked;
  if (std::ranges::find(files, name) == files.end())
    throw InputError{Fault::usage, place_of_studio_file(given), fmt::format("the folder has no file `{}`", name),
                     asked.empty() ? "a studio compares scenarios with a baseline" : "",
                     asked.empty() ? "name one with --baseline FILE" : did_you_mean(name, files)};
  Diagnostics diagnostics;
  auto reading = read_studio_file(folder / name, load, diagnostics);
  throw_if_errors(diagnostics);
  if (!reading)
    throw InputError{Fault::file, place_of_studio_file((fs::path{given} / name).string()), "this is no scenario", "",
                     "name a file that begins with `utvei: scenario/1`"};
  return std::move(*reading);
}

/// Why results of the two could not be compared; empty: they can.
std::string why_no_comparison(StudioReading const& baseline, StudioReading const& other) {
  if (!have_same_people(baseline.scenario, other.scenario))
    return "its people, model or years are not those of the baseline";
  if (baseline.scenario.draws != other.scenario.draws || baseline.scenario.replicates != other.scenario.replicates)
    return "its draws or replicates are not those of the baseline";
  if (baseline.scenario.seed != other.scenario.seed) return "its seed is not that of the baseline";
  if (baseline.scenario.breakdowns != other.scenario.breakdowns) return "its breakdowns are not those of the baseline";
  return {};
}

/// Why files are left out, by name.
using LeftOut = std::map<std::string, std::string>;

void choose(StudioFolder& result, std::string const& folder, std::string const& asked, LeftOut const& left_out) {
  auto& scenarios = result.scenarios;
  std::vector<std::string> files;
  for (StudioFile const& file : scenarios) files.push_back(file.file);
  if (scenarios.empty())
    throw InputError{Fault::file, place_of_studio_file(folder),
                     fmt::format("no scenario here can be compared with `{}`", result.baseline.file),
                     "a studio starts from a baseline and one scenario beside it", "name another with --baseline"};
  auto const found = asked.empty()
                         ? std::ranges::find_if(scenarios, [](auto const& one) { return !one.levers.empty(); })
                         : std::ranges::find(scenarios, asked, &StudioFile::file);
  if (!asked.empty() && found == scenarios.end()) {
    auto const why = left_out.find(asked);
    bool const is_there = why != left_out.end();
    throw InputError{Fault::usage, place_of_studio_file(folder),
                     fmt::format("`{}` is no scenario that can be compared with `{}`", asked, result.baseline.file),
                     is_there ? why->second : "", is_there ? "" : did_you_mean(asked, files)};
  }
  result.chosen = found == scenarios.end() ? 0 : static_cast<std::size_t>(found - scenarios.begin());
}

}  // namespace

StudioFolder read_studio_folder(std::string const& folder, std::string const& baseline, std::string const& scenario,
                                Diagnostics& diagnostics) {
  std::error_code error;
  fs::path const path = fs::canonical(folder, error);
  if (error || !fs::is_directory(path))
    throw InputError{Fault::usage, place_of_studio_file(folder), "this is no folder that can be read", "",
                     "name the folder of your scenario files"};
  std::vector<std::string> const files = yaml_files(path);
  PeopleLoader const load = reading_once(load_population);
  StudioReading first = read_baseline(path, folder, baseline, files, load);
  StudioFolder result{path.string(), first.file, {}, 0, load};
  std::vector<std::string> names{first.file.name};
  LeftOut left_out;
  for (std::string const& name : files) {
    if (name == first.file.file) continue;
    Diagnostics own;
    auto reading = read_studio_file(path / name, load, own);
    std::string why;
    if (own.has_errors())
      why = fmt::format("it has errors: `utvei check` says which ({})", own.all().front().problem);
    else if (!reading)
      continue;
    else if (std::ranges::find(names, reading->file.name) != names.end())
      why = fmt::format("another file is named `{}` too", reading->file.name);
    else
      why = why_no_comparison(first, *reading);
    if (!why.empty()) {
      diagnostics.warning(place_of_studio_file((fs::path{folder} / name).lexically_normal().string()),
                          "the studio leaves this scenario out", why);
      left_out[name] = why;
      continue;
    }
    names.push_back(reading->file.name);
    reading->file.levers = levers_of(reading->file.document, first.file.document, reading->scenario);
    result.scenarios.push_back(std::move(reading->file));
  }
  choose(result, folder, scenario, left_out);
  return result;
}

}  // namespace utvei
