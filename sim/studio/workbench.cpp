// SPDX-License-Identifier: Apache-2.0
#include "workbench.hpp"

#include <utvei/document/digest.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/page/html_report.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_runs = 2;
constexpr std::chrono::seconds patience{15};  ///< with a run that nobody listens to

/// As somebody in the working folder would write it.
std::string as_seen_here(std::string const& path) {
  std::error_code error;
  std::string const here = fs::current_path(error).string() + "/";
  return !error && path.starts_with(here) ? fs::path{path.substr(here.size())}.lexically_normal().string() : path;
}

std::string json_of_message(ReportText const& text) {
  return nlohmann::ordered_json{{"message", {{"nb", text.nb}, {"nn", text.nn}, {"en", text.en}}}}.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string first_error_of(Diagnostics const& diagnostics) {
  for (Diagnostic const& one : diagnostics.all())
    if (one.severity == Severity::error)
      return one.problem + (one.why.empty() ? "" : ": " + one.why) +
             (one.suggestion.empty() ? "" : ". " + one.suggestion);
  return {};
}

}  // namespace

Workbench::Workbench(StudioFolder folder, StudioOptions const& options)
    : folder_{std::move(folder)},
      options_{options},
      kept_{[this](std::vector<std::string> const& names) { return report_command(names); }, options.language} {
  files_.remember(folder_.baseline.inputs);
  for (StudioFile const& file : folder_.scenarios) files_.remember(file.inputs);
  run_baseline();
  run_first(folder_.scenarios.at(folder_.chosen));
}

Workbench::~Workbench() {
  std::map<std::string, Going> going;
  {
    std::scoped_lock const lock{mutex_};
    going = std::move(going_);
  }
  for (auto& [id, one] : going) one.run->stop = true;
  for (auto& [id, one] : going)
    if (one.thread.joinable()) one.thread.join();
}

/// With as many draws as answer soon, which the number of people decides.
void Workbench::run_baseline() {
  std::string const& path = folder_.baseline.path;
  for (bool const is_sized : {false, true}) {
    Diagnostics diagnostics;
    Preparation preparation{size_.overrides, options_.threads, diagnostics};
    preparation.heed(options_.stop);
    preparation.remember_trials_in(solved_);
    preparation.load_people_with(folder_.load);
    if (baseline_) preparation.share_people_of(*baseline_);
    preparation.add(path);
    throw_if_errors(diagnostics);
    auto prepared = std::move(preparation.all().front());
    baseline_ = std::move(prepared);
    if (is_sized) break;
    size_ = trial_size(baseline_->scenario, baseline_->population->size(), options_.draws);
    if (size_.overrides.empty()) break;
  }
  baseline_files_ = files_of(*baseline_);
  files_.remember(baseline_files_);
  RunOptions running;
  running.threads = options_.threads;
  running.stop = options_.stop;
  RunResult result = run_scenario(*baseline_, running).result;
  add_provenance(result, path, folder_.baseline.name);
  kept_.add(std::move(result));
}

void Workbench::run_first(StudioFile const& file) {
  auto const begun = StudioRun::Clock::now();
  kept_.add(simulate_file(file.path, file.path, file.name, options_.stop, nullptr).result);
  static_cast<void>(kept_.document());  // says now what makes the two no pair
  seconds_[file.name] = std::chrono::duration<double>(StudioRun::Clock::now() - begun).count();
}

Workbench::Simulated Workbench::simulate_file(std::string const& path, std::string const& shown_path,
                                              std::string const& name, StopFlag const* stop, StudioRun* told) {
  Diagnostics diagnostics;
  Preparation preparation{size_.overrides, options_.threads, diagnostics};
  preparation.heed(stop);
  preparation.remember_trials_in(solved_);
  preparation.load_people_with(folder_.load);
  preparation.share_people_of(*baseline_);
  preparation.add(path);
  throw_if_errors(diagnostics);
  std::vector<std::string> inputs = files_of(*preparation.all().front());
  if (path != shown_path) std::erase(inputs, path);
  files_.remember(inputs);
  RunOptions running;
  running.threads = options_.threads;
  running.stop = stop;
  if (told != nullptr)
    running.progress = [told](std::uint64_t done, std::uint64_t total) { told->tell("simulate", done, total); };
  RunResult result = run_scenario(*preparation.all().front(), running).result;
  for (InputFile& input : result.provenance.inputs)
    if (input.path == path && path != shown_path) input.path = shown_path;
  add_provenance(result, shown_path, name);
  return {std::move(result), std::move(inputs)};
}

