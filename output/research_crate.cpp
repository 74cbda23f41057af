// SPDX-License-Identifier: Apache-2.0
#include "write_failure.hpp"

#include <utvei/document/digest.hpp>
#include <utvei/output/packages.hpp>
#include <utvei/output/result_file.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

namespace fs = std::filesystem;
using CrateJson = nlohmann::ordered_json;

CrateJson reference(std::string const& id) {
  return {{"@id", id}};
}

/// A path as a relative URL.
std::string url_of(std::string const& path) {
  std::string url;
  for (char const letter : path) {
    auto const byte = static_cast<unsigned char>(letter);
    bool const is_plain =
        (byte < 0x80U && std::isalnum(byte) != 0) || std::string_view{"-._~/"}.find(letter) != std::string_view::npos;
    url += is_plain ? std::string{letter} : fmt::format("%{:02X}", byte);
  }
  return url;
}

std::string media_type(fs::path const& file) {
  static std::map<std::string, std::string, std::less<>> const types{
      {".h5", "application/x-hdf5"},
      {".csv", "text/csv"},
      {".json", "application/json"},
      {".yaml", "application/yaml"},
      {".dta", "application/x-stata-dta"},
      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".html", "text/html"},
      {".svg", "image/svg+xml"},
      {".md", "text/markdown"},
      {".txt", "text/plain"}};
  auto const found = types.find(file.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

/// Relative paths of the files of the folder, in order; hidden ones and what is written here are none of them.
std::vector<std::string> files_of(std::string const& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at{folder, error}; !error && at != fs::recursive_directory_iterator{};
       at.increment(error)) {
    auto const name = at->path().filename().string();
    bool const is_hidden = name.starts_with(".");
    std::error_code gone;
    if (is_hidden && at->is_directory(gone)) at.disable_recursion_pending();
    if (!at->is_regular_file(gone) || is_hidden || name == research_crate_name) continue;
    files.push_back(at->path().lexically_relative(folder).generic_string());
  }
  if (error) throw file_failure(folder, "cannot read the folder", error.message(), "name the folder of a run");
  std::ranges::sort(files);
  return files;
}

/// Collects what the folder holds and how it came about.
class Crate {
 public:
  explicit Crate(std::string folder) : folder_{std::move(folder)} {}

  void add_file(std::string const& path);
  CrateJson take(Licence const& licence);
  [[nodiscard]] bool holds_register() const { return classes_.contains("register"); }
  [[nodiscard]] bool has_results() const { return !actions_.empty(); }

 private:
  void add_run(std::string const& url, Provenance const& run);
  std::string add_input(InputFile const& input);
  std::string add_program(Provenance const& run);
  std::string description() const;

  std::string folder_;
  CrateJson parts_ = CrateJson::array();
  CrateJson files_ = CrateJson::array(), actions_ = CrateJson::array();
  std::map<std::string, CrateJson> inputs_, programs_;  // by id
  std::set<std::string> classes_, scenarios_;
  fs::file_time_type newest_{fs::file_time_type::min()};
};

void Crate::add_file(std::string const& path) {
  auto const full = (fs::path{folder_} / path).string();
  auto const hash = sha256_of_file(full);
  if (hash.empty()) throw file_failure(full, "cannot read the file");
  std::error_code error;
  newest_ = std::max(newest_, fs::last_write_time(full, error));
  auto const size = error ? 0 : fs::file_size(full, error);
  if (error) throw file_failure(full, "cannot read the file", error.message());
  auto const url = url_of(path);
  CrateJson file{{"@id", url},
                 {"@type", "File"},
                 {"name", path},
                 {"encodingFormat", media_type(path)},
                 {"contentSize", fmt::format("{}", size)},
                 {"sha256", hash}};
  if (auto const run = provenance_in(full)) {
    file["description"] = fmt::format("result of the scenario {}, of class {}", run->scenario_name, run->data_class);
    add_run(url, *run);
  }
  parts_.push_back(reference(url));
  files_.push_back(std::move(file));
}