ReportText Workbench::changes_among(std::vector<std::string> inputs) const {
  inputs.insert(inputs.end(), baseline_files_.begin(), baseline_files_.end());
  auto const changed = files_.changed_among(inputs);
  return changed.empty() ? ReportText{} : words_of_changes(changed, folder_.folder);
}

void Workbench::add_provenance(RunResult& result, std::string const& path, std::string const& name) const {
  Provenance& provenance = result.provenance;
  if (options_.add_program) options_.add_program(provenance);
  provenance.scenario_name = name;
  for (InputFile& input : provenance.inputs) input.path = as_seen_here(input.path);
  provenance.model = as_seen_here(provenance.model);
  provenance.rates = as_seen_here(provenance.rates);
  std::vector<std::string> words{"utvei", "run", as_seen_here(path)};
  for (Override const& one : size_.overrides) {
    words.emplace_back("--set");
    words.push_back(one.path + "=" + one.value);
  }
  provenance.command_line = options_.command_line ? options_.command_line(words) : "";
}

std::string Workbench::report_command(std::vector<std::string> const& names) const {
  std::vector<std::string> words{"utvei", "report"};
  for (std::string const& name : names) words.push_back("runs/" + file_name_of(name) + ".h5");
  words.insert(words.end(), {"-o", "report.html"});
  return options_.command_line ? options_.command_line(words) : "";
}

std::string Workbench::page() const {
  return report_html(kept_.document(), studio_document().dump());
}

std::string Workbench::report() const {
  return report_json(kept_.document());
}

bool Workbench::is_taken(TryRequest const& request) const {
  std::string const file = file_name_of(request.name);
  auto const clashes = [&](std::string const& other) { return other == request.name || file_name_of(other) == file; };
  if (clashes(folder_.baseline.name) || std::ranges::any_of(kept_.names(), clashes)) return true;
  if (std::ranges::any_of(folder_.scenarios, clashes, &StudioFile::name)) return true;
  std::scoped_lock const lock{mutex_};
  return std::ranges::any_of(
      going_, [&](auto const& one) { return !one.second.run->has_ended() && clashes(one.second.run->name); });
}

std::shared_ptr<StudioRun> Workbench::take_place(std::string const& name) {
  std::scoped_lock const lock{mutex_};
  auto const going = std::ranges::count_if(going_, [](auto const& one) { return !one.second.run->has_ended(); });
  if (static_cast<std::size_t>(going) >= most_runs) return nullptr;
  std::string const id = std::to_string(++begun_);
  auto run = std::make_shared<StudioRun>(id, name);
  going_[id].run = run;
  return run;
}

std::variant<std::string, TryRefusal> Workbench::start(TryRequest const& request) {
  StudioFile const* base = nullptr;
  auto faults = faults_of(request, &base);
  if (!faults.empty()) return TryRefusal{TryRefusal::Why::wrong_values, std::move(faults)};
  if (ReportText const changes = changes_among(base->inputs); !changes.empty())
    return TryRefusal{TryRefusal::Why::wrong_values, {{"", changes}}};
  std::scoped_lock const beginning{beginning_};
  if (is_taken(request)) return TryRefusal{TryRefusal::Why::name_taken};
  join_ended();
  auto const run = take_place(request.name);
  if (!run) return TryRefusal{TryRefusal::Why::busy};
  std::string const path = (fs::path{scratch_.path()} / fmt::format("{}.yaml", run->id)).string();
  write_file_atomically(path, variant_yaml(*base, request, scratch_.path()), 0600);
  faults = faults_of_file(path);
  std::scoped_lock const lock{mutex_};
  if (!faults.empty()) {
    going_.erase(run->id);
    return TryRefusal{TryRefusal::Why::wrong_values, std::move(faults)};
  }
  going_[run->id].thread = std::thread{[this, run, request, base, path] { work(*run, request, *base, path); }};
  return run->id;
}

void Workbench::work(StudioRun& run, TryRequest const& request, StudioFile const& base, std::string const& path) {
  auto const begun = StudioRun::Clock::now();
  auto const failed = [&](ReportText const& why) { run.finish("failed", json_of_message(why)); };
  try {
    run.tell("people", 0, 0);
    std::string const file = file_name_of(request.name) + ".yaml";
    std::string const yaml = variant_yaml(base, request, folder_.folder);
    auto [result, inputs] =
        simulate_file(path, (fs::path{folder_.folder} / file).string(), request.name, &run.stop, &run);
    std::string const shown = as_seen_here((fs::path{folder_.folder} / file).string());
    for (InputFile& input : result.provenance.inputs)
      if (input.path == shown) input.sha256 = sha256(yaml);
    run.tell("compare", 0, 0);
    if (run.stop) throw Interrupted{};
    if (ReportText const changes = changes_among(inputs); !changes.empty()) return failed(changes);
    if (!kept_.add(std::move(result))) return failed(same_in_all("the comparison is full: remove a result first"));
    {
      std::scoped_lock const lock{mutex_};
      tries_[request.name] = {file, yaml, std::move(inputs)};
      seconds_[request.scenario] = std::chrono::duration<double>(StudioRun::Clock::now() - begun).count();
    }
    std::string const name = nlohmann::ordered_json(request.name).dump();
    run.finish("done", fmt::format("{{\"name\":{},\"document\":{}}}", name, report()));
  } catch (Interrupted const&) {
    run.finish("stopped", "{}");
  } catch (InputError const& error) {
    failed(same_in_all(first_error_of(error.diagnostics())));
  } catch (std::exception const& error) {
    failed(same_in_all(error.what()));
  }
  std::error_code unheard;
  fs::remove(path, unheard);
}

std::shared_ptr<StudioRun> Workbench::run(std::string const& id) const {
  std::scoped_lock const lock{mutex_};
  auto const found = going_.find(id);
  return found == going_.end() ? nullptr : found->second.run;
}

bool Workbench::stop(std::string const& id) const {
  auto const found = run(id);
  if (found) found->stop = true;
  return found != nullptr;
}

void Workbench::forget(std::string const& id) {
  std::thread thread;
  {
    std::scoped_lock const lock{mutex_};
    auto const found = going_.find(id);
    if (found == going_.end() || !found->second.run->has_ended()) return;
    thread = std::move(found->second.thread);
    going_.erase(found);
  }
  if (thread.joinable()) thread.join();
}

void Workbench::join_ended() {
  std::vector<std::string> ended;
  {
    std::scoped_lock const lock{mutex_};
    for (auto const& [id, one] : going_)
      if (one.run->has_ended() && one.run->unheard() > patience) ended.push_back(id);
  }
  for (std::string const& id : ended) forget(id);
}

void Workbench::stop_all() {
  std::scoped_lock const lock{mutex_};
  for (auto& [id, one] : going_) one.run->stop = true;
}

void Workbench::stop_unheard() {
  {
    std::scoped_lock const lock{mutex_};
    for (auto& [id, one] : going_)
      if (!one.run->has_ended() && one.run->unheard() > patience) one.run->stop = true;
  }
  join_ended();
}

std::string Workbench::yaml_of(std::string const& name) const {
  std::scoped_lock const lock{mutex_};
  auto const found = tries_.find(name);
  return found == tries_.end() ? "" : found->second.yaml;
}

Workbench::SaveAnswer Workbench::save(std::string const& name) const {
  Try one;
  {
    std::scoped_lock const lock{mutex_};
    auto const found = tries_.find(name);
    if (found == tries_.end()) return {Saved::no_such_try};
    one = found->second;
  }
  if (ReportText const changes = changes_among(one.inputs); !changes.empty())
    return {Saved::files_changed, one.file, changes};
  std::string const path = (fs::path{folder_.folder} / one.file).string();
  try {
    AtomicFile file{path};
    file.write(one.yaml);
    std::error_code error;
    // A link fails where a file is, whoever made it when.
    fs::create_hard_link(file.temporary_path(), path, error);
    if (!error) return {Saved::yes, one.file};
    if (error == std::errc::file_exists) return {Saved::is_there, one.file};
    if (fs::exists(fs::symlink_status(path))) return {Saved::is_there, one.file};
    file.commit();  // a file system without links
    return {Saved::yes, one.file};
  } catch (InputError const&) {
    return {Saved::cannot_write, one.file};
  }
}

Workbench::Removed Workbench::remove(std::string const& name) {
  auto const names = kept_.names();
  if (std::find(names.begin() + 1, names.end(), name) == names.end()) return Removed::no_such;
  if (!kept_.remove(name)) return Removed::last;
  std::scoped_lock const lock{mutex_};
  tries_.erase(name);
  return Removed::yes;
}

}  // namespace utvei