std::string Crate::add_program(Provenance const& run) {
  auto id = fmt::format("#utvei-{}-{}", url_of(run.utvei_version), url_of(run.git_hash));
  programs_[id] = {{"@id", id},
                   {"@type", "SoftwareApplication"},
                   {"name", "utvei"},
                   {"softwareVersion", fmt::format("{}, git {}", run.utvei_version, run.git_hash)}};
  return id;
}

/// Inputs lie where they lay when the run was made, not in the folder: they are told by name and hash.
std::string Crate::add_input(InputFile const& input) {
  auto id = fmt::format("#input-{}-{}", input.sha256.substr(0, 16), url_of(fs::path{input.path}.filename()));
  inputs_[id] = {{"@id", id}, {"@type", "CreativeWork"}, {"name", input.path}, {"sha256", input.sha256}};
  return id;
}

void Crate::add_run(std::string const& url, Provenance const& run) {
  CrateJson action{{"@id", "#run-" + url},
                   {"@type", "CreateAction"},
                   {"name", fmt::format("run of the scenario {}", run.scenario_name)},
                   {"description", fmt::format("{} (seed {})", run.command_line, run.seed)},
                   {"instrument", reference(add_program(run))},
                   {"result", reference(url)}};
  for (InputFile const& input : run.inputs) action["object"].push_back(reference(add_input(input)));
  actions_.push_back(std::move(action));
  classes_.insert(run.data_class);
  scenarios_.insert(run.scenario_name);
}

std::string Crate::description() const {
  return fmt::format("Simulated with utvei. Scenarios: {}. Made from data of class: {}.", fmt::join(scenarios_, ", "),
                     fmt::join(classes_, ", "));
}

/// A licence by its URL, by its words, or that there is none.
CrateJson licence_entity(Licence const& licence, bool holds_register) {
  bool const is_url = licence.text.starts_with("https://") || licence.text.starts_with("http://");
  if (is_url) return {{"@id", licence.text}, {"@type", "CreativeWork"}, {"name", licence.text}};
  if (!licence.text.empty()) return {{"@id", "#licence"}, {"@type", "CreativeWork"}, {"name", licence.text}};
  return {
      {"@id", "#licence"},
      {"@type", "CreativeWork"},
      {"name", "no licence has been given"},
      {"description", holds_register ? "Results here are made from a register: they stay where the register is, and "
                                       "what may leave is decided by its owner."
                                     : "Ask the owner of the results before you use them."}};
}

CrateJson Crate::take(Licence const& licence) {
  auto const written = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(newest_));
  CrateJson const right = licence_entity(licence, holds_register());
  auto graph = CrateJson::array();
  graph.push_back({{"@id", research_crate_name},
                   {"@type", "CreativeWork"},
                   {"conformsTo", reference("https://w3id.org/ro/crate/1.1")},
                   {"about", reference("./")}});
  graph.push_back({{"@id", "./"},
                   {"@type", "Dataset"},
                   {"name", fmt::format("utvei: {}", fmt::join(scenarios_, ", "))},
                   {"description", description()},
                   {"datePublished", fmt::format("{:%Y-%m-%d}", fmt::gmtime(written))},
                   {"license", reference(right["@id"])},
                   {"hasPart", std::move(parts_)}});
  graph.push_back(right);
  for (CrateJson& file : files_) graph.push_back(std::move(file));
  for (CrateJson& action : actions_) graph.push_back(std::move(action));
  for (auto& [id, program] : programs_) graph.push_back(std::move(program));
  for (auto& [id, input] : inputs_) graph.push_back(std::move(input));
  // RO-Crate 1.1 has no word for a hash.
  auto context = CrateJson::array();
  context.push_back("https://w3id.org/ro/crate/1.1/context");
  context.push_back({{"sha256", "https://schema.org/sha256"}});
  return {{"@context", std::move(context)}, {"@graph", std::move(graph)}};
}

}  // namespace

ResearchCrate research_crate_of(std::string const& folder, Licence const& licence) {
  Crate crate{folder};
  for (std::string const& path : files_of(folder)) crate.add_file(path);
  if (!crate.has_results())
    throw file_failure(folder, "the folder holds no result", "a crate says how results came about",
                       "name the folder that `utvei run --out` has written to");
  bool const holds_register = crate.holds_register();
  return {crate.take(licence).dump(2) + "\n", holds_register};
}

}  // namespace utvei
